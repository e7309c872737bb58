import { describe, expect, it } from 'vitest'
import { checkNhsNumber, checkPostcode, checkUpn } from '../../../scanning/index.ts'
import { inventPeople } from './index.ts'

const today = '2026-11-21'
const people = inventPeople({ count: 5_000, today })

describe('the people of the invented area', () => {
  it('are the same for the same seed and day, and others for another seed', () => {
    expect(inventPeople({ count: 200, today })).toEqual(people.slice(0, 200))
    expect(inventPeople({ count: 200, today, seed: 2 })).not.toEqual(people.slice(0, 200))
  })

  it('stand in five registers, each entry once, all of one family in the same register', () => {
    expect(new Set(people.map((one) => one.authority)).size).toBe(5)
    const ids = new Set(people.map((one) => `${one.authority} ${one.localId}`))
    expect(ids.size).toBe(people.length)
    const dangling = people
      .slice(0, -20)
      .filter((one) => one.relationships.some((other) => !ids.has(`${one.authority} ${other.to}`)))
    expect(dangling).toEqual([])
  })

  it('have numbers of the range kept for tests, postcodes of no real place, and the same number wherever they are known', () => {
    const numberOf = new Map<number, string>()
    for (const { nhsNumber, upn, addresses, person } of people) {
      if (nhsNumber !== undefined) {
        expect(nhsNumber).toMatch(/^999/)
        expect(checkNhsNumber(nhsNumber)).toBe(true)
        expect(numberOf.get(person) ?? nhsNumber).toBe(nhsNumber)
        numberOf.set(person, nhsNumber)
      }
      if (upn !== undefined) expect(checkUpn(upn)).toBe(true)
      for (const { postcode } of addresses) expect(checkPostcode(postcode ?? '')).toBe(true)
      for (const { postcode } of addresses) expect(postcode).toMatch(/^(?:KV|MD|TH|SB|WH)\d/)
    }
    expect(new Set(numberOf.values()).size).toBe(numberOf.size)
  })

  it('include twins, unborn children, aliases, former addresses, and families known in two areas under other spellings', () => {
    const often = (holds: (one: (typeof people)[number]) => boolean) => people.filter(holds).length
    expect(often((one) => one.relationships.some((other) => other.kind === 'twin'))).toBeGreaterThan(50)
    expect(often((one) => one.birth.expected !== undefined)).toBeGreaterThan(10)
    expect(often((one) => one.names.length > 1)).toBeGreaterThan(250)
    expect(often((one) => one.addresses.length > 1)).toBeGreaterThan(1_000)
    const entries = group()
    const twice = [...entries.values()].filter((each) => each.length > 1)
    expect(twice.length).toBeGreaterThan(100)
    expect(twice.some(([a, b]) => a!.names[0]!.given !== b!.names[0]!.given)).toBe(true)
  })

  it('have lived nowhere twice at once, and nothing happened to them in the future', () => {
    for (const { addresses, registrations, referrals, birth } of people) {
      for (const { from, to } of addresses) expect(to === undefined || to >= from).toBe(true)
      for (const { from, to } of registrations) expect(from <= today && (to === undefined || to <= today)).toBe(true)
      for (const { on } of referrals) expect(on <= today).toBe(true)
      if (birth.date !== undefined) expect(birth.date.slice(0, 4) <= '2026').toBe(true)
    }
  })
})

function group() {
  const found = new Map<number, typeof people>()
  for (const one of people) found.set(one.person, [...(found.get(one.person) ?? []), one])
  return found
}
