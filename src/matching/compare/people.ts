import { FIELDS, Field } from '../fields.ts'
import { Term } from '../frequencies.ts'
import { COUNTS, Group, HEADER, JOINED, META, PLACE, SEX, TOKEN, WIDTH } from '../layout.ts'
import { Born, compareDays } from './dates.ts'
import { Address, charactersOff, compareAddresses, comparePostcodes, overlap, Postcode } from './places.ts'
import { Alike, alike } from './tokens.ts'

/** Result of the last `comparePeople`: the level of each field, 0 where there was nothing to compare. */
export const levels = new Uint8Array(FIELDS)
/** For a field that agrees: the hash of the value that is shared (or the commoner side of it), else 0. */
export const sharedA = new Int32Array(FIELDS)
export const sharedB = new Int32Array(FIELDS)
/** The kind of term that `sharedA` is counted as; 0 where how common it is does not matter. */
export const sharedTerm = new Uint8Array(FIELDS)

const startsA = new Int32Array(14)
const startsB = new Int32Array(14)
const countsA = new Uint8Array(14)
const countsB = new Uint8Array(14)

function open(words: Int32Array, start: number, starts: Int32Array, counts: Uint8Array): void {
  let at = start + HEADER
  for (let block = 0; block < 3; block++) {
    let packed = words[start + COUNTS + block]!
    const last = block < 2 ? 6 : 2
    for (let i = 0; i < last; i++) {
      const group = block * 6 + i
      const n = packed & 31
      starts[group] = at
      counts[group] = n
      at += n * WIDTH[group]!
      packed >>>= 5
    }
  }
}

let openA: Int32Array | undefined
let openAt = -1

/** Compares two prepared persons where they lie; fills `levels`, `sharedA`, `sharedB`, `sharedTerm`. No allocation. */
export function comparePeople(a: Int32Array, startA: number, b: Int32Array, startB: number): void {
  if (openA !== a || openAt !== startA) {
    open(a, startA, startsA, countsA)
    openA = a
    openAt = startA
  }
  open(b, startB, startsB, countsB)
  levels.fill(0)
  sharedTerm.fill(0)
  names(a, b)
  middle(a, b)
  born(a, b)
  const sexA = a[startA + SEX]!
  const sexB = b[startB + SEX]!
  // a shared first name says the sex already
  if (sexA !== 0 && sexB !== 0) {
    const named = levels[Field.given]! >= Alike.exact && levels[Field.given]! <= Alike.short
    levels[Field.sex] = sexA !== sexB ? 2 : named ? 0 : 1
  }
  postcodes(a, b)
  addresses(a, b)
  places(a, b, Group.locality, Field.locality, Term.locality)
  hashes(a, b, Group.region, Field.region, Term.region)
  identifiers(a, b)
  hashes(a, b, Group.contact, Field.contact, 0)
  places(a, b, Group.birthPlace, Field.birthPlace, Term.birthPlace)
  places(a, b, Group.occupation, Field.occupation, Term.occupation)
  places(a, b, Group.school, Field.school, Term.school)
  kin(a, b)
}

let bestA = 0
let bestB = 0

/** best agreement of any token of one group with any of another; leaves where it was found in `bestA`, `bestB` */
function best(a: Int32Array, groupA: number, b: Int32Array, groupB: number): number {
  let found = 99
  const nA = countsA[groupA]!
  const nB = countsB[groupB]!
  for (let i = 0, at = startsA[groupA]!; i < nA; i++, at += TOKEN) {
    for (let j = 0, bt = startsB[groupB]!; j < nB; j++, bt += TOKEN) {
      const level = alike(a, at, b, bt)
      if (level !== 0 && level < found) {
        found = level
        bestA = at
        bestB = bt
        if (found === 1) return 1
      }
    }
  }
  return found
}

/**
 * First and family name, straight or crossed. One word found in the other's other column counts once: as a family name,
 * which a whole household shares, unless the remaining names cross as well.
 */
