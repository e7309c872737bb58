import { expect, test } from 'vitest'
import { belief, createFrequencies, normalise, type PersonInput, score } from './index.ts'

const population = createFrequencies(1_000_000)
const sought: PersonInput = {
  names: [{ given: 'Toby', family: 'Watson' }],
  born: ['2017-09-18'],
  addresses: [{ text: '98 Green Terrace', postcode: 'CA22 5DQ' }],
}
const both = (other: PersonInput): { believed: number; weight: number } => {
  const [one, two] = [normalise(sought), normalise(other)]
  return { believed: belief(one, two, population), weight: score(one, two, population).weight }
}

test('a child at the same address is believed as the score says', () => {
  const { believed, weight } = both(sought)
  expect(believed).toBeGreaterThan(10)
  expect(weight - believed).toBeLessThan(0.6)
})

test('one who would have to have moved is believed less, by no more than the doubt among so many', () => {
  const { believed, weight } = both({ ...sought, addresses: [{ text: '32 Elm Gardens', postcode: 'BD23 4TL' }] })
  expect(weight - believed).toBeGreaterThan(2)
  expect(weight - believed).toBeLessThan(Math.log2(7.5 * Math.sqrt(10)) + 0.01)
})
