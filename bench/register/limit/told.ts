import type { Entry } from '../../../src/register/entry.ts'
import type { Person } from '../../people/population.ts'
import { chanceFrom } from '../../people/random.ts'
import { children } from '../children.ts'
import { AUTHORITIES } from '../load.ts'

/** What the judge knows of each child of the registers: what its entries tell, or everything. */
export const KNOWINGS = ['entries', 'everything'] as const
export type Knowing = (typeof KNOWINGS)[number]

/** Bits of what is known of a child; from FIRST_HOME on one for each home. */
export const TOLD = { middle: 1, mother: 2, birthday: 4, nhs: 8 } as const
const FIRST_HOME = 4

export const everything = ~0
export const tells = (told: number, what: keyof typeof TOLD): boolean => (told & TOLD[what]) !== 0
export const tellsHome = (told: number, home: number): boolean => ((told >> (FIRST_HOME + home)) & 1) === 1

/**
 * What all entries of each of the first so many persons tell, by the person's number, in the registers that bench/register/load.ts grows of the
 * seed. A birthday is told by a day, right or wrong; a home by its postcode or by its number, however the street is spelt. That the sex and every
 * form of the names is known is assumed, for most are.
 */
export function whatEntriesTell(seed: number, persons: number): Int32Array {
  const told = new Int32Array(persons)
  for (const { person, entry } of children(seed, chanceFrom(seed ^ 0x5eed), AUTHORITIES.length)) {
    if (person.number >= persons) break
    told[person.number]! |= toldBy(entry, person)
  }
  return told
}

function toldBy({ names = [], relationships = [], born, nhsNumber, addresses = [] }: Entry, person: Person): number {
  const middle = person.middle?.[0]
  let told = 0
  if (middle !== undefined && names.some(({ given = '' }) => given.includes(` ${middle}`))) told |= TOLD.middle
  if (relationships.length > 0) told |= TOLD.mother
  if (born?.date !== undefined || born?.expected !== undefined) told |= TOLD.birthday
  if (nhsNumber !== undefined) told |= TOLD.nhs
  for (const [index, { number, postcode }] of person.homes.entries())
    if (addresses.some((one) => one.postcode === postcode || one.lines.some((line) => line.startsWith(`${number} `))))
      told |= 1 << (FIRST_HOME + index)
  return told
}
