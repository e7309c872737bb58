import { describe, expect, test } from 'vitest'
import { type Decision, decide, protocolNamed, readDisclosure } from './index.ts'

const told = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld']
const mother = { person: 'mother', age: 31, state: 'given', explicit: true, told }

function bexley(change: object, information = ['name']): Decision {
  return decided('bexley-2015', '2015-09-01', {
    from: { kind: 'social-care', address: 'a@bexley.gov.uk' },
    to: [{ kind: 'school', name: 'Head', address: 'h@school.example.sch.uk', needToKnow: 'supports the child' }],
    information,
    purpose: 'care-plan',
    proportionate: true,
    ...change,
  })
}
function decided(protocol: string, day: string, disclosure: object): Decision {
  const read = readDisclosure(JSON.parse(JSON.stringify(disclosure)))
  if ('error' in read) throw new Error(read.error)
  return decide(read.disclosure, protocolNamed(protocol), day)
}
const needs = (decision: Decision): string[] => decision.needs.map((one) => one.id)
const cites = (decision: Decision): string[] => decision.reasons.flatMap((one) => one.cites)

describe('consent in Bexley', () => {
  test('BEX-20: below section 47 nothing is shared without consent', () =>
    expect(needs(bexley({}))).toEqual(['consent']))
  test('BEX-20: at section 47 consent is no condition', () =>
    expect(bexley({ purpose: 'section-47' }).outcome).toBe('share'))
  test('BEX-18: sensitive information needs explicit consent', () => {
    expect(needs(bexley({ consent: [{ ...mother, explicit: false }] }, ['health']))).toEqual(['explicit-consent'])
    expect(bexley({ consent: [mother] }, ['health']).outcome).toBe('share')
  })
  test('BEX-18 BEX-19: each of the seven conditions stands in for consent to share sensitive information', () => {
    for (const ground of [
      'employment-law',
      'vital-interests',
      'made-public',
      'legal-proceedings',
      'administration-of-justice',
      'medical',
      'ethnic-monitoring',
    ])
      expect(bexley({ ground }, ['health']).outcome).toBe('share')
  })
  test('BEX-4: refusal holds it unless the public interest overrides it, for personal information', () => {
    const refused = { consent: [{ ...mother, state: 'refused' }] }
    expect(needs(bexley(refused))).toEqual(['ground'])
    expect(bexley({ ...refused, ground: 'public-interest' }).outcome).toBe('share')
  })
  test('BEX-33 BEX-35: public interest alone does not open sensitive information, suspected significant harm does', () => {
    expect(needs(bexley({ ground: 'public-interest' }, ['offence']))).toEqual(['explicit-consent'])
    expect(bexley({ risk: 'significant-harm' }, ['offence']).outcome).toBe('share')
  })
  test('BEX-21: every adult of the family consents, and one refusal is enough to hold it', () => {
    expect(needs(bexley({ consent: [mother, { ...mother, person: 'father', state: 'refused' }] }))).toEqual(['ground'])
    expect(needs(bexley({ consent: [mother, { ...mother, person: 'grandmother', state: 'not-sought' }] }))).toEqual([
      'consent',
    ])
  })
  test('BEX-21: a child of fifteen does not consent in place of a parent; at sixteen the young person does', () => {
    expect(needs(bexley({ consent: [{ ...mother, person: 'child', age: 15 }] }))).toEqual(['consent'])
    expect(bexley({ consent: [{ ...mother, person: 'child', age: 16 }] }).outcome).toBe('share')
  })
  test('BEX-28: whoever lacks capacity has not consented by saying yes', () => {
    const lacking = bexley({ consent: [{ ...mother, competent: false }] })
    expect(needs(lacking)).toEqual(['consent'])
    expect(cites(lacking)).toContain('BEX-28')
  })
  test('BEX-23: consent counts only when all five things were told', () => {
    for (const missing of told)
      expect(needs(bexley({ consent: [{ ...mother, told: told.filter((one) => one !== missing) }] }))).toEqual([
        'consent',
      ])
    expect(needs(bexley({ consent: [{ person: 'mother', age: 31, state: 'given' }] }))).toEqual(['consent'])
  })
  test('BEX-22 BEX-23: consent to one thing is not consent to another', () =>
    expect(needs(bexley({ consent: [{ ...mother, for: ['address'] }] }))).toEqual(['consent']))
  test('BEX-26 BEX-27: after withdrawal only an exemption opens it', () => {
    const withdrawn = { consent: [{ ...mother, state: 'withdrawn' }] }
    expect(needs(bexley(withdrawn))).toEqual(['ground'])
    expect(cites(bexley(withdrawn))).toContain('BEX-27')
    expect(bexley({ ...withdrawn, ground: 'legal-proceedings' }).outcome).toBe('share')
  })
  test('BEX-64: a ground of another protocol counts for nothing here', () => {
    for (const ground of ['build-a-picture', 'duty-16LA', 'crime']) expect(bexley({ ground }).outcome).toBe('hold')
  })
  test('BEX-62: a person asking for their own record need not consent to it; anybody else who asks needs it', () => {
    const to = [{ kind: 'young-person', name: 'S', address: 's@young.example.org', needToKnow: 'their own record' }]
    expect(bexley({ purpose: 'subject-access', to }).outcome).toBe('share')
    expect(needs(bexley({ purpose: 'subject-access' }))).toEqual(['consent'])
  })
  test('BEX-30: the public receives nothing personal, whatever the risk', () => {
    const to = [{ kind: 'public', name: 'A neighbour', address: 'n@street.example.org', needToKnow: 'asked' }]
    expect(bexley({ risk: 'imminent-harm', to }).outcome).toBe('refuse')
  })
})

