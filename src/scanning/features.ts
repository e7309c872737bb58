import { foldCharacter } from './characters.ts'
import {
  givenOf,
  lookUp,
  nationalityOf,
  placeOf,
  regionOf,
  speechOf,
  startsPhrase,
  surnameOf,
  wordOf,
} from './lexicon.ts'
import { type Reading, stretch } from './reading.ts'
import { hashStart, hashUnit, joinHash, shape } from './tokens.ts'
import { kind } from './words.ts'

/** How many features a token has. */
export const featureCount = 30
/** The model's rows: features are hashed into this many. */
export const rowBits = 17

/** What the name finder sees of each token of a stretch, computed once. */
export interface Sight {
  /** The word, or for a figure its kind. */
  readonly word: Int32Array
  /** Shape, and the case that its line is written in. */
  readonly form: Int32Array
  /** What the lists say, in few bits. */
  readonly short: Int32Array
  /** Place of several words: 0 none, 1 first word, 2 further word; regions 3 and 4. */
  readonly phrase: Uint8Array
  /** 1: a name could stand here; 2: beside one. */
  readonly active: Uint8Array
  /** 1: first of its line, 2: last of its line. */
  readonly edge: Uint8Array
}

export function makeSight(): Sight {
  const room = (): Int32Array => new Int32Array(stretch + 1)
  const small = (): Uint8Array => new Uint8Array(stretch + 1)
  return { word: room(), form: room(), short: room(), phrase: small(), active: small(), edge: small() }
}

const mixedCase = 0
const allLower = 1
const allUpper = 2

/** Looks a stretch over: `covered` gives, for each token inside a figure already found, its kind plus one. */
export function look(reading: Reading, covered: Uint8Array, sight: Sight): void {
  const { tokens, bits, kinds } = reading
  const { count } = tokens
  for (let from = 0; from < count; ) {
    let to = from
    let capitals = 0
    let smalls = 0
    let longSmalls = 0
    while (
      to < count &&
      tokens.shape[to]! !== shape.newline &&
      tokens.shape[to]! !== shape.blankLine &&
      to - from < 400
    ) {
      const what = tokens.shape[to]!
      if (what === shape.lower) {
        smalls++
        if (tokens.end[to]! - tokens.start[to]! > 3) longSmalls++
      } else if (what === shape.capital || what === shape.mixed || what === shape.upper) capitals++
      to++
    }
    const mode =
      capitals === 0 && smalls > 1
        ? allLower
        : longSmalls === 0 && capitals > 1 && allCapital(reading, from, to)
          ? allUpper
          : mixedCase
    for (let at = from; at < to; at++) {
      sight.edge[at] = (at === from ? 1 : 0) | (at === to - 1 ? 2 : 0)
      sight.form[at] = tokens.shape[at]! | (mode << 4)
    }
    if (to < count && (to === from || tokens.shape[to]! >= shape.newline)) {
      sight.edge[to] = 3
      sight.form[to] = tokens.shape[to]!
      to++
    }
    from = to
  }
  for (let at = 0; at < count; at++) {
    const what = tokens.shape[at]!
    const inside = covered[at]!
    const known = bits[at]!
    sight.phrase[at] = 0
    sight.word[at] =
      inside > 0
        ? 100 + inside
        : what === shape.digits || what === shape.alphanumeric
          ? 200 + what * 16 + Math.min(tokens.end[at]! - tokens.start[at]!, 7)
          : tokens.hash[at]!
    const word = wordOf(known)
    sight.short[at] =
      (givenOf(known) > 0 ? (givenOf(known) > 1 ? 2 : 1) : 0) +
      3 *
        ((surnameOf(known) > 0 ? (surnameOf(known) > 1 ? 2 : 1) : 0) +
          3 *
            ((word === 0 ? 0 : word < 3 ? 1 : word < 5 ? 2 : 3) +
              4 * (regionOf(known) > 0 ? 2 : placeOf(known) > 0 ? 1 : 0)))
    // a postcode is part of its address; other figures are of no name
    sight.active[at] = inside === 2 || (inside === 0 && couldName(what, known, kinds[at]!, word)) ? 1 : 0
  }
  for (let at = 0; at < count; at++) {
    if (startsPhrase(bits[at]!) === 1 && sight.phrase[at] === 0) markPhrase(reading, at, sight)
  }
  // one or two words between possible names are looked at too, and a figure or a sign beside one
  let last = -4
  for (let at = 0; at < count; at++) {
    if (sight.active[at] !== 1) continue
    if (at - last <= 3)
      for (let between = last + 1; between < at; between++) bridge(tokens.shape, sight.active, between)
    else {
      if (last >= 0 && tokens.shape[last + 1]! >= shape.digits) bridge(tokens.shape, sight.active, last + 1)
      if (tokens.shape[at - 1]! >= shape.digits) bridge(tokens.shape, sight.active, at - 1)
    }
    last = at
  }
  if (last >= 0 && last + 1 < count && tokens.shape[last + 1]! >= shape.digits)
    bridge(tokens.shape, sight.active, last + 1)
}

