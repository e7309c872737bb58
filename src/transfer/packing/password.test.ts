import { describe, expect, it } from 'vitest'
import { archiveName, identifies, isNeutralName, neutralName } from './neutral-names.ts'
import { generatePassword, passwordBits, spellPassword } from './password.ts'

describe('the password of a transmission', () => {
  it('CUM-29: has more than 80 bits and always mixes letters and numbers', () => {
    expect(passwordBits).toBeGreaterThan(80)
    for (let round = 0; round < 2000; round++) {
      const password = generatePassword()
      expect(password).toMatch(/^([b-df-hj-kmnp-tv-z2-9]{3}-){5}[b-df-hj-kmnp-tv-z2-9]{3}$/)
      expect(password).toMatch(/[a-z]/)
      expect(password).toMatch(/[2-9]/)
    }
  })
  it('CUM-31: is new each time', () => {
    const passwords = Array.from({ length: 5000 }, generatePassword)
    expect(new Set(passwords).size).toBe(5000)
  })
  it('draws every sign about as often as the next', () => {
    const counts = new Map<string, number>()
    for (let round = 0; round < 3000; round++) {
      for (const sign of generatePassword().replaceAll('-', '')) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    }
    expect(counts.size).toBe(28)
    for (const count of counts.values()) expect(Math.abs(count - 54_000 / 28)).toBeLessThan(350)
  })
  it('CUM-54: can be read over the telephone, group by group', () => {
    expect(spellPassword('k7m-x4t')).toEqual(['kilo, seven, mike', 'x-ray, four, tango'])
  })
})

describe('neutral names', () => {
  it('CUM-48: "20120910.zip" says nothing, "Julia Smith.doc" and "Julia.Smith.zip" say whom', () => {
    expect(isNeutralName('20120910.zip')).toBe(true)
    expect(isNeutralName('document-1.pdf')).toBe(true)
    expect(isNeutralName('Julia Smith.doc')).toBe(false)
    expect(isNeutralName('julia.zip')).toBe(false)
    expect(identifies('Julia Smith.doc')).toBe(true)
    expect(identifies('Julia.Smith.zip')).toBe(true)
    expect(identifies('JuliaSmith.zip')).toBe(true)
    expect(identifies('943 476 5919.zip')).toBe(true)
    expect(identifies('LA13 9XY.zip')).toBe(true)
    expect(identifies('20120910.zip')).toBe(false)
    expect(identifies('out.zip')).toBe(false)
  })
  it('names the archive by its day and each document by its place', () => {
    expect(archiveName(new Date('2026-11-21T23:59:00Z'))).toBe('20261121.zip')
    expect(neutralName(2, 'Julia Smith.PDF')).toBe('document-2.pdf')
    expect(neutralName(3, 'x.Julia Smith')).toBe('document-3')
  })
})
