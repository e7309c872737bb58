import { addEntry, addNumber, addSex, addWord, begin, LONGEST, lay, place, staged } from './assemble.ts'
import { Group, PLACE } from './layout.ts'
import { parseBirthday } from './normalise/dates.ts'
import { parseContact, parseIdentifier, parseSex } from './normalise/identifiers.ts'
import { divideNames, has, type Names } from './normalise/names.ts'
import { parsePlace, parsePostcode, parseStreet } from './normalise/places.ts'
import { bigramBits, bitCount, hash, remembered } from './normalise/text.ts'
import type { PersonInput, PreparedPerson } from './person.ts'

const scratch = new Int32Array(LONGEST)

/** Makes a person ready for keys and for comparing. Never throws; what cannot be read counts as absent. */
export function normalise(person: PersonInput): PreparedPerson {
  return { words: scratch.slice(0, prepareInto(person, scratch, 0)) }
}

/** The same into a given place; returns the words written, at most `LONGEST`. */
export function prepareInto(person: PersonInput, into: Int32Array, at: number): number {
  begin()
  stageNames(divideNames(person.names ?? []))
  if (person.kin) stageKin(divideNames(person.kin))
  for (const text of person.born ?? []) {
    const day = parseBirthday(text)
    if (day !== 0) addNumber(Group.born, day)
  }
  for (const { postcode, text, number, locality, region } of person.addresses ?? []) {
    if (postcode !== undefined) stagePostcode(postcode)
    if (text !== undefined && text !== '') stageAddress(text, number)
    stagePlace(Group.locality, locality)
    if (region !== undefined) stageRegion(region)
  }
  for (const { type, value } of person.identifiers ?? []) stageIdentifier(type, value)
  for (const text of person.contacts ?? []) stageContact(text)
  stagePlace(Group.birthPlace, person.birthPlace)
  stagePlace(Group.occupation, person.occupation)
  stagePlace(Group.school, person.school)
  addSex(parseSex(person.sex))
  return lay(into, at)
}

export function stageNames({ given, middle, family, joined }: Names): void {
  for (let i = 0; i < given.length; i++) addWord(Group.given, given[i]!, has(joined, given[i]!))
  for (let i = 0; i < middle.length; i++) addWord(Group.middle, middle[i]!, false)
  for (let i = 0; i < family.length; i++) addWord(Group.family, family[i]!, has(joined, family[i]!))
}

export function stageKin({ given, family }: Names): void {
  for (let i = 0; i < given.length; i++) addWord(Group.kin, given[i]!, false)
  for (let i = 0; i < family.length; i++) addWord(Group.kin, family[i]!, false)
}

export function stagePostcode(text: string): void {
  const found = parsePostcode(text)
  if (!found) return
  const at = place(Group.postcode)
  if (at < 0) return
  const to = staged[Group.postcode]!
  to[at] = hash(found.full, 1)
  to[at + 1] = hash(found.outward, 2)
  to[at + 2] = hash(found.area, 3)
  characters(found.full, to, at + 3, 2)
}

/** `number`: of the house, when it stands apart */
export function stageAddress(text: string, number?: string): void {
  const { number: inText, street } = parseStreet(text)
  if (street === '') return
  const house = number !== undefined && number !== '' ? number.toLowerCase().trim() : inText
  addAddress(house === '' ? 0 : hash(house, 4), entryOfStreet(street))
}

/** A house by the hash of its number, 0 for none, and the entry of its street. */
export function addAddress(house: number, street: Int32Array): void {
  const at = place(Group.address)
  if (at < 0) return
  const to = staged[Group.address]!
  to[at] = house
  for (let i = 0; i < street.length; i++) to[at + 1 + i] = street[i]!
}

export function stagePlace(group: number, text: string | undefined): void {
  const entry = text === undefined ? undefined : entryOfPlace(text)
  if (entry !== undefined) addEntry(group, entry)
}

export function stageRegion(text: string): void {
  const name = parsePlace(text)
  if (name !== '') addNumber(Group.region, hash(name, 6))
}

export function stageContact(text: string): void {
  const contact = parseContact(text)
  if (contact !== undefined) addNumber(Group.contact, hash(contact, 7))
}

export function stageIdentifier(type: string, value: string): void {
  const found = parseIdentifier(type, value)
  if (!found) return
  const at = place(Group.identifier)
  if (at < 0) return
  const to = staged[Group.identifier]!
  to[at] = hash(found.type, 10)
  to[at + 1] = hash(found.value, to[at]!)
  characters(found.value, to, at + 2, 3)
}

/** hash, bigrams in four words, how many bits */
export const entryOfStreet = remembered((street: string): Int32Array => {
  const words = new Int32Array(6)
  words[0] = hash(street, 5)
  bigramBits(street, words, 1)
  for (let i = 1; i <= 4; i++) words[5]! += bitCount(words[i]!)
  return words
})

/** hash and bigrams in four words; undefined when nothing is named */
export function entryOfPlace(text: string): Int32Array | undefined {
  const name = parsePlace(text)
  return name === '' ? undefined : entryOfName(name)
}

const entryOfName = remembered((name: string): Int32Array => {
  const words = new Int32Array(PLACE)
  words[0] = hash(name, 8)
  bigramBits(name, words, 1)
  return words
})

/** letters and digits, six bits each, five to a word */
function characters(text: string, into: Int32Array, start: number, words: number): void {
  for (let w = 0; w < words; w++) into[start + w] = 0
  for (let i = 0; i < words * 5 && i < text.length; i++) {
    const code = text.charCodeAt(i)
    const six = code >= 97 ? code - 86 : code - 47
    into[start + ((i / 5) | 0)]! |= six << ((i % 5) * 6)
  }
}