function bridge(shapes: Uint8Array, active: Uint8Array, at: number): void {
  if (shapes[at] !== shape.blankLine) active[at] = 2
}

function allCapital(reading: Reading, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const what = reading.tokens.shape[at]!
    if (what === shape.capital || what === shape.lower) return false
  }
  return true
}

function couldName(what: number, known: number, hand: number, word: number): boolean {
  switch (what) {
    case shape.capital:
    case shape.upper:
    case shape.mixed:
      return !(word === 6 && speechOf(known) === 4)
    case shape.letter:
      return !(word === 6)
    case shape.caseless:
      return true
    case shape.lower:
      if ((hand & (kind.premises | kind.street)) !== 0) return true
      if (word >= 3) return givenOf(known) === 3 && word < 5
      if (word > 0) return givenOf(known) > 1 || surnameOf(known) > 1 || placeOf(known) > 1
      return true
    default:
      return false
  }
}

function markPhrase(reading: Reading, first: number, sight: Sight): void {
  const { tokens, bits } = reading
  let hash = tokens.hash[first]!
  let best = 0
  let found = 0
  let words = 1
  const small = tokens.shape[first] === shape.lower
  if (small && sight.form[first]! >> 4 !== allLower) return
  for (let at = first + 1; at < tokens.count && at < first + 9 && words < 5; at++) {
    const what = tokens.shape[at]!
    if (what === shape.sign) {
      const sign = reading.text.charCodeAt(tokens.start[at]!)
      if (sign === 0x2d || sign === 0x2e) continue
      break
    }
    if (what > shape.mixed) break
    if (!small && what === shape.lower && tokens.end[at]! - tokens.start[at]! > 4) break
    hash = joinHash(hash, tokens.hash[at]!)
    words++
    const known = lookUp(hash)
    if (placeOf(known) > 0 && (!small || wordOf(bits[first]!) < 5)) {
      best = at
      found = regionOf(known)
    }
  }
  for (let at = first; at <= best && best > 0; at++) {
    sight.phrase[at] = (at === first ? 1 : 2) + 2 * found
    if (sight.active[at] === 0) sight.active[at] = 1
  }
}

