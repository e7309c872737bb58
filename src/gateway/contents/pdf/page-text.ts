/** The words that a page's drawing commands write. */
import type { Font } from './fonts.ts'
import { isName, isText, Lexer, type Value } from './values.ts'

export interface PageText {
  text: string
  unknown: number
  codes: number
}

/** Linear in the length of the commands. */
export function pageText(source: string, font: (name: string) => Font): PageText {
  const result: PageText = { text: '', unknown: 0, codes: 0 }
  const out: string[] = []
  const lexer = new Lexer(source)
  let operands: Value[] = []
  let current: Font | undefined
  let line: number | undefined
  const show = (bytes: string) => {
    const read = (current ?? font('')).read(bytes)
    out.push(read.text)
    result.unknown += read.unknown
    result.codes += read.codes
  }
  while (lexer.at < source.length) {
    const value = lexer.next(false)
    if (value === undefined) {
      lexer.at++
      continue
    }
    if (!(typeof value === 'object' && 'word' in value)) {
      operands.push(value)
      if (operands.length > 500) operands = operands.slice(-50)
      continue
    }
    const last = operands.at(-1)
    switch (value.word) {
      case 'Tf': {
        const name = operands.at(-2)
        if (isName(name)) current = font(name.name)
        break
      }
      case 'Tj':
        if (isText(last)) show(last.bytes)
        break
      case "'":
      case '"':
        out.push('\n')
        if (isText(last)) show(last.bytes)
        break
      case 'TJ':
        for (const item of Array.isArray(last) ? (last as readonly Value[]) : []) {
          if (isText(item)) show(item.bytes)
          else if (typeof item === 'number' && item < -180) out.push(' ')
        }
        break
      case 'Td':
      case 'TD':
        out.push(last === 0 ? ' ' : '\n')
        break
      case 'Tm':
        out.push(last === line ? ' ' : '\n')
        line = typeof last === 'number' ? last : undefined
        break
      case 'T*':
      case 'BT':
        out.push('\n')
        break
      case 'ID': {
        // A picture inside the commands: its bytes are not commands.
        const end = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ])/g
        end.lastIndex = lexer.at
        lexer.at = (end.exec(source)?.index ?? source.length) + 3
        break
      }
    }
    operands = []
  }
  result.text = out
    .join('')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
  return result
}
