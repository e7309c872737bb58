import { FIELDS } from '../fields.ts'
import { COUNTS, HEADER, WIDTH } from '../layout.ts'

/** Result of the last `comparePeople`: the level of each field, 0 where there was nothing to compare. */
export const levels = new Uint8Array(FIELDS)
/** For a field that agrees: the hash of the value that is shared (or the commoner side of it), else 0. */
export const sharedA = new Int32Array(FIELDS)
export const sharedB = new Int32Array(FIELDS)
/** The kind of term that `sharedA` is counted as; 0 where how common it is does not matter. */
export const sharedTerm = new Uint8Array(FIELDS)

/** First and family name of either side together: by letter in place 0, by sound in place 1. */
export const namesA = new Int32Array(2)
export const namesB = new Int32Array(2)

/** First and other name that agree, as the one word that they make together, where one side writes just these two; 0 where none does. */
export const bothGiven = new Int32Array(1)

/** Where the groups of the two persons begin, and how many entries each has. */
export const startsA = new Int32Array(14)
export const startsB = new Int32Array(14)
export const countsA = new Uint8Array(14)
export const countsB = new Uint8Array(14)

export function open(words: Int32Array, start: number, starts: Int32Array, counts: Uint8Array): void {
  let at = start + HEADER
  for (let block = 0; block < 3; block++) {
    let packed = words[start + COUNTS + block]!
    const last = block < 2 ? 6 : 2
    for (let i = 0; i < last; i++) {
      const group = block * 6 + i
      const n = packed & 31
      starts[group] = at
      counts[group] = n
      at += n * WIDTH[group]!
      packed >>>= 5
    }
  }
}

export function share(field: number, level: number, hashA: number, hashB: number, term: number): void {
  levels[field] = level
  sharedA[field] = hashA
  sharedB[field] = hashB
  sharedTerm[field] = term
}
