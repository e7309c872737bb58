import { likelihood, weighPair } from '../weigh.ts'
import type { Edges } from './edges.ts'
import { cautiousRivals, type Place, placeOf, type Work } from './score-rows.ts'

/** weighed pairs remembered beyond those found by keys */
const MOST_WEIGHED = 2_000_000

/** How likely any two rows are one person: from the pairs already found, else weighed now. */
export class Likelihoods {
  readonly links: Links
  /** of the last pair: what stands against it */
  rivals = 0
  readonly #work: Work
  readonly #rows: number
  readonly #one: Place = { words: new Int32Array(0), start: 0 }
  readonly #other: Place = { words: new Int32Array(0), start: 0 }
  readonly #weighed = new Map<number, number>()
  readonly #odds: number[] = []
  readonly #rivals: number[] = []

  constructor(work: Work, edges: Edges, rows: number) {
    this.#work = work
    this.#rows = rows
    this.links = linksOf(edges, rows)
  }

  /** natural log of the likelihood of a pair, against chance; leaves what stands against it in `rivals` */
  odds(a: number, b: number): number {
    const { starts, rows, odds, rivals } = this.links
    for (let k = starts[a]!; k < starts[a + 1]!; k++) {
      if (rows[k] === b) {
        this.rivals = rivals[k]!
        return odds[k]!
      }
    }
    const pair = a < b ? a * this.#rows + b : b * this.#rows + a
    let slot = this.#weighed.get(pair)
    if (slot === undefined) {
      placeOf(this.#work.segments, a, this.#one)
      placeOf(this.#work.segments, b, this.#other)
      const { frequencies, model } = this.#work
      weighPair(this.#one.words, this.#one.start, this.#other.words, this.#other.start, frequencies, model)
      if (this.#weighed.size === MOST_WEIGHED) this.#weighed.clear()
      slot = this.#weighed.size
      this.#weighed.set(pair, slot)
      this.#odds[slot] = likelihood
      this.#rivals[slot] = cautiousRivals()
    }
    this.rivals = this.#rivals[slot]!
    return this.#odds[slot]!
  }
}

/** each row's pairs, from both sides */
export interface Links {
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly odds: Float64Array
  readonly rivals: Float64Array
}

function linksOf({ a, b, odds, rivals }: Edges, rows: number): Links {
  const starts = new Int32Array(rows + 1)
  for (let e = 0; e < a.length; e++) {
    starts[a[e]! + 1]!++
    starts[b[e]! + 1]!++
  }
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  const next = starts.slice()
  const both = a.length * 2
  const links: Links = {
    starts,
    rows: new Int32Array(both),
    odds: new Float64Array(both),
    rivals: new Float64Array(both),
  }
  const link = (from: number, to: number, e: number) => {
    const at = next[from]!++
    links.rows[at] = to
    links.rivals[at] = rivals[e]!
    links.odds[at] = odds[e]!
  }
  for (let e = 0; e < a.length; e++) {
    link(a[e]!, b[e]!, e)
    link(b[e]!, a[e]!, e)
  }
  return links
}
