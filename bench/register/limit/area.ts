import { type Forms, type Home, LETTERS, type Person, people, SECTORS } from '../../people/population.ts'
import { isAbsent } from '../children.ts'
import { Numbered } from './numbered.ts'
import { everything, type Knowing, whatEntriesTell } from './told.ts'

/** There is none: the number of a middle name, of a second family name, of a mother. */
export const NONE = -1

/** A person of the invented area, in numbers: names are numbers of forms, homes numbers of homes. */
export interface Child {
  /** the person's number in bench/people */
  readonly number: number
  readonly community: number
  readonly given: number
  readonly middle: number
  readonly family: number
  readonly otherFamily: number
  readonly female: boolean
  readonly unborn: boolean
  /** yyyymmdd */
  readonly born: string
  /** the first is where the child lives now */
  readonly homes: readonly number[]
  readonly nhs: string
  readonly motherGiven: number
  readonly motherFamily: number
}

/** A child of the registers, and the bits of what is known of it: see told.ts. */
export interface Held extends Child {
  readonly told: number
}

export interface Area {
  /** everybody, those who are in no register among them: how common a name is shows in them */
  readonly everybody: readonly Child[]
  readonly held: readonly Held[]
  readonly communities: number
  readonly forms: readonly Forms[]
  readonly homes: readonly Home[]
  /** every postcode that there may be, and its town */
  readonly postcodes: readonly (readonly [postcode: string, town: string])[]
}

/** The first so many persons of a seed, and of those in the registers what is known. */
export function gatherArea(seed: number, persons: number, knowing: Knowing): Area {
  const communities = new Numbered<string>()
  const forms = new Numbered<Forms>()
  const homes = new Numbered<Home>()
  const named = (name: Forms | undefined): number =>
    name === undefined ? NONE : forms.numberOf(name.join('|'), () => name)
  const asChild = (person: Person): Child => ({
    number: person.number,
    community: communities.numberOf(person.community, () => person.community),
    given: named(person.given),
    middle: named(person.middle?.slice(0, 1)),
    family: named(person.family),
    otherFamily: named(person.otherFamily),
    female: person.female,
    unborn: person.unborn,
    born: person.born.replaceAll('-', ''),
    homes: person.homes.map((home) => homes.numberOf(Object.values(home).join('|'), () => home)),
    nhs: person.nhs,
    motherGiven: named(person.mother?.given),
    motherFamily: named(person.mother?.family),
  })
  const told = knowing === 'entries' ? whatEntriesTell(seed, persons) : undefined
  const everybody: Child[] = []
  const held: Held[] = []
  for (const person of people(seed)) {
    if (person.number >= persons) break
    const child = asChild(person)
    everybody.push(child)
    if (!isAbsent(person)) held.push({ ...child, told: told === undefined ? everything : told[person.number]! })
  }
  return {
    everybody,
    held,
    communities: communities.all.length,
    forms: forms.all,
    homes: homes.all,
    postcodes: postcodesOf(homes.all),
  }
}

/** Repeats how bench/people/population.ts makes them: each district that a home of the town lies in, with every sector and every two letters. */
function postcodesOf(homes: readonly Home[]): [string, string][] {
  const districts = new Map(homes.map(({ town, postcode }) => [`${town}|${postcode.split(' ')[0]}`, town]))
  return [...districts].flatMap(([key, town]) => {
    const district = key.slice(town.length + 1)
    return Array.from({ length: SECTORS }, (_, sector) =>
      [...LETTERS].flatMap((one) =>
        [...LETTERS].map((two): [string, string] => [`${district} ${sector}${one}${two}`, town]),
      ),
    ).flat()
  })
}
