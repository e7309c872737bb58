import { type KeyIndex, MANY } from './index-keys.ts'

/** a pair is looked at when its shared keys together are this rare: sum of 1 / rows, in parts of `WHOLE` */
const RARE_ENOUGH = 24
const RARE_IN_MANY = 90
const WHOLE = 600
const HINTS_AT = 16
const HINTS = 1 << HINTS_AT
const SHARES = Uint16Array.from({ length: 256 }, (_, rows) => Math.round(WHOLE / Math.max(1, rows)))
/** slots for the rows met by one: more than a row has keys, times the rows of a key, so that there is always room */
const SLOTS = 1 << 14

/** Who meets whom under shared keys. What one row meets is kept in a table small enough for the processor's own memory. */
export class Meetings {
  /** of the last row asked for: whom it met often enough, in the order met */
  readonly candidates = new Int32Array(SLOTS)
  /** pairs that shared enough, those included that were left for sharing one hint alone */
  found = 0
  readonly #indexes: readonly KeyIndex[]
  readonly #enough: number
  readonly #wide: boolean
  readonly #rows = new Int32Array(SLOTS).fill(-1)
  /** how rare what is shared is, and above that a bit for each hint (`hints.ts`) */
  readonly #shared = new Int32Array(SLOTS)
  readonly #taken = new Int32Array(SLOTS)
  #calledUp = 0

  /** `wide`: one hint alone is enough, for learning how many are near each other that are not one person */
  constructor(indexes: readonly KeyIndex[], wide = false) {
    this.#indexes = indexes
    this.#wide = wide
    this.#enough = indexes[0]!.placeStarts.length - 1 > MANY ? RARE_IN_MANY : RARE_ENOUGH
  }

  /** Fills `candidates` with the later rows that share enough with this one; returns how many. */
  of(row: number): number {
    let n = 0
    const met = this.#rows
    const shared = this.#shared
    const taken = this.#taken
    for (let i = 0; i < this.#indexes.length; i++) {
      const { rows, placeStarts, places, sizes } = this.#indexes[i]!
      const last = placeStarts[row + 1]!
      for (let p = placeStarts[row]!; p < last; p++) {
        const span = sizes[p]!
        const share = SHARES[(span >>> 8) & 255]!
        const hint = HINTS << (span >>> 16)
        for (let q = places[p]!, to = q + (span & 255); q < to; q++) {
          const candidate = rows[q]!
          let slot = Math.imul(candidate, 0x9e3779b1) >>> 18
          while (met[slot] !== candidate && met[slot] !== -1) slot = (slot + 1) & (SLOTS - 1)
          if (met[slot] === -1) {
            met[slot] = candidate
            taken[n++] = slot
          }
          shared[slot] = (shared[slot]! + share) | hint
        }
      }
    }
    let kept = 0
    for (let i = 0; i < n; i++) {
      const slot = taken[i]!
      const sum = shared[slot]!
      if ((sum & (HINTS - 1)) >= this.#enough) {
        this.found++
        // one hint alone is not enough, unless it is 0
        const hints = sum >>> HINTS_AT
        if (this.#wide || (hints & 1) !== 0 || (hints & (hints - 1)) !== 0) this.candidates[kept++] = met[slot]!
      }
      shared[slot] = 0
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
