import { acceptThreshold, type Frequencies, normalise, score } from '../../matching/index.ts'
import type { Known } from '../answer.ts'
import { soughtReadings } from './sought.ts'

const ADD: readonly (readonly [fields: readonly (keyof Known)[], text: string])[] = [
  [['postcode', 'address'], 'a postcode, now or formerly'],
  [['parent'], 'the name of a parent or carer'],
  [['school'], 'the school'],
  [['nhsNumber', 'upn'], 'an NHS number'],
]

/**
 * What could be added where what is known is too little for anybody to be found by: even somebody entered under exactly this would not be told from others.
 * Undefined where it is enough. Goes by what was typed and how common it is, never by who is in a register. `today` is YYYY-MM-DD.
 */
export function toAdd(known: Known, frequencies: Frequencies, today: string): string[] | undefined {
  // Smith is rare as a first name, and too common as the family name that it is: each reading must be enough.
  const told = soughtReadings(known, today).every((reading) => {
    const sought = normalise(reading)
    const { weight, prior } = score(sought, sought, frequencies)
    return weight - prior >= acceptThreshold(frequencies.population)
  })
  return told ? undefined : wouldTell(known)
}

/** What was not given and could tell who is meant. */
export function wouldTell(known: Known): string[] {
  const birthday =
    known.born === undefined && known.age === undefined ? 'a date of birth or an age' : 'the whole date of birth'
  const left = ADD.filter(([fields]) => fields.every((field) => known[field] === undefined)).map(([, text]) => text)
  return known.born?.length === 10 ? left : [birthday, ...left]
}