describe('consent in West Yorkshire', () => {
  const asked = (change: object, party: object = {}): Decision =>
    decided('west-yorkshire-2005', '2005-03-01', {
      from: { kind: 'social-care', area: 'leeds' },
      to: [
        { kind: 'social-care', name: 'A', area: 'leeds', clearance: 'sensitive', needToKnow: 'allocated', ...party },
      ],
      information: ['name'],
      purpose: 'section-17',
      proportionate: true,
      ...change,
    })
  test('WY-10: consent or the ground it was waived on is always stated', () =>
    expect(needs(asked({}))).toEqual(['consent', 'ground']))
  test('WY-12: each of the six grounds waives it', () => {
    for (const ground of [
      'risk-in-seeking-consent',
      'judgement-of-significant-harm',
      'crime',
      'build-a-picture',
      'refused-but-harm',
    ])
      expect(asked({ ground }).outcome).toBe('share')
    expect(asked({ ground: 'register-check', purpose: 'register-check', route: 'register' }).outcome).toBe('share')
  })
  test('WY-35: the register-check ground serves register checks only', () =>
    expect(asked({ ground: 'register-check' }).outcome).toBe('hold'))
  test('WY-13: a Fraser-competent child of fourteen can consent, and can refuse', () => {
    const child = { person: 'child', age: 14, state: 'given', competent: true }
    expect(asked({ consent: [child] }).outcome).toBe('share')
    expect(
      needs(
        asked({
          consent: [child, { ...child, person: 'mother', age: 30 }, { ...child, person: 'brother', state: 'refused' }],
        }),
      ),
    ).toEqual(['ground'])
    expect(asked({ consent: [{ ...child, competent: false }] }).outcome).toBe('hold')
  })
  test('WY-9: significant harm is shared under the statutory duty', () =>
    expect(asked({ risk: 'significant-harm' }).outcome).toBe('share'))
  test('WY-17: whoever may see the sensitive level may see the personal level', () =>
    expect(asked({ ground: 'crime', information: ['name', 'health'] }).items).toEqual(['name', 'health']))
  test('WY-19: social services see personal details within their own area and not beyond', () => {
    expect(asked({ ground: 'crime' }).outcome).toBe('share')
    expect(asked({ ground: 'crime' }, { area: 'bradford' }).items).toEqual([])
    expect(asked({ ground: 'crime' }, { area: 'bradford', authorised: true }).items).toEqual(['name'])
  })
})

