import { place, staged } from '../assemble.ts'
import { Group } from '../layout.ts'
import { parseStreet } from '../normalise/places.ts'
import { hash, mix } from '../normalise/text.ts'
import { addAddress, entryOfStreet, stageAddress, stageIdentifier, stagePostcode } from '../prepare.ts'
import { ByteMemory } from './byte-memory.ts'
import type { RowReader } from './row-reader.ts'

const ZERO = 48
const NINE = 57
const SPACE = 32
const COMMA = 44
const FNV = 0x01000193
const OFFSET = 0x811c9dc5

const LONGEST = 200

const isDigit = (byte: number) => byte >= ZERO && byte <= NINE
/** a letter in lower case, or -1 */
function letter(byte: number): number {
  const low = byte | 32
  return low >= 97 && low <= 122 ? low : -1
}
/** as in `layout.ts` */
const six = (code: number) => (code >= 97 ? code - 86 : code - 47)

const codes = new Uint8Array(32)

/** The hash of letters and digits that stand in `codes`, as `hash` makes it of a text. */
function hashCodes(from: number, to: number, seed: number): number {
  let h = OFFSET ^ seed
  for (let i = from; i < to; i++) h = Math.imul(h ^ codes[i]!, FNV)
  return mix(h) || 1
}

/** A British postcode straight from its bytes; anything else as text. */
export function postcodeOf(reader: RowReader, column: number): void {
  const { bytes } = reader
  const end = reader.to[column]!
  let n = 0
  let at = reader.from[column]!
  for (; at < end && n < 8; at++) {
    const byte = bytes[at]!
    if (isDigit(byte)) codes[n++] = byte
    else {
      const low = letter(byte)
      if (low > 0) codes[n++] = low
      else if (byte !== SPACE) break
    }
  }
  let letters = 0
  while (letters < n && codes[letters]! > NINE) letters++
  const digits = n - 3 - letters
  const british =
    at === end &&
    (letters === 1 || letters === 2) &&
    (digits === 1 || digits === 2) &&
    codes[letters]! <= NINE &&
    codes[n - 3]! <= NINE &&
    codes[n - 2]! > NINE &&
    codes[n - 1]! > NINE
  if (!british) {
    stagePostcode(reader.text(column).trim())
    return
  }
  const into = place(Group.postcode)
  if (into < 0) return
  const to = staged[Group.postcode]!
  to[into] = hashCodes(0, n, 1)
  to[into + 1] = hashCodes(0, n - 3, 2)
  to[into + 2] = hashCodes(0, letters, 3)
  packCodes(n, to, into + 3, 2)
}

function packCodes(n: number, to: Int32Array, into: number, words: number): void {
  for (let w = 0, i = 0; w < words; w++) {
    let word = 0
    for (let shift = 0; shift < 30 && i < n; shift += 6) word |= six(codes[i++]!) << shift
    to[into + w] = word
  }
}

/** A number of ten digits, spaces or not, straight from its bytes; anything else as text. `type`: hash of its kind. */
export function identifierOf(reader: RowReader, column: number, name: string, type: number): void {
  const { bytes } = reader
  const end = reader.to[column]!
  let n = 0
  let at = reader.from[column]!
  let various = false
  for (; at < end && n < 11; at++) {
    const byte = bytes[at]!
    if (isDigit(byte)) {
      codes[n++] = byte
      if (byte !== codes[0]) various = true
    } else if (byte !== SPACE) break
  }
  // fillers such as 0000000000 or 1234567890 are told from numbers by the text
  if (at < end || n !== 10 || !various || codes[0] === ZERO + 1) {
    stageIdentifier(name, reader.text(column).trim())
    return
  }
  const into = place(Group.identifier)
  if (into < 0) return
  const to = staged[Group.identifier]!
  to[into] = type
  to[into + 1] = hashCodes(0, n, type)
  packCodes(n, to, into + 2, 3)
}

/** `Flat 3, 12 River Street` straight from its bytes, streets remembered; anything else as text. */
export class AddressReader {
  readonly #streets: ByteMemory<Int32Array | null>
  readonly #reader: RowReader

  constructor(reader: RowReader, slots: number) {
    this.#reader = reader
    this.#streets = new ByteMemory(reader.bytes, slots)
  }

  read(column: number): void {
    const reader = this.#reader
    const { bytes } = reader
    const end = reader.to[column]!
    let at = reader.from[column]!
    if (end - at > LONGEST) {
      stageAddress(reader.text(column).trim())
      return
    }
    let house = OFFSET ^ 4
    let numbers = 0
    // house numbers first, that of a flat before that of its house
    while (at < end) {
      const byte = bytes[at]!
      if (byte === SPACE || byte === COMMA) at++
      else if (isDigit(byte)) {
        if (numbers++ > 0) house = Math.imul(house ^ SPACE, FNV)
        for (; at < end; at++) {
          const low = isDigit(bytes[at]!) ? bytes[at]! : letter(bytes[at]!)
          if (low < 0) break
          house = Math.imul(house ^ low, FNV)
        }
      } else if (isFlat(bytes, at, end)) at += 4
      else break
    }
    const street = this.#street(at, end)
    if (street === null) stageAddress(reader.text(column).trim())
    else if (street.length > 0) addAddress(numbers === 0 ? 0 : mix(house) || 1, street)
  }

  /** the entry of a street of letters and spaces alone; null when it is anything else */
  #street(from: number, end: number): Int32Array | null {
    const { bytes } = this.#reader
    let hashed = OFFSET
    for (let i = from; i < end; i++) {
      const byte = bytes[i]!
      if (byte !== SPACE && letter(byte) < 0) return null
      hashed = Math.imul(hashed ^ byte, FNV)
    }
    const known = this.#streets.known(from, end, hashed)
    if (known !== undefined) return known
    const { street } = parseStreet(this.#reader.slice(from, end))
    return this.#streets.keep(from, end, hashed, street === '' ? NONE : entryOfStreet(street))
  }
}

const NONE = new Int32Array(0)

function isFlat(bytes: Uint8Array, at: number, end: number): boolean {
  const after = at + 4 < end ? bytes[at + 4]! : SPACE
  return (
    (bytes[at]! | 32) === 102 &&
    (bytes[at + 1]! | 32) === 108 &&
    (bytes[at + 2]! | 32) === 97 &&
    (bytes[at + 3]! | 32) === 116 &&
    at + 4 <= end &&
    (after === SPACE || after === COMMA)
  )
}

/** The hash of a kind of number, for `identifierOf`. */
export function hashOfType(type: string): number {
  return hash(type, 10)
}
