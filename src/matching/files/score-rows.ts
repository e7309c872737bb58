import type { Frequencies } from '../frequencies.ts'
import type { Model } from '../model.ts'
import { likelihood, namesakes, relatives, weighPair } from '../weigh.ts'
import type { KeyIndex } from './index-keys.ts'
import type { Segment } from './segment.ts'

/** Everything that scoring a file needs; all of it can be shared between threads but for the model. */
export interface Work {
  readonly segments: readonly Segment[]
  readonly indexes: readonly KeyIndex[]
  readonly frequencies: Frequencies
  readonly model: Model
}

/** Pairs worth looking at, with the natural log of the likelihood that they are one person, against chance. */
export interface Edges {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly odds: Float64Array
  /** how much stands against it, against chance: family, counted with `CAUTION`, and namesakes */
  readonly rivals: Float64Array
  readonly scored: number
}

/** Where a row of the file lies. */
export interface Place {
  words: Int32Array
  start: number
}

export function placeOf(segments: readonly Segment[], row: number, into: Place): void {
  let rest = row
  for (const segment of segments) {
    const people = segment.starts.length - 1
    if (rest < people) {
      into.words = segment.words
      into.start = segment.starts[rest]!
      return
    }
    rest -= people
  }
  throw new RangeError(`row ${row} is beyond the file`)
}

/**
 * To join two of one household, or twins, is this many times worse than to leave one person's records apart: somebody
 * else's history on a child's record misleads everyone who reads it.
 */
const CAUTION = 12

/** What stands against the last weighed pair. */
export function cautiousRivals(): number {
  return CAUTION * relatives + namesakes
}

/** a pair is looked at when its shared keys together are this rare: sum of 1 / rows */
const RARE_ENOUGH = 0.04
/** the same in a file so large that common keys would find mostly namesakes */
const RARE_IN_MANY = 0.12
const MANY = 200_000

/** Scores rows `from` to `to` with their later candidates; keeps pairs with odds of at least `least`. */
export function scoreRows(work: Work, from: number, to: number, least: number, reached?: Float32Array): Edges {
  const { segments, indexes } = work
  const total = indexes[0]!.placeStarts.length - 1
  const enough = total > MANY ? RARE_IN_MANY : RARE_ENOUGH
  const rarity = reached ?? new Float32Array(total)
  const list = new Int32Array(total < 65536 ? total : 65536)
  const found = new Edgelist()
  const one: Place = { words: new Int32Array(0), start: 0 }
  const other: Place = { words: one.words, start: 0 }
  for (let row = from; row < to; row++) {
    let n = 0
    for (const { rows, ends, sizes, placeStarts, places } of indexes) {
      const last = placeStarts[row + 1]!
      for (let p = placeStarts[row]!; p < last; p++) {
        const place = places[p]!
        const end = ends[place]!
        const share = 1 / sizes[place]!
        for (let q = place + 1; q < end; q++) {
          const candidate = rows[q]!
          if (rarity[candidate] === 0 && n < list.length) list[n++] = candidate
          rarity[candidate]! += share
        }
      }
    }
    if (n === 0) continue
    placeOf(segments, row, one)
    for (let i = 0; i < n; i++) {
      const candidate = list[i]!
      const rare = rarity[candidate]!
      rarity[candidate] = 0
      if (rare < enough) continue
      placeOf(segments, candidate, other)
      found.scored++
      const odds = weighPair(one.words, one.start, other.words, other.start, work.frequencies, work.model, least)
      if (odds >= least) found.push(row, candidate, likelihood, cautiousRivals())
    }
  }
  return found.edges()
}

class Edgelist {
  scored = 0
  #n = 0
  #a = new Int32Array(1024)
  #b = new Int32Array(1024)
  #odds = new Float64Array(1024)
  #rivals = new Float64Array(1024)

  push(a: number, b: number, odds: number, rivals: number): void {
    if (this.#n === this.#a.length) {
      const size = this.#n * 2
      const [oldA, oldB, oldOdds, oldRivals] = [this.#a, this.#b, this.#odds, this.#rivals]
      this.#a = new Int32Array(size)
      this.#b = new Int32Array(size)
      this.#odds = new Float64Array(size)
      this.#rivals = new Float64Array(size)
      this.#rivals.set(oldRivals)
      this.#a.set(oldA)
      this.#b.set(oldB)
      this.#odds.set(oldOdds)
    }
    this.#a[this.#n] = a
    this.#b[this.#n] = b
    this.#rivals[this.#n] = rivals
    this.#odds[this.#n++] = odds
  }

  edges(): Edges {
    const n = this.#n
    return {
      a: this.#a.slice(0, n),
      b: this.#b.slice(0, n),
      odds: this.#odds.slice(0, n),
      rivals: this.#rivals.slice(0, n),
      scored: this.scored,
    }
  }
}
