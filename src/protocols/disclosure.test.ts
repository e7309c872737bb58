import { expect, test } from 'vitest'
import { readDisclosure } from './index.ts'

const whole = { from: { kind: 'police' }, to: [{ kind: 'school' }], information: ['name'], purpose: 'general' }
const errorOf = (input: unknown): string => {
  const read = readDisclosure(input)
  return 'error' in read ? read.error : ''
}

test('unknown fields, ids and dates are errors that name the place, and give no decision', () => {
  expect(errorOf({ ...whole, colour: 'red' })).toContain('colour')
  expect(errorOf({ ...whole, information: ['name', 'shoe-size'] })).toContain('information[1]')
  expect(errorOf({ ...whole, to: [{ kind: 'school', nickname: 'x' }] })).toContain('to[0].nickname')
  expect(errorOf({ ...whole, from: { kind: 'police', trained: '2026-02-30' } })).toContain('from.trained')
  expect(errorOf({ ...whole, from: { kind: 'police', trained: '01/02/2026' } })).toContain('from.trained')
  expect(errorOf({ ...whole, ground: 'because' })).toContain('ground')
  expect(errorOf({ ...whole, to: [] })).toContain('to')
  expect(errorOf({ ...whole, information: [] })).toContain('information')
  expect(errorOf({ ...whole, consent: [{ person: 'm', age: -1, state: 'given' }] })).toContain('consent[0].age')
  for (const nonsense of [null, 1, 'x', [], {}]) expect(errorOf(nonsense)).not.toBe('')
})

test('five thousand recipients are read, and one more is refused', () => {
  expect(errorOf({ ...whole, to: Array.from({ length: 5_000 }, () => ({ kind: 'school' })) })).toBe('')
  expect(errorOf({ ...whole, to: Array.from({ length: 5_001 }, () => ({ kind: 'school' })) })).toContain('to')
})

test('a name of any script, length or shape is text, and never breaks a decision', () => {
  for (const name of ['<script>alert(1)</script>', '\u202Eevil\u202C', '👧🏽', 'x'.repeat(10_000), ''])
    expect(errorOf({ ...whole, to: [{ kind: 'school', name }] })).toBe('')
  expect(errorOf({ ...whole, to: [{ kind: 'school', name: 'x'.repeat(10_001) }] })).toContain('to[0].name')
})
