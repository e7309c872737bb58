/** A header block: strict fields, or a sentence that says which line cannot be understood. */
import { utf8 } from './charset.ts'
import type { Budget } from './limits.ts'
import { beyond } from './limits.ts'
import type { Defect, Field } from './types.ts'

export interface Block {
  readonly fields: readonly Field[]
  /** Offset of the first byte after the empty line, or the end. */
  readonly bodyStart: number
}

/** Reads the block that begins at `start`. Defects are added to `defects`. */
export function readHeaders(
  raw: Buffer,
  start: number,
  end: number,
  part: string,
  budget: Budget,
  defects: Defect[],
): Block {
  const fields: Field[] = []
  let at = start
  let name: string | undefined
  let bytes: Buffer[] = []
  let size = 0
  let begun = start

  const bad = (code: string, sentence: string) => defects.push({ code, part, sentence, fatal: true })
  const close = () => {
    if (name === undefined) return
    fields.push({ ...fieldOf(name, bytes.length === 1 ? bytes[0]! : Buffer.concat(bytes), bad), start: begun, end: at })
    name = undefined
    bytes = []
    size = 0
  }

  while (at < end) {
    let lineEnd = raw.indexOf(10, at)
    if (lineEnd < 0 || lineEnd >= end) lineEnd = end
    const next = Math.min(lineEnd + 1, end)
    const textEnd = lineEnd > at && raw[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd
    if (next - start > budget.limits.headerBytes) throw beyond('headerBytes', part, budget.limits.headerBytes)
    if (textEnd === at) {
      close()
      budget.spend('allHeaderBytes', next - start, part)
      return { fields, bodyStart: next }
    }
    const line = raw.subarray(at, textEnd)
    size += line.length
    if (size > budget.limits.fieldBytes) throw beyond('fieldBytes', part, budget.limits.fieldBytes)
    const first = line[0]!
    if (first === 32 || first === 9) {
      if (name === undefined) bad('header-begins-folded', 'The headers begin with an indented line.')
      else if (blank(line))
        bad('header-blank-fold', 'A header goes on after a line of spaces only, where some programs end the headers.')
      bytes.push(line)
    } else {
      close()
      budget.spend('fields', 1, part)
      size = line.length
      const colon = line.indexOf(58)
      const label = colon < 0 ? '' : line.subarray(0, colon).toString('latin1')
      if (!/^[\x21-\x39\x3b-\x7e]+$/.test(label)) {
        bad('header-line-malformed', `A line among the headers is not a header: "${shown(line)}".`)
      } else {
        name = label
        begun = at
        bytes = [line.subarray(colon + 1)]
      }
    }
    at = next
  }
  close()
  budget.spend('allHeaderBytes', Math.max(0, end - start), part)
  return { fields, bodyStart: end }
}

function fieldOf(
  name: string,
  bytes: Buffer,
  bad: (code: string, sentence: string) => void,
): Pick<Field, 'name' | 'key' | 'value'> {
  let value = utf8(bytes)
  if (value === undefined) {
    bad('header-not-utf8', `The header "${name}" holds bytes that are not text in UTF-8.`)
    value = bytes.toString('latin1')
  }
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) bad('header-control', `The header "${name}" holds a control character.`)
  return { name, key: name.toLowerCase(), value: value.trim() }
}

function blank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9) return false
  return true
}

function shown(line: Buffer): string {
  return line
    .subarray(0, 60)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '?')
}

/** Headers that may stand once only: where there are two, programs choose differently. */
const once = new Set(
  'from sender reply-to to cc bcc subject date message-id in-reply-to references mime-version content-type content-transfer-encoding content-disposition content-id content-description'.split(
    ' ',
  ),
)

export function checkOnce(fields: readonly Field[], part: string, defects: Defect[]): void {
  const seen = new Set<string>()
  for (const field of fields) {
    if (!once.has(field.key)) continue
    if (seen.has(field.key)) {
      defects.push({
        code: 'header-twice',
        part,
        sentence: `The header "${field.name}" stands twice, and programs differ in which they believe.`,
        fatal: true,
      })
    }
    seen.add(field.key)
  }
}

export function fieldValue(fields: readonly Field[], key: string): string | undefined {
  return fields.find((field) => field.key === key)?.value
}
