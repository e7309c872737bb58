import { COUNTS, Group, HEADER, META, PLACE, TOKEN, WIDTH } from './layout.ts'
import { nicknameRoots } from './normalise/nicknames.ts'
import { mix } from './normalise/text.ts'

/** no person has more keys than this */
export const MOST_KEYS = 96

const NAMED = [Group.given, Group.family] as const
const starts = new Int32Array(14)
const counts = new Uint8Array(14)
const found = new Float64Array(MOST_KEYS)
let n = 0

/** Keys of the last `keysInto`, as whole numbers below 2^52. */
export const lastKeys: Float64Array = found
/** What each of `lastKeys` is made of, by the number that `key` is called with. */
export const lastKinds = new Uint8Array(MOST_KEYS)

/** kinds of keys, as bits, that a large file does without: a family name alone, names with year and month or district */
export const SPARED_IN_MANY = (1 << 5) | (1 << 7) | (1 << 17)

let spared = 0

/**
 * Works out the keys under which rows of files meet (those of the register are `entry-keys.ts`) of the person at `start` into `lastKeys`; returns how
 * many. No allocation. Names stand by sound, so Mohamed and Muhammad file together. `without`: kinds of keys,
 * as bits, that are not wanted.
 */
export function keysInto(words: Int32Array, start: number, without = 0): number {
  spared = without
  let at = start + HEADER
  for (let group = 0; group < 14; group++) {
    starts[group] = at
    counts[group] = (words[start + COUNTS + ((group / 6) | 0)]! >>> ((group % 6) * 5)) & 31
    at += counts[group]! * WIDTH[group]!
  }
  n = 0
  single(words)
  names(words)
  days(words)
  places(words)
  return n
}

function key(kind: number, a: number, b = 0): void {
  if (n === MOST_KEYS || (spared >>> kind) & 1) return
  const low = mix(a ^ Math.imul(kind, 0x9e3779b1)) ^ Math.imul(b, 0x85ebca6b)
  const high = mix(b ^ Math.imul(low, 0xc2b2ae35))
  const value = (high & 0xfffff) * 0x100000000 + (mix(low) >>> 0)
  for (let i = 0; i < n; i++) if (found[i] === value) return
  lastKinds[n] = kind
  found[n++] = value
}

function single(words: Int32Array): void {
  for (let i = 0, at = starts[Group.identifier]!; i < counts[Group.identifier]!; i++, at += 5) key(1, words[at + 1]!)
  for (let i = 0, at = starts[Group.contact]!; i < counts[Group.contact]!; i++, at++) key(2, words[at]!)
  const kin = starts[Group.kin]!
  for (let i = 1; i < Math.min(counts[Group.kin]!, 3); i++) key(3, words[kin + 1]!, words[kin + i * TOKEN + 1]!)
}

/** given and family by sound, in either order, with short forms under one root; each name by itself */
function names(words: Int32Array): void {
  const given = Math.min(counts[Group.given]!, 3)
  const middle = Math.min(counts[Group.middle]!, 2)
  const family = Math.min(counts[Group.family]!, 3)
  for (let i = 0, at = starts[Group.given]!; i < given; i++, at += TOKEN) {
    for (let j = 0, ft = starts[Group.family]!; j < family; j++, ft += TOKEN) {
      pair(words[at + 1]!, words[ft + 1]!)
      const root = nicknameRoots.get(words[at]!)
      if (root !== undefined) pair(root, words[ft + 1]!)
    }
    if (i === 0)
      for (let j = 0, mt = starts[Group.middle]!; j < middle; j++, mt += TOKEN) pair(words[at + 1]!, words[mt + 1]!)
    if (family === 0) key(5, words[at + 1]!)
  }
  for (let j = 0, ft = starts[Group.family]!; j < Math.min(family, 2); j++, ft += TOKEN) {
    key(5, words[ft + 1]!)
    for (let i = 0, mt = starts[Group.middle]!; i < middle; i++, mt += TOKEN) pair(words[mt + 1]!, words[ft + 1]!)
  }
}

function pair(a: number, b: number): void {
  key(4, a < b ? a : b, a < b ? b : a)
}

/** the birthday with each name and place; once whole (day and month in either order), and with one part left out */
function days(words: Int32Array): void {
  for (let d = 0; d < Math.min(counts[Group.born]!, 3); d++) {
    const day = words[starts[Group.born]! + d]!
    const year = (day / 10000) | 0
    const month = ((day / 100) | 0) % 100
    const date = day % 100
    const whole = year * 10000 + Math.min(month, date) * 100 + Math.max(month, date)
    for (const group of NAMED) {
      for (let i = 0, at = starts[group]!; i < Math.min(counts[group]!, 2); i++, at += TOKEN) {
        if ((words[at + META]! & 31) < 2) continue
        const bones = words[at + 1]!
        if (date !== 0) {
          key(6, bones, whole)
          key(7, bones, year * 100 + month)
          key(8, bones, month * 100 + date)
          key(9, bones, year * 100 + date)
        } else key(7, bones, year * 100 + month)
        if (group === Group.family) key(10, bones, year)
      }
    }
    for (let i = 0, at = starts[Group.postcode]!; i < Math.min(counts[Group.postcode]!, 3); i++, at += 5) {
      if (date !== 0) key(11, words[at + 1]!, whole)
      key(12, words[at]!, year)
    }
    for (let i = 0, at = starts[Group.locality]!; i < Math.min(counts[Group.locality]!, 2); i++, at += PLACE) {
      if (date !== 0) key(13, words[at]!, whole)
    }
    if (counts[Group.birthPlace]! > 0 && date !== 0) key(14, words[starts[Group.birthPlace]!]!, whole)
    for (let i = 0, at = starts[Group.kin]!; i < Math.min(counts[Group.kin]!, 2); i++, at += TOKEN) {
      key(15, words[at + 1]!, year * 100 + month)
    }
  }
}

/** each place with each name */
function places(words: Int32Array): void {
  for (const group of NAMED) {
    for (let i = 0, at = starts[group]!; i < Math.min(counts[group]!, 2); i++, at += TOKEN) {
      const bones = words[at + 1]!
      for (let p = 0, pt = starts[Group.postcode]!; p < Math.min(counts[Group.postcode]!, 4); p++, pt += 5) {
        key(16, bones, words[pt]!)
        if (group === Group.family) key(17, bones, words[pt + 1]!)
      }
      for (let p = 0, pt = starts[Group.address]!; p < Math.min(counts[Group.address]!, 3); p++, pt += 7) {
        key(18, bones, words[pt + 1]!)
      }
      if (counts[Group.birthPlace]! > 0) key(19, bones, words[starts[Group.birthPlace]!]!)
    }
  }
  for (let p = 0, pt = starts[Group.address]!; p < Math.min(counts[Group.address]!, 3); p++, pt += 7) {
    if (words[pt] !== 0) key(20, words[pt]!, words[pt + 1]!)
  }
  if (counts[Group.postcode]! > 0 && counts[Group.locality]! > 0 && counts[Group.born] === 0) {
    key(21, words[starts[Group.postcode]!]!, words[starts[Group.locality]!]!)
  }
}
