import { addEntry, addNumber, addSex, begin, lay } from '../assemble.ts'
import { Group } from '../layout.ts'
import { parseBirthday } from '../normalise/dates.ts'
import { parseIdentifier, parseSex } from '../normalise/identifiers.ts'
import { addNames, empty, named, noNames, type Spelt } from '../normalise/names.ts'
import type { Word } from '../normalise/words.ts'
import { entryOfPlace, prepareInto, stageContact, stageKin, stageNames, stageRegion } from '../prepare.ts'
import { ByteMemory } from './byte-memory.ts'
import type { Column, Columns, Role } from './columns.ts'
import { AddressReader, hashOfType, identifierOf, postcodeOf } from './field-bytes.ts'
import { isNoName, NameReader } from './name-bytes.ts'
import { personOf } from './person-of-row.ts'
import type { RowReader } from './row-reader.ts'

/** texts remembered for each column */
const REMEMBERED = 1 << 13
const REMEMBERED_NAMES = 1 << 14
const SEMICOLON = 59
const LONGEST_NAME = 100

const NO_WORDS: readonly Word[] = []

/**
 * Makes the rows of a file ready, each as `prepareInto(personOf(row))` would, but straight from its bytes where they are
 * of an everyday kind: what recurs is remembered, and dates, postcodes and numbers are read without making text.
 */
export class RowPreparer {
  readonly #reader: RowReader
  readonly #columns: Columns
  readonly #plain: boolean
  readonly #addresses: AddressReader
  readonly #nameReader: NameReader
  readonly #spelt: ByteMemory<Spelt>[] = []
  readonly #numbers: ByteMemory<number>[] = []
  readonly #places: ByteMemory<Int32Array | null>[] = []
  readonly #types: number[] = []
  readonly #given: (readonly Word[])[] = []
  readonly #family: (readonly Word[])[] = []
  readonly #full: (readonly Word[])[] = []
  readonly #kin: (readonly Word[])[] = []
  readonly #both: Word[] = []

  constructor(reader: RowReader, columns: Columns) {
    this.#reader = reader
    this.#columns = columns
    this.#plain = isPlain(columns.columns)
    this.#addresses = new AddressReader(reader, REMEMBERED_NAMES)
    this.#nameReader = new NameReader(reader)
    for (const [c, { role, name }] of columns.columns.entries()) {
      if (RECURRING.has(role)) this.#spelt[c] = new ByteMemory(reader.bytes, REMEMBERED_NAMES)
      if (role === 'born' || role === 'sex') this.#numbers[c] = new ByteMemory(reader.bytes, REMEMBERED_NAMES)
      if (PLACES[role] !== undefined) this.#places[c] = new ByteMemory(reader.bytes, REMEMBERED)
      this.#types[c] = role === 'identifier' ? hashOfType(parseIdentifier(name, '00001')!.type) : 0
    }
  }

