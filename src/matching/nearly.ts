import { levels, sharedA, sharedB, sharedTerm } from './compare/opened.ts'
import { Alike } from './compare/tokens.ts'
import { LEVELS } from './fields.ts'
import { countTerm, type Frequencies, termKey } from './frequencies.ts'
import { EXPLANATIONS, type Model } from './model.ts'
import { rareness } from './weigh.ts'

/** One name of so many is slipped in, and there are about so many slips that it may be. */
const SLIPPED = 0.1
const SLIPS = 40
/** hardly any name is written as none but a slip of it would be */
const SLIP_AT_MOST = 0.7
/** how often two names in use that lie so near each other are one person's */
const ONE_PERSONS: Readonly<Record<number, number>> = { [Alike.near]: 0.15, [Alike.sounds]: 0.2, [Alike.short]: 0.3 }
/** records that are reckoned with beside those counted: what stands once is left out of the counts */
const UNCOUNTED = 2

/** Result of the last `weighNames`: natural log of the chance that a stranger bears such a name. */
export let chance = 0

/**
 * What a first or family name says that agrees, in natural log against chance, for the explanation that they are one person. A name that nobody
 * else bears is a slip of the one beside it, and says as much as that one; a name that many bear is more likely another name. Known short forms and
 * names that sound the same are as rare as both together.
 */
export function weighNames({ table, totals }: Frequencies, model: Model, field: number): number {
  const level = levels[field]!
  const term = sharedTerm[field]!
  const at = (field * LEVELS + level) * EXPLANATIONS
  const rare = model.rarity[at]! * rareness[field]!
  const total = totals[term]!
  const oneOf = ONE_PERSONS[level]
  if (oneOf === undefined || term === 0 || total === 0) {
    chance = Math.log(model.average[field * LEVELS + level]!) - rare
    return model.weights[at]! + rare
  }
  const one = Math.max(countTerm(table, termKey(term, sharedA[field]!)), 1)
  const other = Math.max(countTerm(table, termKey(term, sharedB[field]!)), 1)
  const both = (one + other + UNCOUNTED) / total
  const commoner = (Math.max(one, other) + UNCOUNTED) / total
  const variants = oneOf / both
  const slip =
    level === Alike.short ? 0 : Math.min((SLIPPED / SLIPS) * (total / Math.min(one, other)), SLIP_AT_MOST / commoner)
  chance = Math.log(slip > variants ? commoner : both)
  return Math.log(Math.max(slip, variants))
}
