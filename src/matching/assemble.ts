import { COUNTS, GROUPS, HEADER, JOINED, LENGTH, META, SEX, TOKEN, WIDTH } from './layout.ts'
import type { Word } from './normalise/words.ts'

/** no prepared person is longer, whatever was put in */
export const LONGEST = 1024
/** at most so many entries of each group */
const MOST: readonly number[] = [8, 8, 8, 6, 6, 12, 12, 12, 4, 6, 6, 2, 2, 4]

/** Where the entries of each group of one person are put together before they are laid in a row. */
export const staged: readonly Int32Array[] = MOST.map((most, group) => new Int32Array(most * WIDTH[group]!))
const counts = new Uint8Array(GROUPS)
let sex = 0

/** Begins another person. */
export function begin(): void {
  counts.fill(0)
  sex = 0
}

/** Where in `staged` the next entry of a group goes; -1 when there is no room for more. */
export function place(group: number): number {
  const n = counts[group]!
  if (n >= MOST[group]!) return -1
  counts[group] = n + 1
  return n * WIDTH[group]!
}

export function addSex(known: number): void {
  sex = known
}

/** Adds an entry that is one number. */
export function addNumber(group: number, value: number): void {
  const at = place(group)
  if (at >= 0) staged[group]![at] = value
}

/** Adds an entry that is known already. */
export function addEntry(group: number, entry: Int32Array): void {
  const at = place(group)
  if (at < 0) return
  const to = staged[group]!
  for (let i = 0; i < entry.length; i++) to[at + i] = entry[i]!
}

export function addWord(group: number, word: Word, joined: boolean): void {
  const at = place(group)
  if (at < 0) return
  const to = staged[group]!
  const { code } = word
  for (let i = 0; i < TOKEN; i++) to[at + i] = code[i]!
  if (joined) to[at + META]! |= JOINED
}

/** Lays the person down at `start`; returns how many words there are, at most `LONGEST`. */
export function lay(into: Int32Array, start: number): number {
  let at = start + HEADER
  into[start + COUNTS] = 0
  into[start + COUNTS + 1] = 0
  into[start + COUNTS + 2] = 0
  into[start + HEADER - 1] = 0
  for (let group = 0; group < GROUPS; group++) {
    const n = counts[group]!
    if (n === 0) continue
    into[start + COUNTS + ((group / 6) | 0)]! |= n << ((group % 6) * 5)
    const from = staged[group]!
    const length = n * WIDTH[group]!
    for (let i = 0; i < length; i++) into[at + i] = from[i]!
    at += length
  }
  into[start + SEX] = sex
  into[start + LENGTH] = at - start
  return at - start
}
