import type { Truth } from '../people/write-people.ts'

export interface Agreement {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly pairs: number
  readonly wrong: number
  /** wrong pairs that are twins, and others of one household */
  readonly twins: number
  readonly household: number
}

/** Claimed pairs of rows against the truth. */
export function agreement(pairs: Iterable<readonly [number, number]>, truth: Truth): Agreement {
  const rows = new Map<number, number>()
  for (const person of truth.person) rows.set(person, (rows.get(person) ?? 0) + 1)
  let all = 0
  for (const n of rows.values()) all += (n * (n - 1)) / 2
  let claimed = 0
  let right = 0
  let twins = 0
  let household = 0
  for (const [a, b] of pairs) {
    claimed++
    const one = truth.person[a]!
    const other = truth.person[b]!
    if (one === other) right++
    else if (truth.twin[one] === other) twins++
    else if (truth.household[a] === truth.household[b]) household++
  }
  return {
    precision: right / Math.max(claimed, 1),
    recall: right / all,
    f1: (2 * right) / (claimed + all),
    pairs: claimed,
    wrong: claimed - right,
    twins,
    household,
  }
}
