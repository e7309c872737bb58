/** A seeded source of chance (mulberry32): the same seed gives the same corpus on every machine. */
export interface Chance {
  next(): number
  below(limit: number): number
  pick<T>(from: readonly T[]): T
  odds(share: number): boolean
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { next, below, pick: (from) => from[below(from.length)]!, odds: (share) => next() < share }
}
