/** Chance that repeats itself: the same seed gives the same area on every machine. */
export interface Chance {
  /** A fraction from 0 up to 1. */
  fraction(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  /** True that often. */
  odds(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** One of the values, by the weights beside them. */
  weigh<T>(items: readonly (readonly [T, number])[]): T
}

/** Mulberry32 (public domain): 32 bits of state, good enough to invent with. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    fraction,
    whole: (low, high) => low + Math.floor(fraction() * (high - low + 1)),
    odds: (probability) => fraction() < probability,
    pick: (items) => items[Math.floor(fraction() * items.length)]!,
    weigh(items) {
      let left = fraction() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      return items.at(-1)![0]
    },
  }
}
