import { describe, expect, it } from 'vitest'
import { generatePassword, spellAloud } from '../../platform/index.ts'
import { archiveName, identifies, isNeutralName, neutralName } from './neutral-names.ts'

describe('the password of a transmission', () => {
  it('CUM-29: always mixes letters and numbers, and has far more than eight signs', () => {
    for (let round = 0; round < 500; round++) {
      const password = generatePassword()
      expect(password.replaceAll('-', '').length).toBeGreaterThanOrEqual(20)
      expect(password).toMatch(/[A-Z].*\d|\d.*[A-Z]/)
    }
  })
  it('CUM-31: is new each time', () => {
    expect(new Set(Array.from({ length: 5000 }, () => generatePassword())).size).toBe(5000)
  })
  it('CUM-54: can be read over the telephone, sign by sign', () => {
    expect(spellAloud('K7-X')).toEqual(['Kilo', 'seven', 'dash', 'X-ray'])
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
