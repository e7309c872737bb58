import type { PersonRecord, Rates } from '../../people/records.ts'
import { type Area, NONE } from './area.ts'
import type { MiddleAsked, MotherAsked } from './kin.ts'
import { chanceOfAnyNhs, chanceOfSex } from './marks.ts'
import type { NamesAsked } from './names.ts'
import { type Counts, count, mean } from './numbered.ts'

/** Repeats `people` of bench/people/population.ts: so many mothers bear the family's name, the others any name of the community. */
const MOTHER_OF_THE_NAME = 0.6
/** How many of the persons have a mother who is told of; the others are mothers themselves. */
const WITH_MOTHER = 0.85

/** How common the names of one community are. */
export interface Community {
  readonly persons: number
  readonly girls: Counts
  readonly boys: Counts
  readonly middles: Counts
  readonly families: Counts
  readonly mothers: Counts
}

export function communitiesOf({ everybody, communities }: Area): Community[] {
  return Array.from({ length: communities }, (_, number): Community => {
    const members = everybody.filter(({ community }) => community === number)
    const counted = { girls: new Map(), boys: new Map(), middles: new Map(), families: new Map(), mothers: new Map() }
    for (const { female, given, middle, family, motherGiven } of members) {
      count(female ? counted.girls : counted.boys, given)
      if (middle !== NONE) count(counted.middles, middle)
      count(counted.families, family)
      if (motherGiven !== NONE) count(counted.mothers, motherGiven)
    }
    return { persons: members.length, ...counted }
  })
}

interface Asked {
  readonly names: NamesAsked
  readonly middle: MiddleAsked
  readonly mother: MotherAsked
}

/**
 * The chance of a question's names, sex, mother and NHS number where it is about somebody of the area, nobody in particular: of each community the
 * first names of its girls and boys, its family names and so on, each drawn for itself, and written down with the same errors as of a known child.
 * Second family names and the unborn are left out.
 */
export function chanceOfAnybody(
  question: PersonRecord,
  rates: Rates,
  { names, middle, mother }: Asked,
  communities: readonly Community[],
): number {
  const everybody = communities.reduce((sum, { persons }) => sum + persons, 0)
  let chance = 0
  for (const community of communities) {
    const { persons, girls, boys, middles, families } = community
    const family = mean(families, names.straight.family)
    const familyExchanged = mean(families, names.exchanged.family)
    const withMiddle = sumOf(middles) / persons
    const isMiddle = withMiddle * rates.givenIsMiddle
    const bothNames = (given: Counts): number => {
      const first = (read: (name: number) => number): number =>
        (1 - isMiddle) * mean(given, read) + isMiddle * mean(middles, read)
      const straight = (names.given ? first(names.straight.given) : 1) * (names.family ? family : 1)
      return names.together(straight, first(names.exchanged.given) * familyExchanged)
    }
    const ofGirl = bothNames(girls) * chanceOfSex(question, rates, true, false)
    const ofBoy = bothNames(boys) * chanceOfSex(question, rates, false, false)
    const namesAndSex = (sumOf(girls) * ofGirl + sumOf(boys) * ofBoy) / persons
    const middleName = withMiddle * mean(middles, middle.ofName) + (1 - withMiddle) * middle.ofName(NONE)
    chance += (persons / everybody) * namesAndSex * middleName * chanceOfMother(rates, names, mother, community)
  }
  return chance * chanceOfAnyNhs(question.nhs, rates)
}

/** The mother's name, beside a family name that the question tells: the more she bears that name, the likelier hers is the one asked. */
function chanceOfMother(
  rates: Rates,
  names: NamesAsked,
  mother: MotherAsked,
  { mothers, families }: Community,
): number {
  if (!mother.asked) return WITH_MOTHER * rates.motherMissing + 1 - WITH_MOTHER
  const child = mean(families, names.straight.family)
  let chance = 0
  for (const read of mother.reads) {
    const family = mean(families, read.family)
    const together = mean(families, (name) => read.family(name) * names.straight.family(name))
    const ofTheName = names.family ? (child > 0 ? together / child : 0) : family
    chance += mean(mothers, read.given) * ((1 - MOTHER_OF_THE_NAME) * family + MOTHER_OF_THE_NAME * ofTheName)
  }
  return chance * WITH_MOTHER * (1 - rates.motherMissing)
}

const sumOf = (counts: Counts): number => [...counts.values()].reduce((sum, times) => sum + times, 0)