  /** Writes the reader's current row as a prepared person; returns how many words. */
  into(words: Int32Array, start: number): number {
    return this.#plain && this.#stage()
      ? lay(words, start)
      : prepareInto(personOf(this.#texts(), this.#columns), words, start)
  }

  /** every field as text, by column */
  #texts(): string[] {
    const texts: string[] = []
    for (const { index } of this.#columns.columns) texts[index] = this.#reader.text(index)
    return texts
  }

  /** false when the row is of no everyday kind */
  #stage(): boolean {
    const { columns } = this.#columns
    const reader = this.#reader
    begin()
    empty(this.#given)
    empty(this.#family)
    empty(this.#full)
    empty(this.#kin)
    for (let c = 0; c < columns.length; c++) {
      const { index, role, name } = columns[c]!
      const from = reader.from[index]!
      if (from === reader.to[index]) continue
      if (reader.hashes[index] === 0 || this.#several(index, role)) return false
      switch (role) {
        case 'given':
        case 'family':
        case 'full':
        case 'middle':
          if (!this.#name(c, index, role)) return false
          break
        case 'kin':
          this.#kin.push(named(this.#spell(c, index).words))
          break
        case 'born':
          this.#born(c, index)
          break
        case 'sex':
          addSex(this.#number(c, index, parseSex))
          break
        case 'address':
          this.#addresses.read(index)
          break
        case 'postcode':
          postcodeOf(reader, index)
          break
        case 'identifier':
          identifierOf(reader, index, name, this.#types[c]!)
          break
        case 'region':
          stageRegion(reader.text(index).trim())
          break
        case 'contact':
          stageContact(reader.text(index).trim())
          break
        case 'locality':
        case 'birthPlace':
        case 'occupation':
        case 'school':
          this.#place(c, index, PLACES[role]!)
          break
        default:
          return false
      }
    }
    this.#names()
    return true
  }

  /** whether one field holds several values */
  #several(index: number, role: Role): boolean {
    if (!DIVIDED.has(role)) return false
    const { bytes, from, to } = this.#reader
    for (let at = from[index]!; at < to[index]!; at++) if (bytes[at] === SEMICOLON) return true
    return false
  }

  #names(): void {
    const given = this.#given
    const family = this.#family
    const full = this.#full
    const names = noNames()
    for (let i = 0; i < Math.max(given.length, family.length, full.length); i++) {
      addNames(
        i < given.length ? named(given[i]!) : NO_WORDS,
        i < family.length ? named(family[i]!) : NO_WORDS,
        i < full.length ? named(full[i]!) : NO_WORDS,
      )
    }
    stageNames(names)
    if (this.#kin.length === 0) return
    noNames()
    for (let i = 0; i < this.#kin.length; i++) addNames(NO_WORDS, NO_WORDS, this.#kin[i]!)
    stageKin(names)
  }

  /** false when this is no everyday name */
  #name(c: number, index: number, role: 'given' | 'family' | 'full' | 'middle'): boolean {
    if (this.#reader.to[index]! - this.#reader.from[index]! > LONGEST_NAME) return false
    const spelt = this.#spell(c, index)
    if (isNoName(spelt)) return true
    if (role === 'family') this.#family.push(spelt.words)
    else if (role === 'full') this.#full.push(spelt.words)
    // its last word may belong to what comes after it
    else if (spelt.open) return false
    else if (role === 'given') this.#given.push(spelt.words)
    else this.#between(spelt.words)
    return true
  }

  /** what comes between belongs to the first of the first names */
  #between(words: readonly Word[]): void {
    const first = this.#given[0]
    if (first === undefined) {
      this.#given.push(words)
      return
    }
    const both = this.#both
    if (first !== both) {
      both.length = 0
      for (let i = 0; i < first.length; i++) both.push(first[i]!)
      this.#given[0] = both
    }
    for (let i = 0; i < words.length; i++) both.push(words[i]!)
  }

  #spell(c: number, index: number): Spelt {
    const memory = this.#spelt[c]
    if (memory === undefined) return this.#nameReader.read(index)
    const { from, to, hashes } = this.#reader
    const known = memory.known(from[index]!, to[index]!, hashes[index]!)
    if (known !== undefined) return known
    return memory.keep(from[index]!, to[index]!, hashes[index]!, this.#nameReader.read(index))
  }

  #born(c: number, index: number): void {
    const day = this.#number(c, index, parseBirthday)
    if (day !== 0) addNumber(Group.born, day)
  }

  #number(c: number, index: number, parse: (text: string) => number): number {
    const { from, to, hashes } = this.#reader
    const memory = this.#numbers[c]!
    const known = memory.known(from[index]!, to[index]!, hashes[index]!)
    if (known !== undefined) return known
    return memory.keep(from[index]!, to[index]!, hashes[index]!, parse(this.#reader.text(index).trim()))
  }

  #place(c: number, index: number, group: number): void {
    const { from, to, hashes } = this.#reader
    const memory = this.#places[c]!
    let entry = memory.known(from[index]!, to[index]!, hashes[index]!)
    if (entry === undefined) {
      const found = entryOfPlace(this.#reader.text(index).trim()) ?? null
      entry = memory.keep(from[index]!, to[index]!, hashes[index]!, found)
    }
    if (entry !== null) addEntry(group, entry)
  }
}

/** names that recur whole */
const RECURRING: ReadonlySet<Role> = new Set(['given', 'family', 'middle'])
const DIVIDED: ReadonlySet<Role> = new Set(['given', 'family', 'full', 'locality', 'region', 'postcode', 'address'])
const PLACES: Readonly<Partial<Record<Role, number>>> = {
  locality: Group.locality,
  birthPlace: Group.birthPlace,
  occupation: Group.occupation,
  school: Group.school,
}

/**
 * Whether fields mean the same in whatever order they come: no house number in a column of its own, no middle name
 * before the first, and what there can be but one of stands once.
 */
function isPlain(columns: readonly Column[]): boolean {
  const roles = columns.map(({ role }) => role)
  const once = (['sex', 'birthPlace', 'occupation', 'school'] as const).every(
    (role) => roles.indexOf(role) === roles.lastIndexOf(role),
  )
  const middle = roles.indexOf('middle')
  return once && !roles.includes('number') && (middle < 0 || middle > roles.lastIndexOf('given'))
}
