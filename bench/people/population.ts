import { readFileSync } from 'node:fs'
import { type Chance, chanceFrom } from './random.ts'

/** A name with its other forms: first the one on the birth certificate. */
export type Forms = readonly string[]

export interface Home {
  readonly number: string
  readonly street: string
  readonly town: string
  readonly postcode: string
}

/** One invented person, as they are. What agencies write of them is `records.ts`. */
export interface Person {
  readonly number: number
  readonly household: number
  readonly community: string
  readonly given: Forms
  readonly middle: Forms | undefined
  readonly family: Forms
  /** a second family name in use: after marriage, or of a step-family */
  readonly otherFamily: Forms | undefined
  readonly female: boolean
  /** yyyy-mm-dd */
  readonly born: string
  readonly homes: readonly Home[]
  readonly nhs: string
  readonly mother: { readonly given: Forms; readonly family: Forms } | undefined
  /** number of the twin, or -1 */
  readonly twin: number
  readonly unborn: boolean
}

interface Community {
  readonly share: number
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly families: readonly string[]
  readonly stems: readonly string[]
  readonly endings: readonly string[]
}

interface NamesFile {
  readonly communities: Readonly<Record<string, Community>>
  readonly streets: readonly string[]
  readonly kinds: readonly string[]
  readonly towns: readonly string[]
}

const NAMES = JSON.parse(readFileSync(new URL('./names.json', import.meta.url), 'utf8')) as NamesFile

/** How often things happen in families; printed by every measurement. */
export const FAMILY_RATES = {
  motherKnownAsPerson: 0.25,
  twinBirth: 0.016,
  twinNamesAlike: 0.12,
  stepFamilyName: 0.05,
  mixedFamily: 0.08,
  doubleBarrelled: 0.05,
  middleName: 0.55,
  movedOnce: 0.3,
  movedTwice: 0.1,
  unborn: 0.004,
  rareFamilyName: 0.35,
} as const

const NOW = 2026

/** Endless households of one seed. */
export function* people(seed: number): Generator<Person> {
  const chance = chanceFrom(seed)
  let number = 0
  for (let household = 0; ; household++) {
    const community = drawCommunity(chance)
    const family = drawFamily(chance, community)
    const motherFamily = chance.happens(0.6) ? family : drawFamily(chance, community)
    const mother = { given: forms(chance.pickCommon(NAMES.communities[community]!.girls)), family: motherFamily }
    const homes = drawHomes(chance)
    const firstBirth = NOW - 18 + chance.below(18)
    const motherYear = firstBirth - 18 - chance.below(22)
    if (chance.happens(FAMILY_RATES.motherKnownAsPerson)) {
      yield {
        number: number++,
        household,
        community,
        given: mother.given,
        middle: undefined,
        family: motherFamily,
        otherFamily: chance.happens(0.3) ? drawFamily(chance, community) : undefined,
        female: true,
        born: day(chance, motherYear),
        homes,
        nhs: nhsNumber(chance),
        mother: undefined,
        twin: -1,
        unborn: false,
      }
    }
    const children =
      1 + chance.below(2) + (chance.happens(0.35) ? 1 : 0) + (chance.happens(0.12) ? 1 + chance.below(2) : 0)
    let year = firstBirth
    const used = [mother.given[0]!]
    for (let c = 0; c < children && year < NOW; c++) {
      const childFamily = chance.happens(FAMILY_RATES.mixedFamily) ? motherFamily : family
      const unborn = chance.happens(FAMILY_RATES.unborn)
      const twins = !unborn && chance.happens(FAMILY_RATES.twinBirth)
      const born = day(chance, unborn ? NOW : year)
      const first = drawChild(chance, community, used)
      const common = {
        household,
        community,
        family: childFamily,
        born,
        homes,
        mother,
        otherFamily: step(chance, community),
      }
      yield { ...common, ...first, number, nhs: nhsNumber(chance), twin: twins ? number + 1 : -1, unborn }
      number++
      if (twins) {
        const second = chance.happens(FAMILY_RATES.twinNamesAlike)
          ? drawAlike(chance, community, used, first)
          : drawChild(chance, community, used)
        yield { ...common, ...second, number, nhs: nhsNumber(chance), twin: number - 1, unborn: false }
        number++
      }
      year += 2 + chance.below(4)
    }
  }
}

