import type { Model } from '../model.ts'
import { priorOdds, weighPair } from '../weigh.ts'
import { type Edges, type Place, placeOf, type Work } from './score-rows.ts'

/** For each row the number of its person, and how sure it is to belong there (0 to 1). */
export interface Persons {
  readonly person: Int32Array
  readonly sureness: Float32Array
}

/** log odds beyond which one pair says no more: no single comparison outvotes the rest without limit */
const CLIP = 6
/** members looked at when two groups are compared; a group of more is judged by so many */
const MEMBERS = 24
const ROUNDS = 4

/**
 * Gathers the rows of one file into persons. Never by transitive closure: groups join only when their members on the
 * whole agree, and each row is then held against every person that it could be, and against being somebody new.
 */
export function cluster(work: Work, edges: Edges): Persons {
  const rows = work.indexes[0]!.placeStarts.length - 1
  const groups = new Groups(work, rows, edges, priorOdds(work.model, rows))
  groups.join()
  let alone = groups.shareAlone()
  for (let round = 0; round < ROUNDS; round++) {
    const changed = groups.settle(alone)
    alone = groups.shareAlone()
    groups.join()
    if (changed === 0) break
  }
  groups.settle(alone)
  return { person: groups.group, sureness: groups.sureness }
}

class Groups {
  readonly group: Int32Array
  readonly sureness: Float32Array
  readonly #members: (number[] | undefined)[]
  readonly #work: Work
  readonly #model: Model
  readonly #prior: number
  readonly #edges: Edges
  readonly #order: Uint32Array
  readonly #known: Map<number, number>
  readonly #neighbours: Int32Array
  readonly #neighbourStarts: Int32Array
  readonly #rows: number
  readonly #one: Place = { words: new Int32Array(0), start: 0 }
  readonly #other: Place = { words: new Int32Array(0), start: 0 }

  constructor(work: Work, rows: number, edges: Edges, prior: number) {
    this.#work = work
    this.#model = work.model
    this.#rows = rows
    this.#prior = prior
    this.#edges = edges
    this.group = Int32Array.from({ length: rows }, (_, row) => row)
    this.sureness = new Float32Array(rows).fill(1)
    this.#members = Array.from({ length: rows }, (_, row) => [row])
    this.#known = new Map()
    const degree = new Int32Array(rows + 1)
    for (let e = 0; e < edges.a.length; e++) {
      this.#known.set(this.#pair(edges.a[e]!, edges.b[e]!), edges.odds[e]!)
      degree[edges.a[e]! + 1]!++
      degree[edges.b[e]! + 1]!++
    }
    for (let row = 0; row < rows; row++) degree[row + 1]! += degree[row]!
    this.#neighbourStarts = degree.slice()
    this.#neighbours = new Int32Array(edges.a.length * 2)
    const next = degree.slice()
    for (let e = 0; e < edges.a.length; e++) {
      this.#neighbours[next[edges.a[e]!]!++] = edges.b[e]!
      this.#neighbours[next[edges.b[e]!]!++] = edges.a[e]!
    }
    this.#order = Uint32Array.from(edges.odds.keys()).sort((x, y) => edges.odds[y]! - edges.odds[x]!)
  }

  #pair(a: number, b: number): number {
    return a < b ? a * this.#rows + b : b * this.#rows + a
  }

  #odds(a: number, b: number): number {
    const pair = this.#pair(a, b)
    let odds = this.#known.get(pair)
    if (odds === undefined) {
      placeOf(this.#work.segments, a, this.#one)
      placeOf(this.#work.segments, b, this.#other)
      odds = weighPair(this.#one.words, this.#one.start, this.#other.words, this.#other.start, this.#work.frequencies, this.#model)
      this.#known.set(pair, odds)
    }
    return odds
  }

  /** strongest pairs first: two groups become one when, over their pairs, the clipped odds speak for it */
  join(): void {
    const { a, b, odds } = this.#edges
    for (const e of this.#order) {
      if (odds[e]! + this.#prior < 0) break
      const left = this.group[a[e]!]!
      const right = this.group[b[e]!]!
      if (left !== right && this.#agree(left, right)) this.#merge(left, right)
    }
  }

  #agree(left: number, right: number): boolean {
    const ones = this.#members[left]!
    const others = this.#members[right]!
    if (ones.length === 1 && others.length === 1) return true
    let sum = 0
    let n = 0
    const stepOne = Math.ceil(ones.length / MEMBERS)
    const stepOther = Math.ceil(others.length / MEMBERS)
    for (let i = 0; i < ones.length; i += stepOne) {
      for (let j = 0; j < others.length; j += stepOther) {
        const odds = this.#odds(ones[i]!, others[j]!) + this.#prior
        sum += odds > CLIP ? CLIP : odds < -CLIP ? -CLIP : odds
        n++
      }
    }
    return sum / n > 0
  }

  #merge(left: number, right: number): void {
    const [into, from] = this.#members[left]!.length >= this.#members[right]!.length ? [left, right] : [right, left]
    const members = this.#members[into]!
    for (const row of this.#members[from]!) {
      this.group[row] = into
      members.push(row)
    }
    this.#members[from] = undefined
  }

  shareAlone(): number {
    let alone = 0
    for (const members of this.#members) if (members?.length === 1) alone++
    return alone / this.#rows
  }

  /**
   * Holds each row against every person that it has a link to. Persons compete: a row's chance of being one of them is
   * the sum of its likelihoods with that person's rows, over the sums of all persons and of being somebody new.
   */
  settle(alone: number): number {
    const share = Math.min(0.98, Math.max(0.02, alone))
    const newcomer = (this.#rows * share) / (1 - share)
    let changed = 0
    for (let row = 0; row < this.#rows; row++) {
      const near = new Set<number>()
      for (let k = this.#neighbourStarts[row]!; k < this.#neighbourStarts[row + 1]!; k++) near.add(this.group[this.#neighbours[k]!]!)
      near.add(this.group[row]!)
      let sum = newcomer
      let best = -1
      let most = newcomer
      for (const group of near) {
        let here = 0
        for (const member of this.#members[group]!) if (member !== row) here += Math.exp(Math.min(30, this.#odds(row, member)))
        sum += here
        if (here > most) {
          most = here
          best = group
        }
      }
      this.sureness[row] = most / sum
      const now = this.group[row]!
      const target = best >= 0 && most / sum >= 0.5 ? best : -1
      if (target === now) continue
      if (target < 0) {
        if (this.#members[now]!.length > 1) {
          this.#leave(row)
          changed++
        }
        continue
      }
      this.#leave(row)
      const alone = this.group[row]!
      this.#merge(target, alone)
      changed++
    }
    return changed
  }

  #leave(row: number): void {
    const now = this.group[row]!
    const members = this.#members[now]!
    if (members.length === 1) return
    members.splice(members.indexOf(row), 1)
    if (now !== row) {
      // the number `row` may be in use by a group that row once began
      const free = this.#members[row] === undefined ? row : this.#members.indexOf(undefined)
      this.#members[free] = [row]
      this.group[row] = free
      return
    }
    const free = this.#members.indexOf(undefined)
    this.#members[free] = [row]
    this.group[row] = free
  }
}
