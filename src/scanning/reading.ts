import { kindsOf, lookUp } from './lexicon.ts'
import { makeTokens, shape, type Tokens, tokenize } from './tokens.ts'
import { kind } from './words.ts'

/** One stretch of text, cut into tokens, with what the lists know of each. Kept for reuse: scanning allocates nothing. */
export interface Reading {
  text: string
  readonly tokens: Tokens
  /** Lexicon bits of each token; 0 for numbers and signs. */
  readonly bits: Uint16Array
  /** Hand-kept kinds of each token. */
  readonly kinds: Int32Array
}

/** Longest stretch read at once, in UTF-16 units. */
export const stretch = 16_384

/** Room for one stretch. */
export function makeReading(): Reading {
  return {
    text: '',
    tokens: makeTokens(stretch),
    bits: new Uint16Array(stretch + 1),
    kinds: new Int32Array(stretch + 1),
  }
}

/** Reads text[from, to) into `reading`. */
export function read(text: string, from: number, to: number, reading: Reading): void {
  reading.text = text
  const { tokens, bits, kinds } = reading
  tokenize(text, from, to, tokens)
  for (let at = 0; at < tokens.count; at++) {
    const what = tokens.shape[at]!
    if (what <= shape.mixed || what === shape.caseless) {
      const hash = tokens.hash[at]!
      bits[at] = lookUp(hash)
      kinds[at] = kindsOf(hash, bits[at]!)
    } else {
      bits[at] = 0
      kinds[at] = 0
    }
  }
}

/** The kinds standing in the few words before token `at`, on its own line. */
export function kindsBefore(reading: Reading, at: number, words: number): number {
  const { tokens, kinds } = reading
  let found = 0
  let left = words
  for (let back = at - 1; back >= 0 && left > 0 && at - back < 12; back--) {
    const what = tokens.shape[back]!
    if (what === shape.newline || what === shape.blankLine) break
    if (what === shape.sign) {
      const sign = reading.text.charCodeAt(tokens.start[back]!)
      if (sign === 0x3b || (sign === 0x2e && back + 1 < at && tokens.start[back + 1]! > tokens.end[back]!)) break
      continue
    }
    // a label belongs to the first number after it
    if (what === shape.digits) break
    found |= kinds[back]!
    left--
  }
  return found
}

/** The kinds among `wanted` of the nearest word before token `at` that has any, within `words` words of its line; or 0. */
export function nearestLabel(reading: Reading, at: number, words: number, wanted: number): number {
  const { tokens, kinds } = reading
  let left = words
  for (let back = at - 1; back >= 0 && left > 0 && at - back < 14; back--) {
    const what = tokens.shape[back]!
    if (what === shape.newline || what === shape.blankLine || what === shape.digits) return 0
    if (what === shape.sign) {
      const sign = reading.text.charCodeAt(tokens.start[back]!)
      if (sign === 0x3b || (sign === 0x2e && back + 1 < at && tokens.start[back + 1]! > tokens.end[back]!)) return 0
      continue
    }
    const found = kinds[back]! & wanted
    if (found !== 0) return found
    left--
  }
  return 0
}

/** The first token that starts at or after a text offset, looking from token `at` on. */
export function tokenAfter(tokens: Tokens, at: number, offset: number): number {
  let on = at
  while (on < tokens.count && tokens.start[on]! < offset) on++
  return on
}

export const labelKinds =
  kind.phoneLabel | kind.numberLabel | kind.nhsLabel | kind.upnLabel | kind.ninoLabel | kind.papersLabel
