import { expect, test } from 'vitest'
import { belief, type Frequencies, frequenciesFrom, normalise, type PersonInput, score, termsFor } from './index.ts'

const MILLION = 1_000_000

/** A million entries, in which these persons' names, birthdays and places stand so often. */
function populationOf(persons: readonly (readonly [PersonInput, number])[]): Frequencies {
  const counts = new Map<number, number>()
  for (const [person, times] of persons)
    for (const { key } of termsFor(normalise(person))) counts.set(key, (counts.get(key) ?? 0) + times)
  return frequenciesFrom(
    MILLION,
    Array.from({ length: 13 }, () => MILLION),
    [...counts].map(([key, count]) => ({ key, count })),
  )
}
const named = (given: string, family: string, more: PersonInput = {}): PersonInput => ({
  names: [{ given, family }],
  ...more,
})

test('a name that nobody bears is a slip of the one beside it, a name that many bear is another name', () => {
  const population = populationOf([
    [{ names: [{ family: 'Michalski' }] }, 400],
    [{ names: [{ family: 'Michalska' }] }, 400],
    [{ names: [{ given: 'Jan' }] }, 5000],
  ])
  const believed = (family: string): number =>
    belief(normalise(named('Jan', family)), normalise(named('Jan', 'Michalski')), population)
  expect(believed('Mchalski')).toBeGreaterThan(believed('Michalska') + 2)
  expect(believed('Mchalski')).toBeLessThan(believed('Michalski'))
})

test('an entry that holds many spellings is believed less for one of them than an entry that holds that one alone', () => {
  const population = populationOf([[named('Mustafa', 'Elsayed'), 100]])
  const sought = normalise(named('Mustafa', 'Elsayed'))
  const many = ['Mostafa', 'Mustapha', 'Moustafa'].map((given) => ({ given, family: 'Elsayed' }))
  const alone = belief(sought, normalise(named('Mustafa', 'Elsayed')), population)
  const among = belief(sought, normalise({ names: [{ given: 'Mustafa', family: 'Elsayed' }, ...many] }), population)
  expect(alone - among).toBeGreaterThan(1.8)
  expect(alone - among).toBeLessThan(2.01)
})

test('a family name in the column of first names is the household’s, however rare it is as a first name', () => {
  const population = populationOf([
    [named('Charlotte', 'Pemwood'), 40],
    [named('Hanna', 'Green'), 500],
  ])
  const home = { addresses: [{ text: '18 Cambridge Way', postcode: 'CA6 4FX' }] }
  const sister: PersonInput = {
    names: [
      { given: 'Charlotte', family: 'Pemwood' },
      { given: 'Pemwood', family: 'Charlotte' },
    ],
    born: ['2018-08-08'],
    ...home,
  }
  const sought = normalise(named('Pemwood', 'Hanna', { born: ['2011-09-06'], ...home }))
  expect(belief(sought, normalise(sister), population)).toBeLessThan(0)
})

test('the second of two first names that are mostly given together says hardly anything more', () => {
  const population = populationOf([
    [named('Xiao Hong', 'Wang'), 300],
    [named('Jun', 'Lin'), 300],
  ])
  const weight = (one: PersonInput, other: PersonInput): number =>
    score(normalise(one), normalise(other), population).fields.find(({ field }) => field === 'middle')?.weight ?? 0
  const other = named('Xiao Hong Mei', 'Wang')
  expect(weight(named('Xiao Hong', 'Wang'), other)).toBeLessThan(1)
  expect(weight(named('Jun Hong', 'Wang'), named('Jun Hong Mei', 'Wang'))).toBeGreaterThan(4)
})

test('an initial says something by itself, and nothing where the name is written out beside it', () => {
  const population = populationOf([])
  const level = (one: PersonInput, other: PersonInput): string | undefined =>
    score(normalise(one), normalise(other), population).fields.find(({ field }) => field === 'given')?.level
  const nair: PersonInput = {
    names: [
      { given: 'Anil', family: 'Nair' },
      { given: 'A', family: 'Nair' },
    ],
  }
  expect(level(named('Arjan', 'Nair'), named('A', 'Nair'))).toBe('initial')
  expect(level(named('Arjan', 'Nair'), nair)).toBe('different')
  expect(level(nair, named('Arjan', 'Nair'))).toBe('different')
  expect(level(named('M Samuel', 'Green'), named('Maxwell', 'Green'))).toBe('initial')
  const { fields } = score(normalise(named('D', 'Mistry')), normalise(named('Dev', 'Mistry')), population)
  expect(fields.find(({ field }) => field === 'given')!.weight).toBeGreaterThan(2)
})

test('a parent’s family name is as common as it is among families', () => {
  const population = populationOf([[named('Jing', 'Wu'), 3000]])
  const child = (parent: string, family: string): PersonInput => named('Jun', family, { kin: [{ full: parent }] })
  const weight = score(normalise(child('Grace Wu', 'Ng')), normalise(child('Jing Wu', 'Ng')), population).fields.find(
    ({ field }) => field === 'kin',
  )!.weight
  const rarer = score(normalise(child('Grace Sho', 'Ng')), normalise(child('Jing Sho', 'Ng')), population).fields.find(
    ({ field }) => field === 'kin',
  )!.weight
  expect(weight).toBeLessThan(rarer - 2)
})

test('a postcode one slip apart is worth less than the same postcode, for each has many neighbours', () => {
  const population = populationOf([])
  const at = (postcode: string) => named('Nour', 'Hamdan', { addresses: [{ postcode }] })
  const believed = (postcode: string): number => belief(normalise(at('BH34 4YW')), normalise(at(postcode)), population)
  expect(believed('BH34 4YH')).toBeLessThan(believed('BH34 4YW') - 6)
  expect(believed('BH34 4YH')).toBeGreaterThan(believed('LS1 2AB'))
})

test('one letter off a known short form is still that name, however short the form', () => {
  const population = populationOf([])
  for (const [slip, given] of [
    ['Jke', 'Jacob'],
    ['Jiim', 'James'],
    ['Floo', 'Florence'],
  ] as const) {
    const { fields } = score(normalise(named(slip, 'Allen')), normalise(named(given, 'Allen')), population)
    expect(fields.find(({ field }) => field === 'given')!.level, slip).toBe('alike')
  }
})

test('a first name that hardly anybody bears is mostly misheard: that it differs says less', () => {
  const population = populationOf([
    [{ names: [{ given: 'Ifeoma' }] }, 400],
    [{ names: [{ given: 'Nicole' }] }, 400],
  ])
  const home = { addresses: [{ text: '90 Laburnum Avenue', postcode: 'BD15 8ZS' }] }
  const entry = normalise(named('Ifeoma', 'Akinde', home))
  const believed = (given: string): number => belief(normalise(named(given, 'Akinde', home)), entry, population)
  expect(believed('Iy')).toBeGreaterThan(believed('Nicole') + 1.5)
  expect(believed('Iy')).toBeLessThan(0)
})
