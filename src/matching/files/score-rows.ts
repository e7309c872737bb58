import type { Frequencies } from '../frequencies.ts'
import type { Model } from '../model.ts'
import { likelihood, namesakes, Rarities, relatives, weighPair } from '../weigh.ts'
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

/** What one thread keeps from one run of rows to the next. */
export class Desk {
  readonly meetings: Meetings
  readonly rarities = new Rarities()
  /** whom the rows of a run meet, one row after the other, and where each row's end */
  candidates = new Int32Array(1 << 14)
  ends = new Int32Array(1 << 9)
  /** where the candidates of one row lie, and those of the next */
  readonly places: Place[] = []
  readonly nextPlaces: Place[] = []

  /** `wide`: whoever is met is weighed, for learning */
  constructor({ indexes }: Work, wide = false) {
    this.meetings = new Meetings(indexes, wide)
  }

  /** Says where some of the candidates lie, and reads a little of each, so that the rest is not waited for later. */
  callUp(segments: readonly Segment[], from: number, to: number, places: Place[]): void {
    while (places.length < to - from) places.push({ words: new Int32Array(0), start: 0 })
    for (let i = from; i < to; i++) placeOf(segments, this.candidates[i]!, places[i - from]!)
    for (let i = 0; i < to - from; i++) {
      const { words, start } = places[i]!
      called ^= words[start]! ^ words[start + 16]! ^ words[start + 32]! ^ words[start + 48]!
    }
  }

  /** Finds whom each of these rows meets. */
  meet(from: number, to: number): void {
    const { meetings } = this
    if (this.ends.length < to - from) this.ends = new Int32Array(to - from)
    let n = 0
    for (let row = from; row < to; row++) {
      const met = meetings.of(row)
      if (n + met > this.candidates.length) {
        const larger = new Int32Array((n + met) * 2)
        larger.set(this.candidates.subarray(0, n))
        this.candidates = larger
      }
      for (let i = 0; i < met; i++) this.candidates[n++] = meetings.candidates[i]!
      this.ends[row - from] = n
      if (row + 1 < to) called ^= meetings.callUp(row + 1)
    }
  }
}

/** Scores rows `from` to `to` with their later candidates; keeps pairs with odds of at least `least`. */
export function scoreRows(work: Work, from: number, to: number, least: number, desk = new Desk(work)): Edges {
  const { segments, frequencies, model } = work
  const found = new Edgelist()
  const one: Place = { words: new Int32Array(0), start: 0 }
  desk.meet(from, to)
  found.met += desk.meetings.found
  desk.meetings.found = 0
  const begun = performance.now()
  const { candidates, ends, rarities } = desk
  found.scored += ends[to - from - 1]!
  let places = desk.places
  let next = desk.nextPlaces
  let end = ends[0]!
  desk.callUp(segments, 0, end, places)
  for (let row = from, first = 0; row < to; row++) {
    // called up together, one row ahead: their words are on their way while others are compared
    const nextEnd = row + 1 < to ? ends[row + 1 - from]! : end
    desk.callUp(segments, end, nextEnd, next)
    if (end > first) placeOf(segments, row, one)
    for (let i = first; i < end; i++) {
      const { words, start } = places[i - first]!
      const odds = weighPair(one.words, one.start, words, start, frequencies, model, least, rarities)
      if (odds >= least) found.push(row, candidates[i]!, likelihood, cautiousRivals())
    }
    const done = places
    places = next
    next = done
    first = end
    end = nextEnd
  }
  found.weighing += (performance.now() - begun) / 1000
  return found.edges()
}

/** @public kept so that the calling up is not thought useless and left out */
export let called = 0