function names(a: Int32Array, b: Int32Array): void {
  const given = straight(a, b, Group.given, Field.given, Term.given)
  givenWhole = levels[Field.given] === Alike.exact && (a[bestA + META]! & JOINED) !== 0
  const family = straight(a, b, Group.family, Field.family, Term.family)
  if (given && family) return
  const first = best(a, Group.given, b, Group.family) <= Alike.near
  const firstA = a[bestA]!
  const firstB = b[bestB]!
  const second = best(a, Group.family, b, Group.given) <= Alike.near
  if (first && second && !given && !family) {
    share(Field.given, CROSSED, firstA, firstB, Term.family)
    share(Field.family, CROSSED, a[bestA]!, b[bestB]!, Term.given)
    return
  }
  if ((first || second) && !family) {
    share(Field.family, CROSSED, first ? firstA : a[bestA]!, first ? firstB : b[bestB]!, Term.family)
    // what is left to compare as first names: the word that did not cross
    if (!given) {
      const left = first
        ? countsA[Group.family]! * countsB[Group.given]!
        : countsA[Group.given]! * countsB[Group.family]!
      levels[Field.given] = left === 0 ? 0 : 9
      sharedTerm[Field.given] = 0
    }
    if (levels[Field.given] !== 9) return
  }
  if (!given) amongOthers(a, b, Group.given, Field.given, Term.given)
  if (!family && levels[Field.family] !== CROSSED) amongOthers(a, b, Group.family, Field.family, Term.family)
}

const CROSSED = 7
/** first and second name agreed as one word: the second says nothing more */
let givenWhole = false

/** names in their own columns; true when they agree so well that no other column need be looked at */
function straight(a: Int32Array, b: Int32Array, group: number, field: number, term: number): boolean {
  if (countsA[group] === 0 || countsB[group] === 0) return false
  const level = best(a, group, b, group)
  if (level === 99) levels[field] = 9
  else share(field, level, a[bestA]!, b[bestB]!, level === Alike.initial ? 0 : term)
  return level <= Alike.short
}

/** a name that is one of the other's middle names, to the letter */
function amongOthers(a: Int32Array, b: Int32Array, group: number, field: number, term: number): void {
  const found = best(a, group, b, Group.middle) === Alike.exact || best(a, Group.middle, b, group) === Alike.exact
  if (found) share(field, CROSSED, a[bestA]!, b[bestB]!, term)
}

function share(field: number, level: number, hashA: number, hashB: number, term: number): void {
  levels[field] = level
  sharedA[field] = hashA
  sharedB[field] = hashB
  sharedTerm[field] = term
}

function middle(a: Int32Array, b: Int32Array): void {
  if (givenWhole || countsA[Group.middle] === 0 || countsB[Group.middle] === 0) return
  const level = best(a, Group.middle, b, Group.middle)
  if (level <= Alike.alike) share(Field.middle, level === 1 ? 1 : 2, a[bestA]!, b[bestB]!, Term.given)
  else levels[Field.middle] = level === Alike.initial ? 3 : 4
}

function born(a: Int32Array, b: Int32Array): void {
  let found = 99
  const nA = countsA[Group.born]!
  const nB = countsB[Group.born]!
  for (let i = 0; i < nA; i++) {
    for (let j = 0; j < nB; j++) {
      const dayA = a[startsA[Group.born]! + i]!
      const level = compareDays(dayA, b[startsB[Group.born]! + j]!)
      if (level < found) {
        found = level
        sharedA[Field.born] = dayA
        sharedB[Field.born] = dayA
      }
    }
  }
  if (found === 99) return
  levels[Field.born] = found
  if (found === Born.exact) sharedTerm[Field.born] = Term.born
}

function postcodes(a: Int32Array, b: Int32Array): void {
  let found = 99
  const nA = countsA[Group.postcode]!
  const nB = countsB[Group.postcode]!
  for (let i = 0, at = startsA[Group.postcode]!; i < nA; i++, at += 5) {
    for (let j = 0, bt = startsB[Group.postcode]!; j < nB; j++, bt += 5) {
      const level = comparePostcodes(a, at, b, bt)
      if (level < found) {
        found = level
        sharedA[Field.postcode] = a[at]!
        sharedB[Field.postcode] = b[bt]!
      }
    }
  }
  if (found === 99) return
  levels[Field.postcode] = found
  if (found <= Postcode.near) sharedTerm[Field.postcode] = Term.postcode
}

