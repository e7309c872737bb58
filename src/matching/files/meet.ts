import { type KeyIndex, MANY } from './index-keys.ts'

/** a pair is looked at when its shared keys together are this rare: sum of 1 / rows, in parts of `WHOLE` */
const RARE_ENOUGH = 24
const RARE_IN_MANY = 90
const WHOLE = 600
const SHARES = Uint16Array.from({ length: 256 }, (_, rows) => Math.round(WHOLE / Math.max(1, rows)))
/** slots for the rows met by one: more than a row has keys, times the rows of a key, so that there is always room */
const SLOTS = 1 << 14

/** Who meets whom under shared keys. What one row meets is kept in a table small enough for the processor's own memory. */
export class Meetings {
  /** of the last row asked for: whom it met often enough, in the order met */
  readonly candidates = new Int32Array(SLOTS)
  readonly #indexes: readonly KeyIndex[]
  readonly #enough: number
  readonly #rows = new Int32Array(SLOTS).fill(-1)
  readonly #rarity = new Uint16Array(SLOTS)
  readonly #taken = new Int32Array(SLOTS)
  #calledUp = 0

  constructor(indexes: readonly KeyIndex[]) {
    this.#indexes = indexes
    this.#enough = indexes[0]!.placeStarts.length - 1 > MANY ? RARE_IN_MANY : RARE_ENOUGH
  }

  /** Fills `candidates` with the later rows that share enough with this one; returns how many. */
  of(row: number): number {
    let n = 0
    const met = this.#rows
    const rarity = this.#rarity
    const taken = this.#taken
    for (let i = 0; i < this.#indexes.length; i++) {
      const { rows, placeStarts, places, sizes } = this.#indexes[i]!
      const last = placeStarts[row + 1]!
      for (let p = placeStarts[row]!; p < last; p++) {
        const span = sizes[p]!
        const share = SHARES[span >>> 8]!
        for (let q = places[p]!, to = q + (span & 255); q < to; q++) {
          const candidate = rows[q]!
          let slot = Math.imul(candidate, 0x9e3779b1) >>> 18
          while (met[slot] !== candidate && met[slot] !== -1) slot = (slot + 1) & (SLOTS - 1)
          if (met[slot] === -1) {
            met[slot] = candidate
            taken[n++] = slot
          }
          rarity[slot]! += share
        }
      }
    }
    let kept = 0
    for (let i = 0; i < n; i++) {
      const slot = taken[i]!
      if (rarity[slot]! >= this.#enough) this.candidates[kept++] = met[slot]!
      rarity[slot] = 0
      met[slot] = -1
    }
    return kept
  }

  /** Calls up what `of` will read for a row, while there is other work; the answer means nothing. */
  callUp(row: number): number {
    for (let i = 0; i < this.#indexes.length; i++) {
      const { rows, placeStarts, places } = this.#indexes[i]!
      const last = placeStarts[row + 1]!
      for (let p = placeStarts[row]!; p < last; p++) this.#calledUp ^= rows[places[p]!]!
    }
    return this.#calledUp
  }
}
