import { acceptThreshold, type Frequencies, keysFor, normalise, type PersonInput, score } from '../../matching/index.ts'
import type { Known } from '../answer.ts'
import { soughtReadings } from './sought.ts'

type Adding = readonly (readonly [fields: readonly (keyof Known)[], text: string])[]

const ADD: Adding = [
  [['born', 'age'], 'a date of birth or an age'],
  [['postcode', 'address'], 'a postcode, now or formerly'],
  [['parent'], 'the name of a parent or carer'],
  [['school'], 'the school'],
  [['nhsNumber', 'upn'], 'an NHS number'],
]
const REACH: Adding = [
  [[], 'the first name and the family name'],
  [[], 'the whole date of birth'],
  [['address'], 'a whole postcode, now or formerly'],
  [['nhsNumber', 'upn'], 'an NHS number'],
]

/**
 * What could be added where what is known is too little for anybody to be found by: even somebody entered under exactly this would not be told from others,
 * or nothing of it is looked under, such as a first name with an age and a school. Undefined where it is enough. Goes by what was typed and how common it is,
 * never by who is in a register. `today` is YYYY-MM-DD.
 */
export function toAdd(known: Known, frequencies: Frequencies, today: string): string[] | undefined {
  const readings = soughtReadings(known, today)
  const adding = readings.every((one) => !isTold(one, frequencies))
    ? ADD
    : readings.every(isReached)
      ? undefined
      : REACH
  return adding
    ?.filter(([fields]) => fields.length === 0 || fields.every((field) => known[field] === undefined))
    .map(([, text]) => text)
}

function isTold(reading: PersonInput, frequencies: Frequencies): boolean {
  const sought = normalise(reading)
  const { weight, prior } = score(sought, sought, frequencies)
  return weight - prior >= acceptThreshold(frequencies.population)
}

/** Whether somebody who is all this, and of whom a register knows the whole name, birthday and address besides, is looked under at all. */
function isReached(reading: PersonInput): boolean {
  const keys = new Set(keysFor(normalise(whole(reading))))
  return keysFor(normalise(reading)).some((key) => keys.has(key))
}

function whole(reading: PersonInput): PersonInput {
  return {
    ...reading,
    names: reading.names?.map((one) =>
      one.full !== undefined && /\s/.test(one.full.trim())
        ? one
        : { given: one.given ?? one.full ?? 'Quenby', family: one.family ?? 'Oxtoby' },
    ),
    born: reading.born?.slice(0, 1).map((day) => `${day}${'-07-17'.slice(day.length - 4)}`),
    addresses: reading.addresses?.map((one) =>
      one.postcode !== undefined && /^[a-z]{1,2}\d[a-z\d]?$/i.test(one.postcode.trim())
        ? { ...one, postcode: `${one.postcode.trim()} 9ZZ` }
        : one,
    ),
  }
}
