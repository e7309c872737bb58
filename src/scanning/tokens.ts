import {
  caseless,
  characterClass,
  digit,
  foldCharacter,
  lower,
  mark,
  newline,
  sign,
  space,
  upper,
} from './characters.ts'

/** Shapes of a token, as the name finder sees it. */
export const shape = {
  lower: 0,
  capital: 1,
  upper: 2,
  letter: 3,
  mixed: 4,
  digits: 5,
  alphanumeric: 6,
  sign: 7,
  newline: 8,
  blankLine: 9,
  caseless: 10,
  outside: 11,
} as const

export const hashStart = 0x811c9dc5 | 0

/** Continues a hash by one unit (FNV-1a). */
export function hashUnit(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** The hash under which the lists keep a word: lower case, accents dropped. */
export function hashWord(word: string): number {
  let hash = hashStart
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at)
    if (characterClass(code) !== mark) hash = hashUnit(hash, foldCharacter(code))
  }
  return hash
}

/** The hash of a phrase from the hashes of its words. */
export function joinHash(left: number, right: number): number {
  return Math.imul(left ^ ((right << 13) | (right >>> 19)), 0x9e3779b1 | 0) ^ (right >>> 7)
}

/** Tokens of one stretch of text, column by column; offsets are those of the whole text. */
export interface Tokens {
  count: number
  readonly start: Int32Array
  readonly end: Int32Array
  readonly hash: Int32Array
  readonly shape: Uint8Array
}

/** Room for the tokens of a stretch of at most `units` UTF-16 units. */
export function makeTokens(units: number): Tokens {
  return {
    count: 0,
    start: new Int32Array(units + 1),
    end: new Int32Array(units + 1),
    hash: new Int32Array(units + 1),
    shape: new Uint8Array(units + 1),
  }
}

const apostrophe = 0x27
const curlyApostrophe = 0x2019

/**
 * Cuts text[from, to) into words, numbers, signs and line ends. A word keeps an apostrophe inside it (O'Brien) but not
 * a genitive 's, which is a token of its own. Every unit is looked at a bounded number of times.
 */
export function tokenize(text: string, from: number, to: number, into: Tokens): void {
  let count = 0
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    const kind = characterClass(code)
    if (kind === space) {
      at++
      continue
    }
    const start = at
    if (kind === newline) {
      let lines = 0
      while (at < to) {
        const next = text.charCodeAt(at)
        const nextKind = characterClass(next)
        if (nextKind === newline) {
          if (next !== 0x0d) lines++
        } else if (nextKind !== space) break
        at++
      }
      into.start[count] = start
      into.end[count] = start + 1
      into.hash[count] = lines > 1 ? 2 : 1
      into.shape[count++] = lines > 1 ? shape.blankLine : shape.newline
      continue
    }
    if (kind === sign) {
      if (code === apostrophe || code === curlyApostrophe) {
        const length = cliticLength(text, start, to)
        if (length > 0) {
          into.start[count] = start
          into.end[count] = start + length
          into.hash[count] = length === 2 && (text.charCodeAt(start + 1) | 0x20) === 0x73 ? genitive : clitic
          into.shape[count++] = shape.sign
          at = start + length
          continue
        }
      }
      into.start[count] = start
      into.end[count] = ++at
      into.hash[count] = hashUnit(hashStart, code)
      into.shape[count++] = shape.sign
      continue
    }
    let hash = hashStart
    let digits = 0
    let uppers = 0
    let lowers = 0
    let bare = 0
    let innerUpper = false
    while (at < to) {
      const unit = text.charCodeAt(at)
      const unitKind = characterClass(unit)
      if (unitKind === lower) lowers++
      else if (unitKind === upper) {
        if (lowers > 0) innerUpper = true
        uppers++
      } else if (unitKind === digit) digits++
      else if (unitKind === caseless) bare++
      else if (unitKind === mark) {
        at++
        continue
      } else if ((unit === apostrophe || unit === curlyApostrophe) && at > start && digits === 0 && at + 1 < to) {
        const next = characterClass(text.charCodeAt(at + 1))
        if (next !== lower && next !== upper) break
        if ((text.charCodeAt(at + 1) | 0x20) !== 0x74 && cliticLength(text, at, to) > 0) break
        hash = hashUnit(hash, apostrophe)
        at++
        continue
      } else break
      hash = hashUnit(hash, foldCharacter(unit))
      at++
    }
    into.start[count] = start
    into.end[count] = at
    into.hash[count] = hash
    const letters = lowers + uppers
    into.shape[count++] =
      digits > 0
        ? letters + bare === 0
          ? shape.digits
          : shape.alphanumeric
        : bare > 0
          ? shape.caseless
          : uppers === 0
            ? shape.lower
            : lowers === 0
              ? uppers === 1
                ? shape.letter
                : shape.upper
              : innerUpper
                ? shape.mixed
                : uppers === 1
                  ? shape.capital
                  : shape.mixed
  }
  into.count = count
}

/** The hash that every genitive 's carries. */
export const genitive = 3

/** The hash that 've, 'll, 're, 'd, 'm and 't carry. */
export const clitic = 4

/** How long the 's, 've, 'll, 're, 'd, 'm or 't is that begins with the apostrophe at `start`; 0 when none does. */
function cliticLength(text: string, start: number, to: number): number {
  if (start + 1 >= to) return 0
  const first = text.charCodeAt(start + 1) | 0x20
  const second = start + 2 < to ? text.charCodeAt(start + 2) : 0x20
  const secondKind = characterClass(second)
  const alone = secondKind !== lower && secondKind !== upper && secondKind !== digit
  if (alone) return first === 0x73 || first === 0x64 || first === 0x6d || first === 0x74 ? 2 : 0
  const pair = (second | 0x20) === 0x65 ? first === 0x76 || first === 0x72 : (second | 0x20) === 0x6c && first === 0x6c
  if (!pair) return 0
  const beyond = start + 3 < to ? characterClass(text.charCodeAt(start + 3)) : space
  return beyond !== lower && beyond !== upper && beyond !== digit ? 3 : 0
}
