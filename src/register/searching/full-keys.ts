import type { Context } from '../../platform/index.ts'

/** Keys under which a hundred or more stood are asked again after so many milliseconds: entries may have gone. */
const FORGET_AFTER = 10 * 60_000
/** No more are remembered, some 20 MB. */
const MOST = 200_000

interface Remembered {
  readonly since: number
  readonly keys: Set<number>
}
const kept = new WeakMap<object, Remembered>()

/**
 * Keys of names and places that so many share that they tell nobody apart, as earlier searches of this house met them. Whether one is remembered
 * changes what a search costs, not what it answers: such a key counts for nothing when it is read.
 */
export function fullKeys({ secrets, now }: Pick<Context, 'secrets' | 'now'>): Set<number> {
  const known = kept.get(secrets)
  const age = known === undefined ? 0 : now.getTime() - known.since
  if (known !== undefined && age >= 0 && age < FORGET_AFTER && known.keys.size < MOST) return known.keys
  const anew: Remembered = { since: now.getTime(), keys: new Set() }
  kept.set(secrets, anew)
  return anew.keys
}
