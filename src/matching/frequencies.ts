import { mix } from './normalise/text.ts'

/** Which list a term is counted in. */
export const Term = {
  given: 1,
  family: 2,
  born: 3,
  postcode: 4,
  address: 5,
  locality: 6,
  region: 7,
  birthPlace: 8,
  occupation: 9,
  school: 10,
  /** first and family name together */
  name: 11,
  /** the same by sound */
  sound: 12,
} as const

export const TERMS = 13

/** The hash of a first and a family name together. */
export function nameHash(given: number, family: number): number {
  return Math.imul(given, 0x9e3779b1) ^ family
}

/** One number for a term of one kind, as stored in tables: a signed 32-bit integer, never 0. */
export function termKey(kind: number, hash: number): number {
  return mix(hash ^ Math.imul(kind, 0x9e3779b1)) || 1
}

/**
 * How often each name, birthday, postcode … stands in the population: a shared rare surname says more than a shared
 * Khan or Smith. Open addressing in one buffer, so that threads can share it.
 */
export interface Frequencies {
  /** persons in the population searched; sets how likely any two are one */
  readonly population: number
  /** how many values of each kind were counted, by `Term` */
  readonly totals: Float64Array
  /** pairs of term key and count; length a power of two */
  readonly table: Int32Array
}

/** Empty counts with room for about `terms` different terms. */
export function createFrequencies(population: number, terms = 1024, shared = false): Frequencies {
  let slots = 1024
  while (slots < terms * 2) slots *= 2
  const bytes = slots * 2 * 4
  return {
    population,
    totals: new Float64Array(shared ? new SharedArrayBuffer(TERMS * 8) : new ArrayBuffer(TERMS * 8)),
    table: new Int32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)),
  }
}

/** Counts from a stored table. `totals` by kind as `countTerms` reports them; terms seen once may be left out. */
export function frequenciesFrom(
  population: number,
  totals: readonly number[],
  terms: readonly { readonly key: number; readonly count: number }[],
): Frequencies {
  const frequencies = createFrequencies(population, terms.length)
  frequencies.totals.set(totals.slice(0, TERMS))
  for (const { key, count } of terms) addTerm(frequencies.table, key, count)
  return frequencies
}

/** Adds to a term; false when the table is more than seven eighths full of that neighbourhood and the term is dropped. */
export function addTerm(table: Int32Array, key: number, count: number): boolean {
  const mask = table.length / 2 - 1
  let slot = key & mask
  for (let tries = 0; tries < 64; tries++) {
    const there = table[slot * 2]!
    if (there === key || there === 0) {
      table[slot * 2] = key
      table[slot * 2 + 1]! += count
      return true
    }
    slot = (slot + 1) & mask
  }
  return false
}

/** The same for a table that several threads add to at once. Terms are kept back and added many at a time. */
export class TogetherCounter {
  readonly #table: Int32Array
  readonly #waiting = new Int32Array(256)
  #n = 0
  #calledUp = 0

  constructor(table: Int32Array) {
    this.#table = table
  }

  add(key: number): void {
    this.#waiting[this.#n++] = key
    if (this.#n === this.#waiting.length) this.flush()
  }

  /** Adds what was kept back. */
  flush(): number {
    const table = this.#table
    const mask = table.length / 2 - 1
    // called up together: the table is far larger than the processor's own memory
    for (let i = 0; i < this.#n; i++) this.#calledUp ^= table[(this.#waiting[i]! & mask) * 2]!
    for (let i = 0; i < this.#n; i++) addTogether(table, mask, this.#waiting[i]!)
    this.#n = 0
    return this.#calledUp
  }
}

function addTogether(table: Int32Array, mask: number, key: number): void {
  let slot = key & mask
  for (let tries = 0; tries < 64; tries++) {
    let there = table[slot * 2]!
    if (there === 0) there = Atomics.compareExchange(table, slot * 2, 0, key) || key
    if (there === key) {
      Atomics.add(table, slot * 2 + 1, 1)
      return
    }
    slot = (slot + 1) & mask
  }
}

export function countTerm(table: Int32Array, key: number): number {
  const mask = table.length / 2 - 1
  let slot = key & mask
  for (let tries = 0; tries < 64; tries++) {
    const there = table[slot * 2]!
    if (there === key) return table[slot * 2 + 1]!
    if (there === 0) return 0
    slot = (slot + 1) & mask
  }
  return 0
}
