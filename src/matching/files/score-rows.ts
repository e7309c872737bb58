import type { Frequencies } from '../frequencies.ts'
import type { Model } from '../model.ts'
import { likelihood, namesakes, relatives, weighPair } from '../weigh.ts'
import { Edgelist, type Edges } from './edges.ts'
import { type KeyIndex, MANY } from './index-keys.ts'
import type { Segment } from './segment.ts'

/** Everything that scoring a file needs; all of it can be shared between threads but for the model. */
export interface Work {
  readonly segments: readonly Segment[]
  readonly indexes: readonly KeyIndex[]
  readonly frequencies: Frequencies
  readonly model: Model
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
const RARE_IN_MANY = 0.15

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
  const next: Place = { words: one.words, start: 0 }
  let calledUp = 0
  for (let row = from; row < to; row++) {
    let n = 0
    for (const { rows, placeStarts, places, sizes } of indexes) {
      const last = placeStarts[row + 1]!
      for (let p = placeStarts[row]!; p < last; p++) {
        const share = 1 / sizes[p]!
        for (let q = places[p]!; rows[q]! >= 0; ) {
          const marked = rows[++q]!
          const candidate = marked < 0 ? -1 - marked : marked
          if (rarity[candidate] === 0 && n < list.length) list[n++] = candidate
          rarity[candidate]! += share
        }
      }
    }
    if (n === 0) continue
    placeOf(segments, row, one)
    let kept = 0
    for (let i = 0; i < n; i++) {
      const candidate = list[i]!
      if (rarity[candidate]! >= enough) list[kept++] = candidate
      rarity[candidate] = 0
    }
    if (kept === 0) continue
    placeOf(segments, list[0]!, next)
    for (let i = 0; i < kept; i++) {
      const candidate = list[i]!
      other.words = next.words
      other.start = next.start
      if (i + 1 < kept) {
        placeOf(segments, list[i + 1]!, next)
        // called up early: the next person's words are on their way while this one is compared
        calledUp ^= next.words[next.start]! ^ next.words[next.start + 16]! ^ next.words[next.start + 32]!
      }
      found.scored++
      const odds = weighPair(one.words, one.start, other.words, other.start, work.frequencies, work.model, least)
      if (odds >= least) found.push(row, candidate, likelihood, cautiousRivals())
    }
  }
  called = calledUp
  return found.edges()
}

/** kept so that the calling up is not thought useless and left out */
export let called = 0
