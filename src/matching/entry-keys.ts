import { COUNTS, Group, HEADER, META, PLACE, TOKEN, WIDTH } from './layout.ts'
import { nicknameRoots } from './normalise/nicknames.ts'
import { skeleton } from './normalise/skeleton.ts'
import { hash, mix, remembered } from './normalise/text.ts'
import type { PreparedPerson } from './person.ts'

/** Counts up whenever keys change: entries that were filed under an earlier version are filed anew. */
export const KEY_VERSION = 3
/** no person has more keys than this */
const MOST_KEYS = 128
/** Who asks with fewer keys knows little, and is sought under one part of a name with one other thing as well. */
const KNOWS_LITTLE = 16

const NAMED = [Group.given, Group.family] as const
const ANY_NAME = [Group.given, Group.family, Group.middle] as const
const starts = new Int32Array(14)
const counts = new Uint8Array(14)
const found = new Float64Array(MOST_KEYS)
let n = 0
/** first and family names together, as far as they are joined with a year and a town */
const pairs = new Int32Array(16)
let paired = 0

/**
 * The keys under which an entry of the register is filed and a child is sought: two records that may be one child share at least one, whatever
 * single thing is wrong, and mostly when two are. About 43, fewer when little is known, at most 128; 52-bit numbers. Names stand by sound, so
 * Mohamed and Muhammad file together. A pair of names, or a birthday with a name, stands also with one part left out; what many share (a common pair)
 * stands with year and town besides, for keys under which very many stand are not read.
 */
export function keysFor(person: PreparedPerson): bigint[] {
  gather(person)
  little(person.words)
  return Array.from(found.subarray(0, n), BigInt)
}

/**
 * Those under which a child is sought, as whole numbers in a memory that the next call uses again. One part of a name with an age, a school, a district
 * or a parent's first name is asked for only where little else is known: what more there is finds the child by more.
 */
export function soughtKeys(person: PreparedPerson): Float64Array {
  gather(person)
  if (n < KNOWS_LITTLE) little(person.words)
  return found.subarray(0, n)
}

function gather({ words }: PreparedPerson): void {
  let at = HEADER
  for (let group = 0; group < 14; group++) {
    starts[group] = at
    counts[group] = (words[COUNTS + ((group / 6) | 0)]! >>> ((group % 6) * 5)) & 31
    at += counts[group]! * WIDTH[group]!
  }
  n = 0
  paired = 0
  single(words)
  names(words)
  days(words)
  places(words)
  slips(words)
}

function key(kind: number, a: number, b = 0, c = 0): void {
  if (n === MOST_KEYS) return
  const low = mix(a ^ Math.imul(kind, 0x9e3779b1) ^ mix(c)) ^ Math.imul(b, 0x85ebca6b)
  const high = mix(b ^ Math.imul(low, 0xc2b2ae35))
  const value = (high & 0xfffff) * 0x100000000 + (mix(low) >>> 0)
  for (let i = 0; i < n; i++) if (found[i] === value) return
  found[n++] = value
}

const few = (group: number, most: number): number => Math.min(counts[group]!, most)

function single(words: Int32Array): void {
  for (let i = 0, at = starts[Group.identifier]!; i < counts[Group.identifier]!; i++, at += 5) key(1, words[at + 1]!)
  for (let i = 0, at = starts[Group.contact]!; i < counts[Group.contact]!; i++, at++) key(2, words[at]!)
  const kin = starts[Group.kin]!
  for (let i = 1; i < few(Group.kin, 3); i++) key(3, words[kin + 1]!, words[kin + i * TOKEN + 1]!)
}

/** given and family by sound, in either order, with short forms under one root; each name by itself */
function names(words: Int32Array): void {
  const middle = few(Group.middle, 2)
  for (let i = 0, at = starts[Group.given]!; i < few(Group.given, 3); i++, at += TOKEN) {
    const root = nicknameRoots.get(words[at]!)
    for (let j = 0, ft = starts[Group.family]!; j < few(Group.family, 3); j++, ft += TOKEN) {
      pair(words[at + 1]!, words[ft + 1]!, i < 2 && j < 2)
      if (root !== undefined) pair(root, words[ft + 1]!, i < 1 && j < 2)
    }
    if (i === 0)
      for (let j = 0, mt = starts[Group.middle]!; j < middle; j++, mt += TOKEN) pair(words[at + 1]!, words[mt + 1]!)
    if (counts[Group.family] === 0) key(5, words[at + 1]!)
  }
  for (let j = 0, ft = starts[Group.family]!; j < few(Group.family, 2); j++, ft += TOKEN) {
    key(5, words[ft + 1]!)
    for (let i = 0, mt = starts[Group.middle]!; i < middle; i++, mt += TOKEN) pair(words[mt + 1]!, words[ft + 1]!)
  }
}