describe('the basis in law today', () => {
  const asked = (change: object, party: object = {}): Decision =>
    decided('uk-2026', '2026-11-01', {
      from: { kind: 'social-care', address: 'a@authority.example.org', trained: '2026-02-01' },
      to: [{ kind: 'school', name: 'A', role: 'B', address: 'c@school.example.org', needToKnow: 'd', ...party }],
      information: ['name'],
      purpose: 'section-17',
      proportionate: true,
      ...change,
    })
  test('CA2004-16LA: the duty to disclose reaches schools, and a voluntary body only under an agreement', () => {
    expect(asked({ ground: 'duty-16LA' }).outcome).toBe('share')
    expect(needs(asked({ ground: 'duty-16LA' }, { kind: 'voluntary' }))).toEqual(['ground'])
    expect(asked({ ground: 'duty-16LA', agreement: 'youth work' }, { kind: 'voluntary' }).outcome).toBe('share')
    expect(needs(asked({ ground: 'duty-16LA' }, { kind: 'parent' }))).toEqual(['ground'])
  })
  test('DPA2018-SCH1-18: the safeguarding condition stands where consent cannot be had', () =>
    expect(asked({ ground: 'safeguarding-sch1-18' }).outcome).toBe('share'))
  test('DFE2024-3: consent is not needed when a child may be at risk', () =>
    expect(asked({ risk: 'significant-harm' }).outcome).toBe('share'))
  test('a ground from 1998 counts for nothing in 2026', () =>
    expect(needs(asked({ ground: 'vital-interests' }))).toEqual(['ground']))
})

describe('harm lifts what protects confidentiality, and nothing else', () => {
  const cumbria = {
    from: { kind: 'social-care', address: 'a@cumbria.gov.uk' },
    information: ['name'],
    purpose: 'section-17',
    risk: 'imminent-harm',
  }
  test('CUM-5: proportionality and the team’s authorisation fall away', () => {
    const decision = decided('cumbria-2015', '2016-03-01', {
      ...cumbria,
      to: [{ kind: 'health', role: 'GP', address: 'g@surgery.example.org', needToKnow: 'treats' }],
    })
    expect(decision.outcome).toBe('share')
    expect(decision.alternatives).toContain('encrypted-attachment')
  })
  test('CUM-15: the need to know stays', () =>
    expect(
      needs(
        decided('cumbria-2015', '2016-03-01', {
          ...cumbria,
          to: [{ kind: 'health', role: 'GP', address: 'g@surgery.example.org' }],
        }),
      ),
    ).toEqual(['need-to-know']))
  test('CUM-35: webmail stays closed', () =>
    expect(
      decided('cumbria-2015', '2016-03-01', {
        ...cumbria,
        to: [{ kind: 'carer', role: 'carer', address: 'a@gmail.com', needToKnow: 'x' }],
      }).closed.map((one) => one.route),
    ).toContain('encrypted-attachment'))
  test('WY-18: access levels stay', () =>
    expect(
      decided('west-yorkshire-2005', '2005-03-01', {
        from: { kind: 'social-care', area: 'leeds' },
        to: [{ kind: 'health', name: 'x', needToKnow: 'y', clearance: 'sensitive' }],
        information: ['name'],
        purpose: 'section-47',
        risk: 'imminent-harm',
      }).items,
    ).toEqual([]))
  test('BOU-2: imminent harm lifts training, significant harm does not', () => {
    const base = {
      from: { kind: 'education', address: 'a@bournemouth.gov.uk' },
      to: [{ kind: 'school', address: 't@school.example.org', needToKnow: 'x' }],
      information: ['name'],
      purpose: 'referral',
    }
    expect(decided('bournemouth-2016', '2016-10-01', { ...base, risk: 'imminent-harm' }).outcome).toBe('share')
    expect(needs(decided('bournemouth-2016', '2016-10-01', { ...base, risk: 'significant-harm' }))).toEqual([
      'training',
    ])
  })
})
