import { priorOdds } from '../weigh.ts'
import { type Edges, room } from './edges.ts'
import { Groups } from './groups.ts'
import { Likelihoods } from './likelihoods.ts'
import type { Work } from './score-rows.ts'

/** For each row the number of its person, and how sure it is to belong there (0 to 1). */
export interface Persons {
  readonly person: Int32Array
  readonly sureness: Float32Array
}

/** log odds beyond which one pair says no more: no single comparison outvotes the rest without limit */
const CLIP = 6
/** a new person is believed so many times more readily than a doubtful join */
const DOUBT = 1.15
/** members looked at when two groups are compared; a group of more is judged by so many */
const MEMBERS = 24
/** how much a member speaks against a row that it could not be, and what of it counts */
const AGAINST = 4
const CONTRADICTED = 0.25
const ROUNDS = 4
/** whoever is alone stays so, when nobody near is more than e to minus this as likely as somebody new */
const UNLIKELY = 4
/** likelihoods are summed no higher than e to this */
const MOST_ODDS = 300
const MOST_STRENGTH = 1000

/**
 * Gathers the rows of one file into persons. Never by transitive closure: groups join only when their members on the
 * whole agree, and each row is then held against every person that it could be, and against being somebody new.
 */
export function cluster(work: Work, edges: Edges): Persons {
  const rows = work.indexes[0]!.placeStarts.length - 1
  const gathering = new Gathering(work, rows, edges, priorOdds(work.model, rows))
  gathering.join()
  let alone = gathering.groups.shareAlone()
  for (let round = 0; round < ROUNDS; round++) {
    const changed = gathering.settle(alone)
    alone = gathering.groups.shareAlone()
    gathering.join()
    if (changed === 0) break
  }
  gathering.settle(alone)
  return { person: gathering.groups.group, sureness: gathering.sureness }
}

class Gathering {
  readonly groups: Groups
  readonly sureness: Float32Array
  readonly #prior: number
  readonly #strong: Edges
  readonly #pairs: Likelihoods
  readonly #rows: number
  /** rows to be held against their persons again, for something near them changed */
  readonly #stale: Uint8Array
  /** by row: the last round of joining in or after which its group changed */
  readonly #altered: Uint8Array
  #round = 0

  constructor(work: Work, rows: number, edges: Edges, prior: number) {
    this.#rows = rows
    this.#prior = prior
    this.#pairs = new Likelihoods(work, edges, rows)
    this.groups = new Groups(rows)
    this.sureness = new Float32Array(rows).fill(1)
    this.#stale = new Uint8Array(rows).fill(1)
    this.#altered = new Uint8Array(rows)
    this.#strong = strongestFirst(edges, -prior)
  }

  /** log odds of a pair in this population, against its rivals */
  #cautious(a: number, b: number): number {
    const odds = this.#pairs.odds(a, b) + this.#prior
    return odds - Math.log(DOUBT * (1 + this.#pairs.rivals))
  }

  /** strongest pairs first: two groups become one when, over their pairs, the clipped odds speak for it */
  join(): void {
    const { a, b, odds, rivals } = this.#strong
    const { group, size } = this.groups
    const altered = this.#altered
    const before = this.#round++
    for (let e = 0; e < a.length; e++) {
      // as it was decided in the round before, unless either group is another since
      if (altered[a[e]!]! < before && altered[b[e]!]! < before) continue
      const left = group[a[e]!]!
      const right = group[b[e]!]!
      if (left === right) continue
      const agree =
        size[left] === 1 && size[right] === 1
          ? odds[e]! + this.#prior > Math.log(DOUBT * (1 + rivals[e]!))
          : this.#agree(left, right)
      if (!agree) continue
      this.#touch(left)
      this.#touch(right)
      this.groups.merge(left, right)
    }
  }

  #agree(left: number, right: number): boolean {
    const { first, next, size } = this.groups
    let sum = 0
    let n = 0
    const stepOne = Math.ceil(size[left]! / MEMBERS)
    const stepOther = Math.ceil(size[right]! / MEMBERS)
    for (let one = first[left]!, i = 0; one >= 0; one = next[one]!, i++) {
      if (i % stepOne !== 0) continue
      for (let other = first[right]!, j = 0; other >= 0; other = next[other]!, j++) {
        if (j % stepOther !== 0) continue
        const odds = this.#cautious(one, other)
        sum += Math.min(CLIP, Math.max(-CLIP, odds))
        n++
      }
    }
    return sum / n > 0
  }

