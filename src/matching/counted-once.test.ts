import { expect, test } from 'vitest'
import { createFrequencies, frequenciesFrom, normalise, type PersonInput, score, termsFor } from './index.ts'

const population = createFrequencies(1_000_000)
const level = (one: PersonInput, other: PersonInput, field: string): string | undefined =>
  score(normalise(one), normalise(other), population).fields.find((weighed) => weighed.field === field)?.level
const at = (postcode: string): PersonInput => ({ addresses: [{ postcode }] })
const numbered = (value: string): PersonInput => ({ identifiers: [{ type: 'nhs', value }] })

test('a postcode with a character lost, doubled, exchanged or mistyped is still nearly the same', () => {
  for (const slip of ['BH68 1G', 'BH68 11SG', 'BH86 1SG', 'BH68 1SH']) {
    expect(level(at('BH68 1SG'), at(slip), 'postcode'), slip).toBe('near')
    expect(level(at(slip), at('BH68 1SG'), 'postcode'), slip).toBe('near')
  }
})

test('a postcode with two slips is not nearly the same', () => {
  for (const other of ['BH68 1', 'BH6 8GS', 'BH68 2SH'])
    expect(level(at('BH68 1SG'), at(other), 'postcode')).not.toBe('near')
})

test('a number with a digit lost or doubled is nearly the same number', () => {
  for (const slip of ['943476591', '94344765919', '9434765991'])
    expect(level(numbered('9434765919'), numbered(slip), 'identifier'), slip).toBe('near')
  expect(level(numbered('9434765919'), numbered('94347659'), 'identifier')).toBe('different')
})

test('a first name that agrees says nothing more where the other holds it as family name too', () => {
  const sought: PersonInput = { names: [{ given: 'Lucian', family: 'Radu' }] }
  const other: PersonInput = {
    names: [
      { given: 'Lucian', family: 'Marin' },
      { given: 'Marin', family: 'Lucian' },
    ],
  }
  expect(level(sought, other, 'given')).toBe('exact')
  expect(level(sought, other, 'family')).toBe('different')
  expect(level(other, sought, 'family')).toBe('different')
  const namedAlike: PersonInput = { names: [{ given: 'William', family: 'Williams' }] }
  expect(level(namedAlike, { names: [{ given: 'William', family: 'OConnor' }] }, 'family')).toBe('different')
})

test('names written in each other’s columns still agree', () => {
  const swapped: PersonInput = { names: [{ given: 'Radu', family: 'Lucian' }] }
  expect(level({ names: [{ given: 'Lucian', family: 'Radu' }] }, swapped, 'family')).toBe('crossed')
})

test('no birthday weighs more than one day of a hundred years, however seldom it was written', () => {
  const born = (day: string): PersonInput => ({ born: [day] })
  const [common] = termsFor(normalise(born('2015-03-09')))
  const counted = frequenciesFrom(
    1_000_000,
    Array.from({ length: 13 }, () => 1_000_000),
    [{ key: common!.key, count: 120 }],
  )
  const weight = (day: string): number =>
    score(normalise(born(day)), normalise(born(day)), counted).fields.find(({ field }) => field === 'born')!.weight
  expect(weight('2072-03-09')).toBeGreaterThan(weight('2015-03-09'))
  expect(weight('2072-03-09')).toBeLessThan(Math.log2(36_525))
})
