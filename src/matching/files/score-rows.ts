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
  const { candidates } = meetings
  const others: Place[] = []
  let calledUp = 0
  for (let row = from; row < to; row++) {
    const n = meetings.of(row)
    for (let i = 0; i < n; i++) {
      if (i === others.length) others.push({ words: one.words, start: 0 })
      placeOf(segments, candidates[i]!, others[i]!)
    }
    // called up together: all their words are on their way while the first are compared
    for (let i = 0; i < n; i++) {
      const { words, start } = others[i]!
      calledUp ^= words[start]! ^ words[start + 16]! ^ words[start + 32]! ^ words[start + 48]!
    }
    if (row + 1 < to) calledUp ^= meetings.callUp(row + 1)
    if (n === 0) continue
    found.scored += n
    placeOf(segments, row, one)
    for (let i = 0; i < n; i++) {
      const { words, start } = others[i]!
      const odds = weighPair(one.words, one.start, words, start, frequencies, model, least)
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
