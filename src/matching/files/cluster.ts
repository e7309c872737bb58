import { likelihood, priorOdds, weighPair } from '../weigh.ts'
import { cautiousRivals, type Edges, type Place, placeOf, type Work } from './score-rows.ts'

/** For each row the number of its person, and how sure it is to belong there (0 to 1). */
export interface Persons {
  readonly person: Int32Array
  readonly sureness: Float32Array
}

/** log odds beyond which one pair says no more: no single comparison outvotes the rest without limit */
const CLIP = 6
/** a new person is believed so many times more readily than a doubtful join */
const DOUBT = 1.25
/** members looked at when two groups are compared; a group of more is judged by so many */
const MEMBERS = 24
const AGAINST = 4
const CONTRADICTED = 0.25
const ROUNDS = 4
/** likelihoods are summed no higher than e to this */
const MOST_ODDS = 300
const MOST_STRENGTH = 1000
/** weighed pairs remembered beyond those found by keys */
const MOST_WEIGHED = 2_000_000

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
  /** members by number of group; a row that never joined anyone has none written down */
  readonly #members: (number[] | undefined)[] = []
  readonly #work: Work
  readonly #prior: number
  readonly #edges: Edges
  readonly #order: Uint32Array
  readonly #links: Links
  readonly #rows: number
  readonly #one: Place = { words: new Int32Array(0), start: 0 }
  readonly #other: Place = { words: new Int32Array(0), start: 0 }
  readonly #weighed = new Map<number, number>()
  readonly #weighedOdds: number[] = []
  readonly #weighedRivals: number[] = []
  #rivals = 0
  #next: number

  constructor(work: Work, rows: number, edges: Edges, prior: number) {
    this.#work = work
    this.#rows = rows
    this.#next = rows
    this.#prior = prior
    this.#edges = edges
    this.#links = linksOf(edges, rows)
    this.group = Int32Array.from({ length: rows }, (_, row) => row)
    this.sureness = new Float32Array(rows).fill(1)
    this.#order = strongestFirst(edges, -prior)
  }

  #membersOf(group: number): number[] {
    let members = this.#members[group]
    if (members === undefined) {
      members = [group]
      this.#members[group] = members
    }
    return members
  }

  /** log likelihood of a pair; leaves its rivals in `#rivals` */
  #odds(a: number, b: number): number {
    const { starts, rows, odds } = this.#links
    for (let k = starts[a]!; k < starts[a + 1]!; k++) {
      if (rows[k] === b) {
        this.#rivals = this.#links.rivals[k]!
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
      this.#weighedOdds[slot] = likelihood
      this.#weighedRivals[slot] = cautiousRivals()
    }
    this.#rivals = this.#weighedRivals[slot]!
    return this.#weighedOdds[slot]!
  }

  /** log odds of a pair in this population, against its rivals */
  #cautious(a: number, b: number): number {
    const odds = this.#odds(a, b) + this.#prior
    return odds - Math.log(DOUBT * (1 + this.#rivals))
  }

  /** strongest pairs first: two groups become one when, over their pairs, the clipped odds speak for it */
  join(): void {
    const { a, b } = this.#edges
    for (const e of this.#order) {
      const left = this.group[a[e]!]!
      const right = this.group[b[e]!]!
      if (left !== right && this.#agree(left, right)) this.#merge(left, right)
    }
  }

  #agree(left: number, right: number): boolean {
    const ones = this.#membersOf(left)
    const others = this.#membersOf(right)
    if (ones.length === 1 && others.length === 1) return this.#cautious(ones[0]!, others[0]!) > 0
    let sum = 0
    let n = 0
    const stepOne = Math.ceil(ones.length / MEMBERS)
    const stepOther = Math.ceil(others.length / MEMBERS)
    for (let i = 0; i < ones.length; i += stepOne) {
      for (let j = 0; j < others.length; j += stepOther) {
        const odds = this.#cautious(ones[i]!, others[j]!)
        sum += odds > CLIP ? CLIP : odds < -CLIP ? -CLIP : odds
        n++
      }
    }
    return sum / n > 0
  }

  #merge(left: number, right: number): void {
    const larger = this.#membersOf(left).length >= this.#membersOf(right).length
    const into = larger ? left : right
    const from = larger ? right : left
    const members = this.#membersOf(into)
    for (const row of this.#membersOf(from)) {
      this.group[row] = into
      members.push(row)
    }
    this.#members[from] = []
  }

  shareAlone(): number {
    let alone = 0
    for (let row = 0; row < this.#rows; row++) if ((this.#members[this.group[row]!]?.length ?? 1) === 1) alone++
    return alone / this.#rows
  }

  /**
   * Holds each row against every person that it has a link to. Persons compete: a row's chance of being one of them is
   * the sum of its likelihoods with that person's rows, over the sums of all persons and of being somebody new.
   */
  settle(alone: number): number {
    const share = Math.min(0.98, Math.max(0.02, alone))
    const newcomer = (DOUBT * this.#rows * share) / (1 - share)
    const { starts, rows } = this.#links
    let changed = 0
    for (let row = 0; row < this.#rows; row++) {
      if (starts[row] === starts[row + 1]) continue
      const now = this.group[row]!
      const near = new Set([now])
      for (let k = starts[row]!; k < starts[row + 1]!; k++) near.add(this.group[rows[k]!]!)
      let sum = newcomer
      let best = -1
      let most = 0
      for (const group of near) {
        const here = this.#likelihood(row, group)
        sum += here
        if (here > most) {
          most = here
          best = group
        }
      }
      const sure = most / sum
      this.sureness[row] = Math.max(sure, 1 - sure)
      const target = sure >= 0.5 ? best : -1
      if (target === now || (target < 0 && this.#membersOf(now).length === 1)) continue
      const alone = this.#leave(row)
      if (target >= 0) this.#merge(target, alone)
      changed++
    }
    return changed
  }

  /** sum of a row's likelihoods with the rows of a person, against chance and against being only near to that person */
  #likelihood(row: number, group: number): number {
    let sum = 0
    let near = 0
    let against = 0
    const members = this.#membersOf(group)
    const step = Math.ceil(members.length / (2 * MEMBERS))
    for (let i = 0; i < members.length; i += step) {
      const member = members[i]!
      if (member === row) continue
      const odds = this.#odds(row, member)
      sum += Math.exp(Math.min(MOST_ODDS, odds))
      near += this.#rivals
      const doubt = Math.log(1 + this.#rivals) - odds
      if (doubt > 0) against += doubt > AGAINST ? AGAINST : doubt
    }
    // a row may be one person and the sister of another: being near only speaks against being the same
    return ((sum * step) / (1 + near * step)) * Math.exp(-CONTRADICTED * against)
  }

  /** takes a row out of its group; returns the number of the group that it is now alone in */
  #leave(row: number): number {
    const now = this.group[row]!
    const members = this.#membersOf(now)
    if (members.length === 1) return now
    members.splice(members.indexOf(row), 1)
    const alone = this.#next++
    this.#members[alone] = [row]
    this.group[row] = alone
    return alone
  }
}

/** each row's pairs, from both sides */
interface Links {
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
  for (let e = 0; e < a.length; e++) {
    for (const [from, to] of [
      [a[e]!, b[e]!],
      [b[e]!, a[e]!],
    ] as const) {
      links.rows[next[from]!] = to
      links.rivals[next[from]!] = rivals[e]!
      links.odds[next[from]!++] = odds[e]!
    }
  }
  return links
}

/** numbers of the pairs with at least these odds, strongest first */
function strongestFirst({ odds }: Edges, least: number): Uint32Array {
  const strong: number[] = []
  for (let e = 0; e < odds.length; e++) if (odds[e]! >= least) strong.push(e)
  // sorted as numbers: rounded odds before the pair's number
  const packed = Float64Array.from(strong, (e) => Math.round((MOST_STRENGTH - odds[e]!) * 1000) * 2 ** 30 + e)
  packed.sort()
  return Uint32Array.from(packed, (value) => value % 2 ** 30)
}
