import type { Became } from '../import-feed.ts'
import type { Parts } from './lay-together.ts'

export const isShielded = (parts: Parts): boolean =>
  Object.values(parts).some((part) => part.entry.shielded !== undefined)

/**
 * As what it counts for those who may not know of shielded entries, that an entry became something: one that is shielded has left what they can count, and comes into
 * it when it is shielded no more. Undefined: for them nothing happened. `was` and `is`: what stood, and stands, of an entry that is in the register.
 */
export function seenAs(became: Became, was: Parts | undefined, is: Parts | undefined): Became | undefined {
  const [before, after] = [was !== undefined && !isShielded(was), is !== undefined && !isShielded(is)]
  if (before && after) return became
  if (before) return 'removed'
  if (!after) return was === undefined && is === undefined ? became : undefined
  return was === undefined ? became : 'added'
}
