import { describe, expect, test } from 'vitest'
import { type Item, type Party, protocolNamed } from '../../protocols/index.ts'
import type { Check } from '../answer.ts'
import { decideFor } from './disclosure-for.ts'

const check: Check = {
  known: { name: 'A child' },
  purpose: 'register-check',
  ground: 'register-check',
  needToKnow: 'Bruising seen today',
  proportionate: true,
}
const told = (asker: Partial<Party>, over: Partial<Check> = {}, authorisedBy?: string) =>
  decideFor({
    asker: { kind: 'social-care', area: 'leeds', clearance: 'sensitive', trained: '2005-01-05', ...asker },
    check: { ...check, ...over },
    authority: { id: 'leeds', name: 'Leeds' },
    protocol: protocolNamed('west-yorkshire-2005'),
    day: '2005-03-01',
    ...(authorisedBy === undefined ? {} : { authorisedBy }),
  })
const cites = ({ decision }: ReturnType<typeof told>, item: Item): readonly string[] =>
  decision.withheld.find((one) => one.item === item)?.because.cites ?? []

describe('a check under West Yorkshire’s own protocol', () => {
  test('WY-15, WY-17, WY-19: authorised social services of the area are told the personal and the sensitive level', () => {
    const { answers, decision } = told({})
    expect(answers).toBe(true)
    expect(decision.items).toEqual(expect.arrayContaining(['name', 'address', 'concern', 'registration', 'family']))
  })
  test('WY-27: of social services too only those specifically authorised are told who is a Schedule One offender', () => {
    expect(cites(told({}), 'schedule-one-indicator')).toContain('WY-27')
    expect(told({ authorised: true }).decision.items).toContain('schedule-one-indicator')
    expect(cites(told({ kind: 'police', authorised: true }), 'schedule-one-indicator')).toContain('WY-27')
  })
  test('WY-18: another authority and every other profession are told nothing of anyone, until somebody authorises it', () => {
    for (const asker of [{ area: 'bradford' }, { kind: 'health' }, { kind: 'school' }, { kind: 'police' }] as const) {
      const closed = told(asker)
      expect([closed.answers, closed.decision.items.filter((item) => item !== 'statistic')]).toEqual([false, []])
      expect(cites(closed, 'name')).toContain('WY-18')
      expect(told({ ...asker, authorised: true }).answers).toBe(true)
      expect(told(asker, {}, 'The keeper').answers).toBe(true)
    }
  })
  test('WY-3, WY-30: whoever is no participant is told nothing, whoever authorises it', () => {
    for (const kind of ['housing', 'voluntary', 'probation'] as const) {
      const closed = told({ kind, authorised: true }, {}, 'The keeper')
      expect(closed.answers).toBe(false)
      expect(cites(closed, 'name')).toContain('WY-30')
    }
  })
  test('WY-32: no more than the level that the asker’s role carries, anonymised unless the authority gave it one', () => {
    expect(told({ clearance: 'anonymised' }).answers).toBe(false)
    expect(cites(told({ clearance: 'personal' }), 'schedule-one-indicator')).toContain('WY-32')
    expect(told({ clearance: 'personal' }).decision.items).toContain('name')
  })
  test('WY-20 to WY-26, WY-28: the fields are those of the protocol, and looked-after history is an indicator alone', () => {
    const { decision } = told({})
    for (const item of [
      'alias',
      'address-history',
      'legal-status',
      'gender',
      'language',
      'conference',
      'enquiry-history',
      'referral-history',
    ] as const)
      expect(decision.items).toContain(item)
    expect(cites(told({}), 'looked-after-history')).toContain('WY-26')
    for (const item of ['nhs-number', 'education'] as const) expect(cites(told({}), item)).toContain('WY-28')
  })
  test('WY-10, WY-12: without consent and without a ground nothing is told; each of the six grounds opens it, and so does consent', () => {
    const { ground: _, ...bare } = check
    const silent = decideFor({
      asker: { kind: 'social-care', area: 'leeds', clearance: 'sensitive', trained: '2005-01-05' },
      check: bare,
      authority: { id: 'leeds', name: 'Leeds' },
      protocol: protocolNamed('west-yorkshire-2005'),
      day: '2005-03-01',
    })
    expect(silent.answers).toBe(false)
    for (const ground of [
      'risk-in-seeking-consent',
      'judgement-of-significant-harm',
      'crime',
      'register-check',
      'build-a-picture',
    ] as const)
      expect(told({}, { ground }).answers, ground).toBe(true)
    expect(told({}, { ground: 'refused-but-harm', consent: 'refused' }).answers).toBe(true)
    expect(told({}, { ground: undefined, consent: 'given' } as Partial<Check>).answers).toBe(true)
  })
  test('WY-14: planning is told figures alone', () => {
    expect(told({}, { purpose: 'planning' }).answers).toBe(false)
  })
})
