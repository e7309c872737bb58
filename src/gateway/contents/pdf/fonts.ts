/** From the codes that a page draws to the characters that a person reads. */
import type { Work } from '../work.ts'
import { decodeStream, type PdfFile, resolve } from './file.ts'
import { type Dictionary, isDictionary, isName, isReference, isText, Lexer, type Value } from './values.ts'

export interface Font {
  /** Text, and how many codes had no known character. */
  read(codes: string): { text: string; unknown: number; codes: number }
}

const win = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, i) => i))
const glyphs: Record<string, string> = {
  space: ' ',
  period: '.',
  comma: ',',
  colon: ':',
  semicolon: ';',
  hyphen: '-',
  minus: '-',
  endash: '–',
  emdash: '—',
  slash: '/',
  at: '@',
  quotesingle: "'",
  quoteright: '’',
  quoteleft: '‘',
  quotedblleft: '“',
  quotedblright: '”',
  parenleft: '(',
  parenright: ')',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  underscore: '_',
  ampersand: '&',
  plus: '+',
  numbersign: '#',
  exclam: '!',
  question: '?',
  sterling: '£',
  percent: '%',
  asterisk: '*',
  equal: '=',
  quotedbl: '"',
  fi: 'fi',
  fl: 'fl',
  ff: 'ff',
  ffi: 'ffi',
  ffl: 'ffl',
  bullet: '•',
  eacute: 'é',
  nbspace: ' ',
}

export function fontOf(work: Work, file: PdfFile, value: Value | undefined): Font {
  const dictionary = resolve(file, value)
  if (!isDictionary(dictionary)) return simple(new Map())
  const unicode = dictionary.get('ToUnicode')
  if (isReference(unicode)) {
    const object = file.byNumber.get(unicode.ref)
    const bytes = object === undefined ? undefined : decodeStream(work, object)
    if (bytes !== undefined) return mapped(bytes.toString('latin1'), subtype(dictionary) === 'Type0')
  }
  if (subtype(dictionary) === 'Type0')
    return { read: (codes) => ({ text: '', unknown: codes.length / 2, codes: codes.length / 2 }) }
  const encoding = resolve(file, dictionary.get('Encoding'))
  const differences = new Map<number, string | undefined>()
  if (isDictionary(encoding)) {
    const list = resolve(file, encoding.get('Differences'))
    let code = 0
    for (const item of Array.isArray(list) ? list : []) {
      if (typeof item === 'number') code = item
      else if (isName(item)) differences.set(code++, glyph(item.name))
    }
  }
  return simple(differences)
}

function subtype(dictionary: Dictionary): string {
  const value = dictionary.get('Subtype')
  return isName(value) ? value.name : ''
}

function glyph(name: string): string | undefined {
  if (/^[A-Za-z]$/.test(name)) return name
  const unicode = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(name)
  if (unicode !== null) return String.fromCodePoint(Math.min(0x10ffff, parseInt(unicode[1] ?? unicode[2]!, 16)))
  return glyphs[name]
}

function simple(differences: ReadonlyMap<number, string | undefined>): Font {
  return {
    read(codes) {
      let unknown = 0
      let text = ''
      for (const character of codes) {
        const code = character.charCodeAt(0)
        if (!differences.has(code)) text += win[code] ?? ''
        else {
          const found = differences.get(code)
          if (found === undefined) unknown++
          else text += found
        }
      }
      return { text, unknown, codes: codes.length }
    },
  }
}

/** A ToUnicode map (ISO 32000 §9.10.3). */
function mapped(source: string, wide: boolean): Font {
  const map = new Map<number, string>()
  let width = wide ? 2 : 1
  const lexer = new Lexer(source)
  let pending: Value[] = []
  for (let i = 0; i < 200_000; i++) {
    const value = lexer.next(false)
    if (value === undefined) {
      if (lexer.at >= source.length) break
      lexer.at++
      continue
    }
    if (typeof value === 'object' && 'word' in value) {
      if (value.word === 'endcodespacerange' && isText(pending[0])) width = Math.max(1, pending[0].bytes.length)
      else if (value.word === 'endbfchar') pairs(pending, map)
      else if (value.word === 'endbfrange') ranges(pending, map)
      pending = []
    } else pending.push(value)
  }
  return {
    read(codes) {
      let text = ''
      let unknown = 0
      for (let i = 0; i + width <= codes.length; i += width) {
        const found = map.get(number(codes.slice(i, i + width)))
        if (found === undefined) unknown++
        else text += found
      }
      return { text, unknown, codes: codes.length / width }
    },
  }
}

const number = (bytes: string) => [...bytes].reduce((sum, character) => sum * 256 + character.charCodeAt(0), 0)
const utf16 = (bytes: string) => Buffer.from(bytes, 'latin1').swap16().toString('utf16le')

function pairs(pending: readonly Value[], map: Map<number, string>): void {
  for (let i = 0; i + 1 < pending.length; i += 2) {
    const [from, to] = [pending[i], pending[i + 1]]
    if (isText(from) && isText(to) && to.bytes.length % 2 === 0) map.set(number(from.bytes), utf16(to.bytes))
  }
}

function ranges(pending: readonly Value[], map: Map<number, string>): void {
  for (let i = 0; i + 2 < pending.length; i += 3) {
    const [from, to, target] = [pending[i], pending[i + 1], pending[i + 2]]
    if (!isText(from) || !isText(to)) continue
    const start = number(from.bytes)
    const end = Math.min(number(to.bytes), start + 65_535)
    for (let code = start; code <= end && map.size < 70_000; code++) {
      if (isText(target) && target.bytes.length >= 2 && target.bytes.length % 2 === 0) {
        const last = target.bytes.length - 2
        map.set(
          code,
          utf16(target.bytes.slice(0, last)) +
            String.fromCharCode((number(target.bytes.slice(last)) + code - start) & 0xffff),
        )
      } else if (Array.isArray(target)) {
        const item = target[code - start] as Value | undefined
        if (isText(item) && item.bytes.length % 2 === 0) map.set(code, utf16(item.bytes))
      }
    }
  }
}
