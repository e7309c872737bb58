import { keysInto, lastKeys } from '../keys.ts'
import type { AddressInput, NameInput, PersonInput } from '../person.ts'
import { LONGEST, prepareInto } from '../prepare.ts'
import type { Columns } from './columns.ts'
import { BadRow, splitRows } from './split-rows.ts'

/** A run of a file's rows made ready, in buffers that threads can share. */
export interface Segment {
  /** prepared persons, one after the other */
  readonly words: Int32Array
  /** where each begins; one more entry than persons */
  readonly starts: Int32Array
  /** all keys of all persons; `keyStarts` says where each person's begin, with one entry more */
  readonly keys: Float64Array
  readonly keyStarts: Int32Array
  readonly ids: readonly string[]
}

/** A run of a file: text of whole rows without the header, and the line that it begins at. */
export interface Chunk {
  readonly text: Buffer | Uint8Array
  readonly line: number
  readonly width: number
}

const BLOCK = 1 << 20

/** Reads, normalises and files the rows of a chunk. Throws `BadRow`. */
export function prepareChunk(chunk: Chunk, columns: Columns): Segment {
  const words = new Growing(sharedWords, chunk.text.length / 2)
  const keys = new Growing(sharedNumbers, chunk.text.length / 6)
  const starts: number[] = []
  const keyStarts: number[] = []
  const ids: string[] = []
  let line = chunk.line
  for (const block of wholeRows(chunk.text)) {
    for (const { fields, line: at } of splitRows(
      Buffer.from(block.buffer, block.byteOffset, block.length).toString(),
      line,
    )) {
      if (fields.length !== chunk.width) {
        const said = `${fields.length} fields, but the header has ${chunk.width}`
        throw new BadRow(`Line ${at}: ${said}. Mend or remove this row.`)
      }
      const id = fields[columns.id]!.trim()
      if (id === '') throw new BadRow(`Line ${at}: the id is empty. Every row needs one.`)
      ids.push(id)
      starts.push(words.length)
      const buffer = words.room(LONGEST)
      const length = prepareInto(personOf(fields, columns), buffer, words.length)
      const count = keysInto(buffer, words.length)
      words.length += length
      keyStarts.push(keys.length)
      keys.room(count).set(lastKeys.subarray(0, count), keys.length)
      keys.length += count
    }
    line += countLines(block)
  }
  starts.push(words.length)
  keyStarts.push(keys.length)
  return { words: words.whole(), starts: shared(starts), keys: keys.whole(), keyStarts: shared(keyStarts), ids }
}

/** About a megabyte at a time, cut where a row ends (a line's end outside quotation marks). */
export function* wholeRows(text: Uint8Array, size = BLOCK): Generator<Uint8Array> {
  let from = 0
  while (from < text.length) {
    const to = rowEnd(text, from, Math.min(text.length, from + size))
    yield text.subarray(from, to)
    from = to
  }
}

/** The end of the first row that ends at or after `least`, for rows that begin at `from`. */
export function rowEnd(text: Uint8Array, from: number, least: number): number {
  let quoted = false
  let at = from
  const quote = text.subarray(from, least).indexOf(34)
  if (quote >= 0) for (at = from + quote; at < least; at++) if (text[at] === 34) quoted = !quoted
  for (at = Math.max(least - 1, from); at < text.length; at++) {
    if (at >= least && text[at] === 34) quoted = !quoted
    if (text[at] === 10 && !quoted) return at + 1
  }
  return text.length
}

/** How many lines end in these bytes. */
export function countLines(bytes: Uint8Array): number {
  let n = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) n++
  return n
}

/** One row of a file as a person, by its recognised columns. */
export function personOf(record: readonly string[], { columns }: Columns): PersonInput {
  const names: { given?: string; family?: string; full?: string }[] = [{}]
  const addresses: { text?: string; number?: string; locality?: string; region?: string; postcode?: string }[] = [{}]
  const born: string[] = []
  const identifiers: { type: string; value: string }[] = []
  const kin: NameInput[] = []
  const contacts: string[] = []
  const person: { sex?: string; birthPlace?: string; occupation?: string; school?: string } = {}
  for (const { index, role, name } of columns) {
    const text = record[index]
    if (text === undefined || text === '') continue
    const value = text.trim()
    if (value === '') continue
    switch (role) {
      case 'given':
      case 'family':
      case 'full':
        place(names, role, value)
        break
      case 'middle':
        names[0]!.given = `${names[0]!.given ?? ''} ${value}`
        break
      case 'number':
      case 'locality':
      case 'region':
      case 'postcode':
        place(addresses, role, value)
        break
      case 'address':
        place(addresses, 'text', value)
        break
      case 'born':
        born.push(value)
        break
      case 'identifier':
        identifiers.push({ type: name, value })
        break
      case 'kin':
        kin.push({ full: value })
        break
      case 'contact':
        contacts.push(value)
        break
      case 'sex':
      case 'birthPlace':
      case 'occupation':
      case 'school':
        person[role] = value
        break
      case 'id':
        break
    }
  }
  return { ...person, names, addresses: addresses as AddressInput[], born, identifiers, kin, contacts }
}

/** the first entry that lacks this part takes it; a second column of the same kind begins another entry */
function place<Part extends string>(entries: Partial<Record<Part, string>>[], part: Part, value: string): void {
  const values = value.includes(';') ? value.split(';').map((v) => v.trim()) : [value]
  for (const one of values) {
    const free = entries.find((entry) => entry[part] === undefined)
    if (free) free[part] = one
    else entries.push({ [part]: one } as Partial<Record<Part, string>>)
  }
}

/** A shared buffer that doubles when full. */
class Growing<Kind extends Int32Array | Float64Array> {
  length = 0
  #words: Kind
  readonly #make: (size: number) => Kind

  constructor(make: (size: number) => Kind, expected: number) {
    this.#make = make
    this.#words = make(Math.max(4096, Math.ceil(expected)))
  }

  room(more: number): Kind {
    if (this.length + more > this.#words.length) {
      const larger = this.#make(Math.max(this.#words.length * 2, this.length + more))
      larger.set(this.#words)
      this.#words = larger
    }
    return this.#words
  }

  whole(): Kind {
    return this.#words.subarray(0, this.length) as Kind
  }
}

const sharedWords = (size: number) => new Int32Array(new SharedArrayBuffer(size * 4))
const sharedNumbers = (size: number) => new Float64Array(new SharedArrayBuffer(size * 8))

function shared(numbers: readonly number[]): Int32Array {
  const array = new Int32Array(new SharedArrayBuffer(Math.max(4, numbers.length * 4)))
  array.set(numbers)
  return array.subarray(0, numbers.length)
}
