import { type Spelt, speltOf } from '../normalise/names.ts'
import type { Word } from '../normalise/words.ts'
import { ByteMemory } from './byte-memory.ts'
import type { RowReader } from './row-reader.ts'

const SPACE = 32
const FNV = 0x01000193
const OFFSET = 0x811c9dc5
/** longer fields are read as text */
const LONGEST = 100
const SLOTS = 1 << 15

const NO_NAME: Spelt = { words: [], open: false }

/** Names of letters and spaces straight from their bytes, each word remembered: a mother's whole name hardly recurs. */
export class NameReader {
  readonly #reader: RowReader
  readonly #words: ByteMemory<Spelt>

  constructor(reader: RowReader) {
    this.#reader = reader
    this.#words = new ByteMemory(reader.bytes, SLOTS)
  }

  /** The words of a field as `speltOf` makes them. */
  read(column: number): Spelt {
    const from = this.#reader.from[column]!
    const to = this.#reader.to[column]!
    return (to - from > LONGEST ? undefined : this.#everyday(from, to)) ?? this.#asText(column)
  }

  #asText(column: number): Spelt {
    const text = this.#reader.text(column).trim()
    return text === '' ? NO_NAME : speltOf(text)
  }

  /** undefined when there is more in it than letters and spaces, or a word such as `Mac` that goes with the next */
  #everyday(from: number, to: number): Spelt | undefined {
    const { bytes } = this.#reader
    let first: Spelt | undefined
    let words: Word[] | undefined
    for (let at = from; at < to; ) {
      if (bytes[at] === SPACE) {
        at++
        continue
      }
      const start = at
      let hash = OFFSET
      for (; at < to; at++) {
        const low = bytes[at]! | 32
        if (low < 97 || low > 122) break
        hash = Math.imul(hash ^ bytes[at]!, FNV)
      }
      if (at === start || (at < to && bytes[at] !== SPACE)) return undefined
      const one =
        this.#words.known(start, at, hash) ?? this.#words.keep(start, at, hash, speltOf(this.#reader.slice(start, at)))
      if (one.open) return undefined
      if (first === undefined) first = one
      else {
        words ??= [...first.words]
        for (let i = 0; i < one.words.length; i++) words.push(one.words[i]!)
      }
    }
    if (first === undefined) return NO_NAME
    return words === undefined ? first : { words, open: false }
  }
}

/** Whether a field held nothing but spaces. */
export function isNoName(spelt: Spelt): boolean {
  return spelt === NO_NAME
}