function addresses(a: Int32Array, b: Int32Array): void {
  let found = 99
  const nA = countsA[Group.address]!
  const nB = countsB[Group.address]!
  let ofA = 0
  let ofB = 0
  for (let i = 0, at = startsA[Group.address]!; i < nA; i++, at += 7) {
    for (let j = 0, bt = startsB[Group.address]!; j < nB; j++, bt += 7) {
      const level = compareAddresses(a, at, b, bt)
      if (level < found) {
        found = level
        ofA = i
        ofB = j
        sharedA[Field.address] = a[at]! ^ a[at + 1]!
        sharedB[Field.address] = b[bt]! ^ b[bt + 1]!
      }
    }
  }
  if (found === 99) return
  levels[Field.address] = found
  if (found <= Address.nearHouse) sharedTerm[Field.address] = Term.address
  if (nA > 1 && nB > 1 && found < Address.different) levels[Field.otherAddress] = another(a, b, ofA, ofB)
}

/** whether a second address, or a second line of one, agrees as well */
function another(a: Int32Array, b: Int32Array, ofA: number, ofB: number): number {
  let found = 3
  for (let i = 0, at = startsA[Group.address]!; i < countsA[Group.address]!; i++, at += 7) {
    if (i === ofA) continue
    for (let j = 0, bt = startsB[Group.address]!; j < countsB[Group.address]!; j++, bt += 7) {
      if (j === ofB) continue
      if (a[at + 1] === b[bt + 1]) return 1
      if (overlap(a, at + 2, b, bt + 2) >= 0.55) found = 2
    }
  }
  return found
}

function places(a: Int32Array, b: Int32Array, group: number, field: number, term: number): void {
  const nA = countsA[group]!
  const nB = countsB[group]!
  if (nA === 0 || nB === 0) return
  let found = 3
  for (let i = 0, at = startsA[group]!; i < nA; i++, at += PLACE) {
    for (let j = 0, bt = startsB[group]!; j < nB; j++, bt += PLACE) {
      const level = a[at] === b[bt] ? 1 : overlap(a, at + 1, b, bt + 1) >= 0.66 ? 2 : 3
      if (level < found) {
        found = level
        share(field, level, a[at]!, b[bt]!, term)
      }
    }
  }
  levels[field] = found
}

function hashes(a: Int32Array, b: Int32Array, group: number, field: number, term: number): void {
  const nA = countsA[group]!
  const nB = countsB[group]!
  if (nA === 0 || nB === 0) return
  levels[field] = 2
  for (let i = 0; i < nA; i++) {
    const value = a[startsA[group]! + i]!
    for (let j = 0; j < nB; j++) if (value === b[startsB[group]! + j]) share(field, 1, value, value, term)
  }
}

function identifiers(a: Int32Array, b: Int32Array): void {
  let found = 99
  const nA = countsA[Group.identifier]!
  const nB = countsB[Group.identifier]!
  for (let i = 0, at = startsA[Group.identifier]!; i < nA; i++, at += 5) {
    for (let j = 0, bt = startsB[Group.identifier]!; j < nB; j++, bt += 5) {
      if (a[at] !== b[bt]) continue
      const level = a[at + 1] === b[bt + 1] ? 1 : charactersOff(a, at + 2, b, bt + 2, 3) <= 1 ? 2 : 3
      if (level < found) found = level
    }
  }
  if (found !== 99) levels[Field.identifier] = found
}

/** how many of the parents' names agree, by letter or by sound */
function kin(a: Int32Array, b: Int32Array): void {
  const nA = countsA[Group.kin]!
  const nB = countsB[Group.kin]!
  if (nA === 0 || nB === 0) return
  let agree = 0
  for (let i = 0, at = startsA[Group.kin]!; i < nA; i++, at += TOKEN) {
    for (let j = 0, bt = startsB[Group.kin]!; j < nB; j++, bt += TOKEN) {
      const level = alike(a, at, b, bt)
      if (level !== 0 && level <= Alike.sounds && (a[at + META]! & 31) > 1) {
        agree++
        break
      }
    }
  }
  levels[Field.kin] = agree >= 2 ? 1 : agree === 1 ? 2 : 3
}