function drawCommunity(chance: Chance): string {
  let at = chance.next()
  for (const [name, { share }] of Object.entries(NAMES.communities)) {
    at -= share
    if (at < 0) return name
  }
  return 'english'
}

function forms(entry: string): Forms {
  return entry.split('|')
}

function drawFamily(chance: Chance, community: string): Forms {
  const { families, stems, endings } = NAMES.communities[community]!
  const one = chance.happens(FAMILY_RATES.rareFamilyName)
    ? [chance.pick(stems) + chance.pick(endings)]
    : forms(chance.pickCommon(families))
  if (community !== 'english' || !chance.happens(FAMILY_RATES.doubleBarrelled)) return one
  return [`${one[0]}-${forms(chance.pickCommon(families))[0]}`, one[0]!]
}

function drawChild(chance: Chance, community: string, used: string[]) {
  const female = chance.happens(0.49)
  const { girls, boys } = NAMES.communities[community]!
  const names = female ? girls : boys
  let given = forms(chance.pickCommon(names))
  for (let tries = 0; used.includes(given[0]!) && tries < 20; tries++) given = forms(chance.pick(names))
  used.push(given[0]!)
  return {
    given,
    female,
    middle: chance.happens(FAMILY_RATES.middleName) ? forms(chance.pickCommon(names)) : undefined,
  }
}

/** twins named to match: the same first letter */
function drawAlike(
  chance: Chance,
  community: string,
  used: string[],
  first: { given: Forms; female: boolean; middle: Forms | undefined },
) {
  const { girls, boys } = NAMES.communities[community]!
  const names = (first.female ? girls : boys).filter(
    (name) => name[0] === first.given[0]![0] && !used.includes(forms(name)[0]!),
  )
  if (names.length === 0) return drawChild(chance, community, used)
  return { given: forms(chance.pick(names)), female: first.female, middle: first.middle }
}

function step(chance: Chance, community: string): Forms | undefined {
  return chance.happens(FAMILY_RATES.stepFamilyName) ? drawFamily(chance, community) : undefined
}

function day(chance: Chance, year: number): string {
  const month = 1 + chance.below(12)
  const length = month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31
  return `${year}-${String(month).padStart(2, '0')}-${String(1 + chance.below(length)).padStart(2, '0')}`
}

function drawHomes(chance: Chance): Home[] {
  const homes = [drawHome(chance)]
  if (chance.happens(FAMILY_RATES.movedOnce)) homes.push(drawHome(chance, homes[0]))
  if (chance.happens(FAMILY_RATES.movedTwice)) homes.push(drawHome(chance))
  return homes
}

/** The letters that a postcode ends in. */
export const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

/** A postcode's sector is less than this. */
export const SECTORS = 9

function drawHome(chance: Chance, near?: Home): Home {
  const town = near && chance.happens(0.6) ? near.town : chance.pick(NAMES.towns)
  const district = (NAMES.towns.indexOf(town) * 7 + chance.below(6)) % 90
  const area = ['DA', 'LS', 'BD', 'CA', 'BH'][NAMES.towns.indexOf(town) % 5]!
  const sector = chance.below(SECTORS)
  const unit = LETTERS[chance.below(20)]! + LETTERS[chance.below(20)]!
  return {
    number: (chance.happens(0.1) ? `Flat ${1 + chance.below(20)}, ` : '') + String(1 + chance.below(180)),
    street: `${chance.pick(NAMES.streets)} ${chance.pick(NAMES.kinds)}`,
    town,
    postcode: `${area}${district + 1} ${sector}${unit}`,
  }
}

/** ten digits with a right check digit, beginning with 9 */
function nhsNumber(chance: Chance): string {
  for (;;) {
    const nine = `9${String(chance.below(1e8)).padStart(8, '0')}`
    let sum = 0
    for (let i = 0; i < 9; i++) sum += Number(nine[i]) * (10 - i)
    const check = (11 - (sum % 11)) % 11
    if (check !== 10) return nine + String(check)
  }
}
