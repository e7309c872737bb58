import { describe, expect, test } from 'vitest'
import { scan } from './index.ts'

const found = (text: string): string[] => scan(text).map((span) => `${span.type} ${span.text}`)

describe('what in a text identifies a person', () => {
  test('a referral as it is written in a hurry gives up child, birth date, numbers, address and telephone', () => {
    const text =
      'Aisha Khan (dob 14/03/2012, NHS 943 476 5919) lives at 14 Mill Lane, Kirkvale KV1 2AB with mum Fatima and brother Yusuf (9). Tel 07700 900 456.'
    const spans = found(text)
    for (const one of [
      'PERSON Aisha Khan',
      'DATE 14/03/2012',
      'NHS_NUMBER 943 476 5919',
      'POSTCODE KV1 2AB',
      'PERSON Fatima',
      'PERSON Yusuf',
      'AGE 9',
      'PHONE 07700 900 456',
    ])
      expect(spans).toContain(one)
    expect(spans.some((span) => span.startsWith('LOCATION 14 Mill Lane'))).toBe(true)
  })

  test('every finding is the text that its offsets name, in UTF-16 units, accents and emoji before it', () => {
    const text = '👨‍👩‍👧 Žofie Nováková, tel 01632 960123, née 3rd of May 2011 — Zoë O’Brien, zoe@example.org'
    for (const span of scan(text)) expect(text.slice(span.start, span.end)).toBe(span.text)
    expect(found(text)).toContain('EMAIL zoe@example.org')
  })

  test('names are seen in small letters, in capitals and in other scripts', () => {
    expect(found('i saw julia smith at school today')).toContain('PERSON julia smith')
    expect(found('AISHA KHAN WAS SEEN TODAY')).toContain('PERSON AISHA KHAN')
    expect(found('The father is Иван Петров and came alone.')).toContain('PERSON Иван Петров')
    expect(found('The mother, 王小明, came alone.')).toContain('PERSON 王小明')
  })

  test('a title is no part of the name that follows it', () => {
    expect(found('Please ring Mr Khan today.')).toContain('PERSON Khan')
  })

  test.each(['7yo', '7-year-old', '7 years old', '7 y/o'])('an age is seen: %s', (age) => {
    expect(found(`A ${age} boy`)).toContain(`AGE ${age}`)
  })

  test('CUM-25: initials and agreed references are told apart from names', () => {
    expect(found('Child J.S. is well.')).toEqual(['REFERENCE J.S.'])
    expect(found('See case LCS 123456.')).toContain('REFERENCE LCS 123456')
  })

  test('only the types asked for come back, and none less sure than asked', () => {
    const text = 'Aisha Khan, KV1 2AB, March 2012'
    expect(scan(text, { types: ['POSTCODE'] }).map((span) => span.type)).toEqual(['POSTCODE'])
    for (const span of scan(text, { minimumConfidence: 0.9 })) expect(span.confidence).toBeGreaterThanOrEqual(0.9)
  })

  test('a finding beyond the first stretch of a long text keeps its true offsets', () => {
    const filler = 'Nothing was agreed and the meeting was closed early.\n\n'.repeat(2000)
    const text = `${filler}Aisha Khan called on 07700 900123.`
    const span = scan(text).find((one) => one.type === 'PHONE')!
    expect(text.slice(span.start, span.end)).toBe('07700 900123')
  })
})
