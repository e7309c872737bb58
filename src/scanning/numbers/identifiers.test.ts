import { describe, expect, test } from 'vitest'
import { checkNhsNumber, checkNino, checkPostcode, checkUpn, scan } from '../index.ts'

const types = (text: string): string[] => scan(text).map((span) => span.type)

describe('UK identifiers', () => {
  test('an NHS number needs its check digit (NHS Data Dictionary: modulus 11)', () => {
    expect(checkNhsNumber('943 476 5919')).toBe(true)
    expect(checkNhsNumber('943 476 5918')).toBe(false)
    expect(checkNhsNumber('1111111111')).toBe(false)
    expect(types('943 476 5918')).not.toContain('NHS_NUMBER')
  })

  test('a number that is called an NHS number and is wrong is still somebody’s', () => {
    expect(types('NHS number 943 476 5918')).toContain('IDENTIFIER')
  })

  test('a UPN needs its check letter, and a temporary one may end in a letter (DfE)', () => {
    expect(checkUpn('V801200009001')).toBe(true)
    expect(checkUpn('A801200009001')).toBe(false)
    expect(types('pupil V801200009001 left')).toContain('UPN')
    expect(types('pupil A801200009001 left')).not.toContain('UPN')
  })

  test('a National Insurance number is known with and without gaps, and not by prefixes never given', () => {
    for (const nino of ['AB123456C', 'ab 12 34 56 c', 'AB-12-34-56-C'])
      expect(types(`his is ${nino} now`)).toContain('NINO')
    expect(checkNino('BG123456A')).toBe(false)
    expect(checkNino('QQ123456C')).toBe(false)
  })

  test('a postcode is known by its shape (BS 7666)', () => {
    for (const code of ['SW1A 1AA', 'M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX', 'KV1 2AB'])
      expect(checkPostcode(code)).toBe(true)
    for (const code of ['1AA SW1', 'KV1 2CI', 'KVX 2AB', 'A4 2']) expect(checkPostcode(code)).toBe(false)
  })

  test.each([
    '01632 960123',
    '(01632) 960123',
    '07700 900 456',
    '020 7946 0958',
    '+44 (0)20 7946 0958',
    '+447700900123',
    '0808 800 5000',
    '01632 960123 ext 12',
  ])('a UK telephone number is known: %s', (number) =>
    expect(scan(`ring ${number} today`).map((span) => [span.type, span.text])).toContainEqual(['PHONE', number]),
  )

  test.each([
    '14/03/2012',
    '14.3.2012',
    '14-03-2012',
    '14 March 2012',
    '14th of March 2012',
    '14 Mar 12',
    '3rd May',
    '14-Mar-2012',
    'Tuesday 14 March 2012',
    '2012-03-14',
  ])('a date is known: %s', (date) =>
    expect(scan(`seen ${date}, at home`).map((span) => [span.type, span.text])).toContainEqual(['DATE', date]),
  )

  test.each([
    '24/7',
    '3/4 of them',
    'v1.2.3',
    '£12,500.00',
    'section 47',
    '13/13/2012',
    'in 2019/20',
    'ISBN 0306406152',
    'order 1702429739',
    'you may 2 or 3 times',
    'page 12-134',
  ])('what is no identifier is left alone: %s', (text) =>
    expect(
      types(text).filter((type) => ['DATE', 'PHONE', 'NHS_NUMBER', 'UPN', 'NINO', 'POSTCODE'].includes(type)),
    ).toEqual([]),
  )
})
