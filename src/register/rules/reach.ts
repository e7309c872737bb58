import { acceptThreshold, type Frequencies, normalise, score } from '../../matching/index.ts'
import type { Known } from '../answer.ts'
import { soughtPerson } from './sought.ts'

const ADD: readonly (readonly [readonly (keyof Known)[], string])[] = [
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
  const sought = normalise(soughtPerson(known, today))
  const { weight, prior } = score(sought, sought, frequencies)
  if (weight - prior >= acceptThreshold(frequencies.population)) return undefined
  return ADD.filter(([fields]) => fields.every((field) => known[field] === undefined)).map(([, text]) => text)
}
