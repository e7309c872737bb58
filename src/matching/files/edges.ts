/** Pairs worth looking at, with the natural log of the likelihood that they are one person, against chance. */
export interface Edges {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly odds: Float64Array
  /** how much stands against it, against chance: family, counted with `CAUTION`, and namesakes */
  readonly rivals: Float64Array
  /** pairs that were weighed, and the seconds that this took, of all threads together, finding them left out */
  readonly scored: number
  /** pairs that were found, those included that were left unweighed for the kind of what they share */
  readonly met: number
  readonly weighing: number
}

/** Pairs as they are found. */
export class Edgelist {
  scored = 0
  met = 0
  weighing = 0
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
      met: this.met,
      weighing: this.weighing,
    }
  }
}

/** All of several lists, in their order. */
export function concatenate(parts: readonly Edges[]): Edges {
  const n = parts.reduce((sum, part) => sum + part.a.length, 0)
  const all = { ...room(n), scored: 0, met: 0, weighing: 0 }
  let at = 0
  for (const part of parts) {
    all.a.set(part.a, at)
    all.b.set(part.b, at)
    all.odds.set(part.odds, at)
    all.rivals.set(part.rivals, at)
    all.scored += part.scored
    all.met += part.met
    all.weighing += part.weighing
    at += part.a.length
  }
  return all
}

/** The same pairs by their first row, then by their second: whichever thread found them, the answer is the same. */
export function inOrder(edges: Edges, rows: number): Edges {
  return sortedBy('a', sortedBy('b', edges, rows), rows)
}

function sortedBy(side: 'a' | 'b', edges: Edges, rows: number): Edges {
  const by = edges[side]
  const next = new Int32Array(rows + 1)
  for (let e = 0; e < by.length; e++) next[by[e]! + 1]!++
  for (let row = 0; row < rows; row++) next[row + 1]! += next[row]!
  const { scored, met, weighing } = edges
  const sorted = { ...room(by.length), scored, met, weighing }
  for (let e = 0; e < by.length; e++) {
    const at = next[by[e]!]!++
    sorted.a[at] = edges.a[e]!
    sorted.b[at] = edges.b[e]!
    sorted.odds[at] = edges.odds[e]!
    sorted.rivals[at] = edges.rivals[e]!
  }
  return sorted
}

/** Empty lists for so many pairs. */
export function room(n: number): Omit<Edges, 'scored' | 'met' | 'weighing'> {
  return { a: new Int32Array(n), b: new Int32Array(n), odds: new Float64Array(n), rivals: new Float64Array(n) }
}
