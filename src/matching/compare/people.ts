import { FIELDS, Field } from '../fields.ts'
import { Term } from '../frequencies.ts'
import { Group, PLACE, SEX } from '../layout.ts'
import { Born, compareDays, daysApart } from './dates.ts'
import { kin, middle, names } from './names.ts'
import { countsA, countsB, levels, open, share, sharedA, sharedB, sharedTerm, startsA, startsB } from './opened.ts'
import { Address, compareAddresses, comparePostcodes, oneSlipApart, overlap, Postcode } from './places.ts'
import { Alike } from './tokens.ts'

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
  for (let field = 0; field < FIELDS; field++) {
    levels[field] = 0
    sharedTerm[field] = 0
  }
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

/** two expected days of birth so close are of one birth */
const EXPECTED_WITHIN = 28

function born(a: Int32Array, b: Int32Array): void {
  let found = 99
  // without a first name: not yet born, and the day is the expected one
  const expected = countsA[Group.given] === 0 && countsB[Group.given] === 0
  const nA = countsA[Group.born]!
  const nB = countsB[Group.born]!
  for (let i = 0; i < nA; i++) {
    for (let j = 0; j < nB; j++) {
      const dayA = a[startsA[Group.born]! + i]!
      const dayB = b[startsB[Group.born]! + j]!
      let level = compareDays(dayA, dayB)
      if (level > Born.exact && expected && dayB % 100 !== 0 && daysApart(dayA, dayB) <= EXPECTED_WITHIN)
        level = Born.expected
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
      const level = a[at + 1] === b[bt + 1] ? 1 : oneSlipApart(a, at + 2, b, bt + 2, 3) ? 2 : 3
      if (level < found) found = level
    }
  }
  if (found !== 99) levels[Field.identifier] = found
}
