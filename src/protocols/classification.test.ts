import { describe, expect, test } from 'vitest'
import { type Decision, decide, ITEMS, type Item, protocolNamed, readDisclosure } from './index.ts'

const told = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld']
const mother = { person: 'mother', age: 31, state: 'given', told }

function decided(protocol: string, day: string, change: object): Decision {
  const read = readDisclosure({
    from: { kind: 'social-care', address: 'a@authority.example.org', area: 'one' },
    to: [{ kind: 'health', name: 'A', role: 'B', address: 'c@surgery.example.org', needToKnow: 'd' }],
    information: ['name'],
    purpose: 'section-17',
    proportionate: true,
    ...change,
  })
  if ('error' in read) throw new Error(read.error)
  return decide(read.disclosure, protocolNamed(protocol), day)
}
const levelIn = (protocol: string, item: Item): string => protocolNamed(protocol).levelOf(item)
const cited = (decision: Decision): string[] => decision.reasons.flatMap((one) => one.cites)

describe('what kind of information it is', () => {
  test('BEX-15: each of the eight categories of the Act is sensitive, and is said to be', () => {
    const eight: Item[] = [
      'ethnicity',
      'politics',
      'belief',
      'trade-union',
      'health',
      'sexual-life',
      'offence',
      'proceedings',
    ]
    for (const item of eight) {
      const decision = decided('bexley-2015', '2015-09-01', { information: [item], purpose: 'section-47' })
      expect(decision.level, item).toBe('sensitive')
      expect(cited(decision)).toContain('BEX-15')
    }
  })
  test('BEX-14: a name or an address is personal, and is said to be', () => {
    const decision = decided('bexley-2015', '2015-09-01', { information: ['name', 'address'], purpose: 'section-47' })
    expect(decision.level).toBe('personal')
    expect(cited(decision)).toContain('BEX-14')
  })
  test('BEX-16: the same consent carries personal information and not sensitive information', () => {
    expect(decided('bexley-2015', '2015-09-01', { consent: [mother] }).outcome).toBe('share')
    expect(decided('bexley-2015', '2015-09-01', { consent: [mother], information: ['health'] }).outcome).toBe('hold')
  })
  test('CUM-1 CUM-3: what identifies someone, and financial or employee data, is personal', () => {
    for (const item of ['name', 'address', 'date-of-birth', 'nhs-number', 'financial', 'employment'] as const)
      expect(levelIn('cumbria-2015', item), item).toBe('personal')
    expect(cited(decided('cumbria-2015', '2016-03-01', { information: ['financial'] }))).toContain('CUM-3')
  })
  test('CUM-2: sensitive personal data is classified as such', () => {
    for (const item of ['ethnicity', 'politics', 'belief', 'health', 'mental-health'] as const)
      expect(levelIn('cumbria-2015', item), item).toBe('sensitive')
    expect(cited(decided('cumbria-2015', '2016-03-01', { information: ['health'] }))).toContain('CUM-2')
  })
})

describe('what stands at the point of decision', () => {
  test('BEX-1 BEX-17: the law is a framework and not a barrier, and the owner of the information decides', () => {
    const reasons = cited(decided('bexley-2015', '2015-09-01', {}))
    expect(reasons).toContain('BEX-1')
    expect(reasons).toContain('BEX-17')
  })
  test('BEX-6: nothing goes that has not been weighed', () => {
    const unweighed = decided('bexley-2015', '2015-09-01', { consent: [mother], proportionate: undefined })
    expect(unweighed.needs.find((one) => one.id === 'proportionality')?.cites).toContain('BEX-6')
  })
  test('BEX-11: suspected significant harm is always shared with children’s social care', () => {
    const to = [{ kind: 'social-care', name: 'Duty', address: 'd@other.example.org', needToKnow: 'enquires' }]
    const decision = decided('bexley-2015', '2015-09-01', {
      risk: 'significant-harm',
      to,
      information: ['name', 'health'],
    })
    expect(decision.outcome).toBe('share')
    expect(cited(decision)).toContain('BEX-11')
  })
  test('BEX-40: a secure account is used by default towards another government body', () => {
    const decision = decided('bexley-2015', '2015-09-01', {
      from: { kind: 'social-care', address: 'a@bexley.gcsx.gov.uk' },
      to: [{ kind: 'police', name: 'D', address: 'd@met.pnn.police.uk', needToKnow: 'e' }],
      purpose: 'section-47',
    })
    expect(decision.route).toBe('secure-email')
    expect(cited(decision)).toContain('BEX-40')
  })
  test('MPS-9: the policy binds from April 2008, and not a day earlier', () => {
    const police = {
      from: { kind: 'police', address: 'a@met.pnn.police.uk' },
      to: [{ kind: 'social-care', address: 'd@sutton.cjsm.net' }],
    }
    expect(decided('mps-2008', '2008-04-01', police).outcome).toBe('share')
    const before = decided('mps-2008', '2008-03-31', police)
    expect(before.outcome).toBe('refuse')
    expect(cited(before)).toContain('MPS-9')
  })
  test('MPS-12: it covers all written information about a child, whatever the purpose', () => {
    for (const purpose of ['ctn-report', 'general', 'school-transfer', 'planning']) {
      const decision = decided('mps-2008', '2008-09-01', { purpose })
      expect(decision.closed.map((one) => one.route)).toContain('secure-email')
      expect(cited(decision)).toContain('MPS-12')
    }
  })
  test('BOU-6: every decision enters the electronic record', () => {
    const owed = decided('bournemouth-2016', '2016-10-01', {}).obligations.find((one) => one.id === 'record-decision')
    expect(owed?.cites).toContain('BOU-6')
  })
})

test('WY-20 WY-21 WY-22 WY-23 WY-24 WY-25: through the linked registers exactly the listed fields are seen', () => {
  const decision = decided('west-yorkshire-2005', '2005-03-01', {
    to: [{ kind: 'social-care', area: 'one', clearance: 'sensitive', authorised: true, needToKnow: 'allocated' }],
    information: [...ITEMS],
    route: 'register',
    ground: 'build-a-picture',
  })
  const listed: Record<string, Item[]> = {
    'WY-20': ['name', 'alias', 'address', 'address-history', 'gender', 'language', 'legal-status'],
    'WY-21': ['concern'],
    'WY-22': ['family', 'relationship-concern'],
    'WY-23': ['registration', 'registration-history'],
    'WY-24': ['conference'],
    'WY-25': ['enquiry-history', 'referral-history'],
    'WY-26 WY-27': ['looked-after-indicator', 'schedule-one-indicator'],
  }
  expect([...decision.items].sort()).toEqual([...Object.values(listed).flat(), 'statistic'].sort())
})