  /** whoever belongs to a group, or is linked to one who does, is looked at again */
  #touch(group: number): void {
    const { first, next } = this.groups
    const { starts, rows } = this.#pairs.links
    for (let row = first[group]!; row >= 0; row = next[row]!) {
      this.#stale[row] = 1
      this.#altered[row] = this.#round
      for (let k = starts[row]!; k < starts[row + 1]!; k++) this.#stale[rows[k]!] = 1
    }
  }

  /**
   * Holds each row against every person that it has a link to. Persons compete: a row's chance of being one of them is
   * the sum of its likelihoods with that person's rows, over the sums of all persons and of being somebody new.
   */
  settle(alone: number): number {
    const share = Math.min(0.98, Math.max(0.02, alone))
    const newcomer = (DOUBT * this.#rows * share) / (1 - share)
    const { starts, rows, odds } = this.#pairs.links
    const { group, size } = this.groups
    const unlikely = Math.log(newcomer) - UNLIKELY
    const near: number[] = []
    let changed = 0
    for (let row = 0; row < this.#rows; row++) {
      if (this.#stale[row] === 0 || starts[row] === starts[row + 1]) continue
      this.#stale[row] = 0
      const now = group[row]!
      if (size[now] === 1 && mostOf(odds, starts[row]!, starts[row + 1]!) < unlikely) continue
      near.length = 0
      near.push(now)
      for (let k = starts[row]!; k < starts[row + 1]!; k++) {
        const other = group[rows[k]!]!
        if (!near.includes(other)) near.push(other)
      }
      let sum = newcomer
      let best = -1
      let most = 0
      for (let i = 0; i < near.length; i++) {
        const here = this.#likelihood(row, near[i]!)
        sum += here
        if (here > most) {
          most = here
          best = near[i]!
        }
      }
      const sure = most / sum
      this.sureness[row] = Math.max(sure, 1 - sure)
      const target = sure >= 0.5 ? best : -1
      if (target === now || (target < 0 && size[now] === 1)) continue
      this.#touch(now)
      if (target >= 0) this.#touch(target)
      const left = this.groups.leave(row)
      if (target >= 0) this.groups.merge(target, left)
      this.#stale[row] = 0
      changed++
    }
    return changed
  }

  /** sum of a row's likelihoods with the rows of a person, against chance and against being only near to that person */
  #likelihood(row: number, group: number): number {
    const { first, next, size } = this.groups
    let sum = 0
    let near = 0
    let against = 0
    const step = Math.ceil(size[group]! / (2 * MEMBERS))
    for (let member = first[group]!, i = 0; member >= 0; member = next[member]!, i++) {
      if (i % step !== 0 || member === row) continue
      const odds = this.#pairs.odds(row, member)
      const { rivals } = this.#pairs
      sum += Math.exp(Math.min(MOST_ODDS, odds))
      near += rivals
      const doubt = Math.log(1 + rivals) - odds
      if (doubt > 0) against += Math.min(doubt, AGAINST)
    }
    // a row may be one person and the sister of another: being near only speaks against being the same
    return ((sum * step) / (1 + near * step)) * Math.exp(-CONTRADICTED * against)
  }
}

function mostOf(values: Float64Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) if (values[i]! > most) most = values[i]!
  return most
}

/** the pairs with at least these odds, strongest first; those within a thousandth of each other in their order */
function strongestFirst({ a, b, odds, rivals }: Edges, least: number): Edges {
  const place = (e: number) => Math.round((MOST_STRENGTH - Math.min(MOST_STRENGTH, odds[e]!)) * 1000)
  const next = new Int32Array(Math.round((MOST_STRENGTH - Math.min(0, least)) * 1000) + 2)
  let n = 0
  for (let e = 0; e < odds.length; e++) {
    if (odds[e]! < least) continue
    next[place(e) + 1]!++
    n++
  }
  for (let p = 1; p < next.length; p++) next[p]! += next[p - 1]!
  const strong = room(n)
  for (let e = 0; e < odds.length; e++) {
    if (odds[e]! < least) continue
    const at = next[place(e)]!++
    strong.a[at] = a[e]!
    strong.b[at] = b[e]!
    strong.odds[at] = odds[e]!
    strong.rivals[at] = rivals[e]!
  }
  return { ...strong, scored: n, met: n, weighing: 0 }
}
