import type { Known } from '../../src/register/answer.ts'
import type { Entry } from '../../src/register/entry.ts'
import { day, nhsNumber } from '../../src/register/rules/values.ts'
import { type Person, people } from '../people/population.ts'
import type { Chance } from '../people/random.ts'
import { ORDINARY, type PersonRecord, type Rates, record } from '../people/records.ts'

/** An authority's entry gathers what was written down on one to four occasions: the shares of one, two and three. */
const OCCASIONS = [0.4, 0.3, 0.2]
/** How many children stand in a second authority's register too. */
const IN_TWO_REGISTERS = 0.15
/** One person in so many is in no register, though brothers and sisters may be: a question about them must find nobody. */
const ABSENT = 40
export const RATES = { OCCASIONS, IN_TWO_REGISTERS, absent: 1 / ABSENT }

export const isAbsent = (person: Person): boolean => person.number % ABSENT === 17

export interface Held {
  readonly person: Person
  readonly authority: number
  readonly localId: string
  readonly entry: Entry
}

/** Endless entries of the registers, of one seed. The person's number is the local id's first part: that is the truth. */
export function* children(seed: number, chance: Chance, authorities: number): Generator<Held> {
  for (const person of people(seed)) {
    if (isAbsent(person)) continue
    const first = chance.below(authorities)
    yield { person, authority: first, localId: `${person.number}-1`, entry: entryOf(person, chance) }
    if (chance.happens(IN_TWO_REGISTERS)) {
      const authority = (first + 1 + chance.below(authorities - 1)) % authorities
      yield { person, authority, localId: `${person.number}-2`, entry: entryOf(person, chance) }
    }
  }
}

export const personIn = (localId: string): number => Number.parseInt(localId, 10)

function entryOf(person: Person, chance: Chance): Entry {
  let at = chance.next()
  let occasions = 1
  for (const share of OCCASIONS) {
    at -= share
    if (at < 0) break
    occasions++
  }
  const told = Array.from({ length: occasions }, () => record(person, chance, ORDINARY))
  const names = distinct(
    told.flatMap((one) => [nameOf(given(one), one.family), ...(one.alias === '' ? [] : [apart(one.alias)])]),
  )
  const addresses = distinct(
    told
      .filter((one) => one.address !== '' || one.postcode !== '')
      .map((one) => ({
        lines: [one.address, one.town].filter((line) => line !== ''),
        ...(one.postcode === '' ? {} : { postcode: one.postcode }),
      })),
  )
  const numbers = distinct(told.map((one) => nhsNumber(one.nhs)).flatMap((one) => ('value' in one ? [one.value] : [])))
  const days = told.map((one) => day(one.born)).flatMap((one) => ('value' in one ? [one.value] : []))
  const year = told.find((one) => /^\d{4}$/.test(one.born))?.born
  const sex = told.find((one) => one.sex !== '')?.sex as 'F' | 'M' | undefined
  const mother = told.find((one) => one.mother !== '')?.mother
  return {
    names: names.map((name, index) => ({ ...name, kind: index === 0 ? ('legal' as const) : ('alias' as const) })),
    ...(person.unborn
      ? days[0] === undefined
        ? {}
        : { born: { expected: days[0] } }
      : days[0] !== undefined
        ? { born: { date: days[0] } }
        : year !== undefined
          ? { born: { year: Number(year) } }
          : {}),
    ...(sex === undefined ? {} : { sex }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(numbers[0] === undefined ? {} : { nhsNumber: numbers[0] }),
    ...(numbers.length < 2 ? {} : { formerNhsNumbers: numbers.slice(1) }),
    ...(mother === undefined ? {} : { relationships: [{ to: 'mother', name: mother, kind: 'mother' as const }] }),
  }
}

/** What somebody who asks knows of a person: one record, as the form of a check takes it. */
export function knownOf(person: Person, chance: Chance, rates: Rates): Known {
  const one = record(person, chance, rates)
  const read = day(one.born)
  const born = 'value' in read ? read.value : one.born
  const address = [one.address, one.town].filter((line) => line !== '').join(', ')
  return Object.fromEntries(
    Object.entries({
      given: given(one),
      family: one.family,
      aliases: one.alias === '' ? undefined : [one.alias],
      born: /^\d{4}(-\d\d(-\d\d)?)?$/.test(born) ? born : undefined,
      sex: one.sex,
      address,
      postcode: one.postcode,
      nhsNumber: one.nhs,
      parent: one.mother,
    }).filter(([, value]) => value !== '' && value !== undefined),
  ) as Known
}

const given = ({ given, middle }: PersonRecord): string =>
  [given === 'Unborn' ? '' : given, middle].filter((name) => name !== '').join(' ')

function nameOf(given: string, family: string): { given?: string; family?: string } {
  return { ...(given === '' ? {} : { given }), ...(family === '' ? {} : { family }) }
}

function apart(full: string): { given?: string; family?: string } {
  const [first = '', ...rest] = full.split(' ')
  return nameOf(first, rest.join(' '))
}

function distinct<T>(from: readonly T[]): T[] {
  const seen = new Map(from.map((one) => [JSON.stringify(one), one]))
  seen.delete('{}')
  return [...seen.values()]
}
