/** A seeded source of chance (mulberry32), so that the same seed draws the same people everywhere. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  below(n: number): number
  happens(rate: number): boolean
  pick<T>(from: readonly T[]): T
  /** the first entries far more often than the last (chance falls with rank plus ten: the first of 80 is drawn 4 times in 100) */
  pickCommon<T>(from: readonly T[]): T
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    happens: (rate) => next() < rate,
    pick: (from) => from[below(from.length)]!,
    pickCommon: (from) => from[Math.floor(10 * ((from.length + 10) / 10) ** next() - 10)] ?? from[0]!,
  }
}
