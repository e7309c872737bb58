import type { Person } from '../draft.ts'

/** Whole years on `day`; undefined when neither birthday nor age is known. An unborn child is 0. */
export function ageOn(person: Pick<Person, 'part' | 'born' | 'age'>, day: string): number | undefined {
  if (person.part === 'unborn') return 0
  if (person.born === undefined) return person.age
  const years = Number(day.slice(0, 4)) - Number(person.born.slice(0, 4))
  return Math.max(0, day.slice(5) < person.born.slice(5) ? years - 1 : years)
}

/** Whose consent is sought: each family member of 16 and over; a parent or carer speaks for a younger child (BEX-21). */
export const isAsked = (person: Person, day: string): boolean =>
  person.part === 'adult' ? person.family !== false : (ageOn(person, day) ?? 0) >= 16

/** A child under 16 may speak for themselves when competent (WY-13); the page offers it from 10. */
export const mayBeCompetent = (person: Person, day: string): boolean => {
  const age = ageOn(person, day)
  return person.part === 'child' && age !== undefined && age >= 10 && age < 16
}
