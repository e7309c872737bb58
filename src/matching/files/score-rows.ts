import type { Frequencies } from '../frequencies.ts'
import type { Model } from '../model.ts'
import { likelihood, namesakes, relatives, weighPair } from '../weigh.ts'
import { Edgelist, type Edges } from './edges.ts'
import type { KeyIndex } from './index-keys.ts'
import { Meetings } from './meet.ts'
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

/** Scores rows `from` to `to` with their later candidates; keeps pairs with odds of at least `least`. */
export function scoreRows(work: Work, from: number, to: number, least: number, meetings = meetingsOf(work)): Edges {
  const { segments, frequencies, model } = work
  const found = new Edgelist()
  const one: Place = { words: new Int32Array(0), start: 0 }
  const other: Place = { words: one.words, start: 0 }
  const next: Place = { words: one.words, start: 0 }
  const { candidates } = meetings
  let calledUp = 0
  for (let row = from; row < to; row++) {
    const n = meetings.of(row)
    if (row + 1 < to) calledUp ^= meetings.callUp(row + 1)
    if (n === 0) continue
    placeOf(segments, row, one)
    placeOf(segments, candidates[0]!, next)
    for (let i = 0; i < n; i++) {
      other.words = next.words
      other.start = next.start
      if (i + 1 < n) {
        placeOf(segments, candidates[i + 1]!, next)
        // called up early: the next person's words are on their way while this one is compared
        calledUp ^= next.words[next.start]! ^ next.words[next.start + 16]! ^ next.words[next.start + 32]!
      }
      found.scored++
      const odds = weighPair(one.words, one.start, other.words, other.start, frequencies, model, least)
      if (odds >= least) found.push(row, candidates[i]!, likelihood, cautiousRivals())
    }
  }
  called = calledUp
  return found.edges()
}

export function meetingsOf({ indexes }: Work): Meetings {
  return new Meetings(indexes)
}

/** kept so that the calling up is not thought useless and left out */
export let called = 0
