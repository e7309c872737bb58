import { acceptThreshold, type Frequencies, normalise, score } from '../../matching/index.ts'
import type { Known } from '../answer.ts'
import { soughtReadings } from './sought.ts'

const ADD: readonly (readonly [fields: readonly (keyof Known)[], text: string])[] = [
  [['born', 'age'], 'a date of birth or an age'],
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
  return told ? undefined : notGiven(known, ADD)
}

/** What was not given and could make a near match a sure one, or rule it out. */
export const wouldTell = (known: Known): string[] => [
  ...(known.born?.length === 10 ? [] : ['the whole date of birth']),
  ...notGiven(known, ADD.slice(1)),
]

const notGiven = (known: Known, adding: typeof ADD): string[] =>
  adding.filter(([fields]) => fields.every((field) => known[field] === undefined)).map(([, text]) => text)
