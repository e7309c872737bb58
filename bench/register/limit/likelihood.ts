import type { PersonRecord, Rates } from '../../people/records.ts'
import { type Community, chanceOfAnybody, communitiesOf } from './anybody.ts'
import type { Area, Held } from './area.ts'
import { homesAsked, type Streets, streetsOf } from './homes.ts'
import { middleAsked, motherAsked } from './kin.ts'
import { birthdayAsked, chanceOfNhs, chanceOfSex } from './marks.ts'
import { namesAsked } from './names.ts'

/** An area, and how common what is in it is. */
export interface Counted {
  readonly area: Area
  readonly communities: readonly Community[]
  readonly streets: Streets
}

export const counted = (area: Area): Counted => ({
  area,
  communities: communitiesOf(area),
  streets: streetsOf(area.homes),
})

/** The chances that exactly this is asked. */
export interface Likelihoods {
  /** about this child */
  readonly of: (child: Held) => number
  /** about somebody of the area, nobody in particular */
  readonly ofAnybody: number
}

/**
 * How likely a question is about each child: the product of its parts, each of which errs for itself, as `record` of bench/people/records.ts draws
 * them. What is asked by an alias is not weighed, so that of two with the same names who differ in it neither is preferred.
 */
export function likelihoods(
  question: PersonRecord,
  rates: Rates,
  { area, communities, streets }: Counted,
): Likelihoods {
  const names = namesAsked(question, rates, area.forms)
  const middle = middleAsked(question, rates, area.forms)
  const mother = motherAsked(question, rates, area.forms)
  const birthday = birthdayAsked(question, rates, area.everybody)
  const homes = homesAsked(question, rates, area, streets)
  /** Those that are nothing for most children stand first. */
  const parts: readonly ((child: Held) => number)[] = [
    names.of,
    birthday.of,
    homes.of,
    middle.of,
    (child) => chanceOfSex(question, rates, child.female, child.unborn),
    (child) => chanceOfNhs(question, rates, child),
    mother.of,
  ]
  const of = (child: Held): number => {
    let chance = 1
    for (const part of parts) {
      chance *= part(child)
      if (chance === 0) break
    }
    return chance
  }
  const anybody = chanceOfAnybody(question, rates, { names, middle, mother }, communities)
  return { of, ofAnybody: anybody * birthday.ofAnybody * homes.ofAnybody }
}