function mix(salt: number, a: number, b: number): number {
  let hash = Math.imul(a ^ (salt * 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul((hash ^ (hash >>> 15) ^ b) | 0, 0xc2b2ae35)
  return (hash ^ (hash >>> 13)) >>> 0
}

const edgeWord = 7
const shift = 32 - rowBits

/** Writes the rows of token `at` into `rows` from `offset` on. */
export function features(reading: Reading, sight: Sight, at: number, rows: Int32Array, offset: number): void {
  const { tokens, bits, kinds } = reading
  const { word, form, short } = sight
  const last = tokens.count - 1
  const known = bits[at]!
  const f0 = form[at]!
  const s0 = short[at]!
  const w1 = at > 0 ? word[at - 1]! : edgeWord
  const w2 = at > 1 ? word[at - 2]! : edgeWord
  const n1 = at < last ? word[at + 1]! : edgeWord
  const n2 = at + 1 < last ? word[at + 2]! : edgeWord
  const fp = at > 0 ? form[at - 1]! : edgeWord
  const fn = at < last ? form[at + 1]! : edgeWord
  const sp = at > 0 ? short[at - 1]! : 255
  const sn = at < last ? short[at + 1]! : 255
  const kp = at > 0 ? kinds[at - 1]! : 0
  const kn = at < last ? kinds[at + 1]! : 0
  const k0 = kinds[at]!
  let suffix2 = hashStart
  let suffix3 = hashStart
  const start = tokens.start[at]!
  const end = tokens.end[at]!
  const { text } = reading
  for (let back = Math.max(start, end - 3); back < end; back++) {
    const unit = foldCharacter(text.charCodeAt(back))
    suffix3 = hashUnit(suffix3, unit)
    if (back >= end - 2) suffix2 = hashUnit(suffix2, unit)
  }
  const length = Math.min(end - start, 10)
  const own = (s0 << 7) | f0
  const place = (placeOf(known) << 1) | regionOf(known) | (nationalityOf(known) << 3)
  let put = offset
  rows[put++] = mix(1, f0, 0) >>> shift
  rows[put++] = mix(2, word[at]!, 0) >>> shift
  rows[put++] = mix(3, w1, 0) >>> shift
  rows[put++] = mix(4, n1, 0) >>> shift
  rows[put++] = mix(5, w2, f0) >>> shift
  rows[put++] = mix(6, n2, f0) >>> shift
  rows[put++] = mix(7, known & 0x7fff, f0) >>> shift
  rows[put++] = mix(8, (known & 0x7f) | (speechOf(known) << 8), f0) >>> shift
  rows[put++] = mix(9, (fp << 8) | fn, f0) >>> shift
  rows[put++] = mix(10, own, (sp << 7) | fp) >>> shift
  rows[put++] = mix(11, own, (sn << 7) | fn) >>> shift
  rows[put++] = mix(12, own, (sp << 8) | sn) >>> shift
  rows[put++] = mix(13, w1, own) >>> shift
  rows[put++] = mix(14, n1, own) >>> shift
  rows[put++] = mix(15, k0, f0) >>> shift
  rows[put++] = mix(16, kp, own) >>> shift
  rows[put++] = mix(17, kn, own) >>> shift
  rows[put++] = mix(18, suffix3, f0) >>> shift
  rows[put++] = mix(19, suffix2, s0) >>> shift
  rows[put++] = mix(20, w2 ^ (w1 << 1), f0) >>> shift
  rows[put++] = mix(21, n1 ^ (n2 << 1), f0) >>> shift
  rows[put++] = mix(22, sight.phrase[at]!, f0) >>> shift
  rows[put++] = mix(23, sight.edge[at]!, own) >>> shift
  rows[put++] = mix(24, place, w1) >>> shift
  rows[put++] = mix(25, place, (fp << 8) | fn) >>> shift
  rows[put++] =
    mix(26, (speechOf(at > 0 ? bits[at - 1]! : 0) << 3) | speechOf(at < last ? bits[at + 1]! : 0), own) >>> shift
  rows[put++] = mix(27, length, own) >>> shift
  rows[put++] = mix(28, (at > 1 ? short[at - 2]! : 255) | (at > 1 ? form[at - 2]! << 8 : 0), (sp << 7) | fp) >>> shift
  rows[put++] =
    mix(29, (at + 1 < last ? short[at + 2]! : 255) | (at + 1 < last ? form[at + 2]! << 8 : 0), (sn << 7) | fn) >>> shift
  rows[put] = mix(30, w1, n1) >>> shift
}
