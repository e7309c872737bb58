import {
  COUNTS,
  GROUPS,
  Group,
  HAS_NICKNAMES,
  HEADER,
  JOINED,
  LENGTH,
  META,
  PLACE,
  SEX,
  TOKEN,
  WIDTH,
} from './layout.ts'
import { parseBirthday } from './normalise/dates.ts'
import { parseContact, parseIdentifier, parseSex } from './normalise/identifiers.ts'
import { divideNames } from './normalise/names.ts'
import { hasNicknames } from './normalise/nicknames.ts'
import { parsePlace, parsePostcode, parseStreet } from './normalise/places.ts'
import { skeleton } from './normalise/skeleton.ts'
import { bigramBits, bitCount, hash, letterMask, packLetters, remembered } from './normalise/text.ts'
import type { PersonInput, PreparedPerson } from './person.ts'

/** no prepared person is longer, whatever was put in */
export const LONGEST = 1024
const MOST: readonly number[] = [8, 8, 8, 6, 6, 12, 12, 12, 4, 6, 6, 2, 2, 4]

const scratch = new Int32Array(LONGEST)

/** Makes a person ready for keys and for comparing. Never throws; what cannot be read counts as absent. */
export function normalise(person: PersonInput): PreparedPerson {
  return { words: scratch.slice(0, prepareScratch(person)) }
}

/** The same into a given place; returns the words written, at most `LONGEST`. */
export function prepareInto(person: PersonInput, into: Int32Array, at: number): number {
  const length = prepareScratch(person)
  for (let i = 0; i < length; i++) into[at + i] = scratch[i]!
  return length
}

/** where the next word goes; at the end, how many there are */
let at = LONGEST
let count = 0

function prepareScratch(person: PersonInput): number {
  scratch.fill(0, 0, at)
  at = HEADER
  const names = divideNames(person.names ?? [])
  for (const name of names.given) if (more(Group.given)) token(name, names.joined.includes(name))
  close(Group.given)
  for (const name of names.middle) if (more(Group.middle)) token(name)
  close(Group.middle)
  for (const name of names.family) if (more(Group.family)) token(name, names.joined.includes(name))
  close(Group.family)
  if (person.kin) {
    const kin = divideNames(person.kin)
    for (const name of kin.given) if (more(Group.kin)) token(name)
    for (const name of kin.family) if (more(Group.kin)) token(name)
  }
  close(Group.kin)
  for (const text of person.born ?? []) {
    const day = parseBirthday(text)
    if (day !== 0 && more(Group.born)) scratch[at++] = day
  }
  close(Group.born)
  places(person)
  for (const { type, value } of person.identifiers ?? []) {
    const found = parseIdentifier(type, value)
    if (found && more(Group.identifier)) identifier(found.type, found.value)
  }
  close(Group.identifier)
  for (const text of person.contacts ?? []) {
    const contact = parseContact(text)
    if (contact !== undefined && more(Group.contact)) scratch[at++] = hash(contact, 7)
  }
  close(Group.contact)
  place(person.birthPlace, Group.birthPlace)
  place(person.occupation, Group.occupation)
  place(person.school, Group.school)
  scratch[SEX] = parseSex(person.sex)
  scratch[LENGTH] = at
  return at
}

function places(person: PersonInput): void {
  const addresses = person.addresses ?? []
  for (const { postcode } of addresses) {
    const found = postcode === undefined ? undefined : parsePostcode(postcode)
    if (!found || !more(Group.postcode)) continue
    scratch[at] = hash(found.full, 1)
    scratch[at + 1] = hash(found.outward, 2)
    scratch[at + 2] = hash(found.area, 3)
    characters(found.full, at + 3, 2)
    at += 5
  }
  close(Group.postcode)
  for (const { text, number } of addresses) {
    if (text === undefined || text === '') continue
    const { number: inText, street } = parseStreet(text)
    const house = number !== undefined && number !== '' ? number.toLowerCase().trim() : inText
    if (street === '' || !more(Group.address)) continue
    scratch[at] = house === '' ? 0 : hash(house, 4)
    const words = wordsOfStreet(street)
    for (let i = 0; i < words.length; i++) scratch[at + 1 + i] = words[i]!
    at += 7
  }
  close(Group.address)
  for (const { locality } of addresses) place(locality, -1, Group.locality)
  close(Group.locality)
  for (const { region } of addresses) {
    const name = region === undefined ? '' : parsePlace(region)
    if (name !== '' && more(Group.region)) scratch[at++] = hash(name, 6)
  }
  close(Group.region)
}

/** hash, bigrams in four words, how many bits */
const wordsOfStreet = remembered((street: string): Int32Array => {
  const words = new Int32Array(6)
  words[0] = hash(street, 5)
  bigramBits(street, words, 1)
  for (let i = 1; i <= 4; i++) words[5]! += bitCount(words[i]!)
  return words
})

/** hash and bigrams in four words */
const wordsOfPlace = remembered((name: string): Int32Array => {
  const words = new Int32Array(PLACE)
  words[0] = hash(name, 8)
  bigramBits(name, words, 1)
  return words
})

function more(group: number): boolean {
  if (count >= MOST[group]! || at + WIDTH[group]! + 64 > LONGEST) return false
  count++
  return true
}

function close(group: number): void {
  if (group >= GROUPS) return
  scratch[COUNTS + ((group / 6) | 0)]! |= count << ((group % 6) * 5)
  count = 0
}

/** one place; `alone` closes the group after it */
function place(text: string | undefined, alone: number, group = alone): void {
  const name = text === undefined ? '' : parsePlace(text)
  if (name !== '' && more(group)) {
    const words = wordsOfPlace(name)
    for (let i = 0; i < PLACE; i++) scratch[at + i] = words[i]!
    at += PLACE
  }
  if (alone >= 0) close(alone)
}

/** names recur: their words are kept, up to a bound */
const wordsOf = remembered(spell, 100_000)

function token(name: string, joined = false): void {
  const words = wordsOf(name)
  for (let i = 0; i < TOKEN; i++) scratch[at + i] = words[i]!
  if (joined) scratch[at + META]! |= JOINED
  at += TOKEN
}

function spell(name: string): Int32Array {
  const words = new Int32Array(TOKEN)
  const bones = skeleton(name)
  words[0] = hash(name)
  words[1] = hash(bones, 9)
  words[2] = letterMask(name)
  packLetters(name, words, 3)
  words[META] =
    Math.min(name.length, 18) | (hasNicknames(words[0]!) ? HAS_NICKNAMES : 0) | (Math.min(bones.length, 15) << 6)
  return words
}

function identifier(type: string, value: string): void {
  scratch[at] = hash(type, 10)
  scratch[at + 1] = hash(value, scratch[at]!)
  characters(value, at + 2, 3)
  at += 5
}

/** letters and digits, six bits each, five to a word */
function characters(text: string, start: number, words: number): void {
  for (let i = 0; i < words * 5 && i < text.length; i++) {
    const code = text.charCodeAt(i)
    const six = code >= 97 ? code - 86 : code - 47
    scratch[start + ((i / 5) | 0)]! |= six << ((i % 5) * 6)
  }
}