function pair(a: number, b: number, joined = false): void {
  const one = Math.min(a, b)
  const other = Math.max(a, b)
  key(4, one, other)
  if (!joined || paired === pairs.length) return
  pairs[paired++] = one
  pairs[paired++] = other
}

/** the birthday with each name and place, one part of it left out (day and month in either order); the year with a pair of names */
function days(words: Int32Array): void {
  for (let d = 0; d < few(Group.born, 3); d++) {
    const day = words[starts[Group.born]! + d]!
    const year = (day / 10000) | 0
    const month = ((day / 100) | 0) % 100
    const date = day % 100
    const whole = year * 10000 + Math.min(month, date) * 100 + Math.max(month, date)
    for (const group of NAMED) {
      for (let i = 0, at = starts[group]!; i < few(group, 2); i++, at += TOKEN) {
        if ((words[at + META]! & 31) < 2) continue
        const bones = words[at + 1]!
        key(7, bones, year * 100 + month)
        if (date !== 0) {
          key(8, bones, month * 100 + date)
          key(9, bones, year * 100 + date)
        }
        if (group === Group.family) key(10, bones, year)
      }
      // a slip in both names: the birthday with a first letter
      if (date !== 0 && counts[group]! > 0) key(22 + group, words[starts[group]! + 3]! & 31, whole)
    }
    if (date !== 0)
      for (let i = 0, at = starts[Group.locality]!; i < few(Group.locality, 2); i++, at += PLACE)
        key(13, words[at]!, whole)
    for (let i = 0, at = starts[Group.kin]!; i < few(Group.kin, 2); i++, at += TOKEN)
      key(15, words[at + 1]!, year * 100 + month)
    for (let i = 0; i < paired; i += 2) key(27, pairs[i]!, pairs[i + 1]!, year)
  }
}

/** postcode and house by themselves; the district with the family, the town with a pair of names */
function places(words: Int32Array): void {
  for (let p = 0, pt = starts[Group.postcode]!; p < few(Group.postcode, 4); p++, pt += 5) {
    key(30, words[pt]!)
    for (let i = 0, at = starts[Group.family]!; i < few(Group.family, 2); i++, at += TOKEN)
      key(17, words[at + 1]!, words[pt + 1]!)
  }
  for (let p = 0, pt = starts[Group.address]!; p < few(Group.address, 3); p++, pt += 7)
    if (words[pt] !== 0) key(20, words[pt]!, words[pt + 1]!)
  for (let p = 0, pt = starts[Group.locality]!; p < few(Group.locality, 2); p++, pt += PLACE)
    for (let i = 0; i < paired; i += 2) key(28, pairs[i]!, pairs[i + 1]!, words[pt]!)
}

/** first and family name with one sound left out of either, so that a slip in one is still found */
function slips(words: Int32Array): void {
  if (counts[Group.given] === 0 || counts[Group.family] === 0) return
  const given = bonesOf(words, starts[Group.given]!)
  const family = bonesOf(words, starts[Group.family]!)
  const givenHash = words[starts[Group.given]! + 1]!
  const familyHash = words[starts[Group.family]! + 1]!
  key(25, givenHash, hash(family))
  for (let i = 0; i < family.length; i++) key(25, givenHash, hash(family.slice(0, i) + family.slice(i + 1)))
  key(26, familyHash, hash(given))
  for (let i = 0; i < given.length; i++) key(26, familyHash, hash(given.slice(0, i) + given.slice(i + 1)))
}

/** any name by itself, and with a year, a district, a school or a parent's first name; that with a school */
function little(words: Int32Array): void {
  const parent = counts[Group.kin] === 0 ? undefined : words[starts[Group.kin]! + 1]!
  const school = counts[Group.school] === 0 ? undefined : words[starts[Group.school]!]!
  // both halves of a joined family name and the whole
  for (const group of ANY_NAME)
    for (let i = 0, at = starts[group]!; i < few(group, 4); i++, at += TOKEN) {
      const bones = words[at + 1]!
      if ((words[at + META]! & 31) < 2) continue
      key(5, bones)
      for (let d = 0; d < few(Group.born, 2); d++) key(10, bones, (words[starts[Group.born]! + d]! / 10000) | 0)
      for (let p = 0, pt = starts[Group.postcode]!; p < few(Group.postcode, 4); p++, pt += 5)
        key(17, bones, words[pt + 1]!)
      if (school !== undefined) key(29, bones, school)
      if (parent !== undefined) key(31, bones, parent)
    }
  if (parent !== undefined && school !== undefined) key(32, parent, school)
}

const bones = remembered((name: string): string => skeleton(name).slice(0, 8), 50_000)

/** the sounds of the name that lies here */
function bonesOf(words: Int32Array, at: number): string {
  let name = ''
  for (let i = 0; i < (words[at + META]! & 31); i++)
    name += String.fromCharCode(96 + ((words[at + 3 + ((i / 6) | 0)]! >>> ((i % 6) * 5)) & 31))
  return bones(name)
}
