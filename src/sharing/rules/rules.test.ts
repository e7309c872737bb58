import { describe, expect, test } from 'vitest'
import { type Decision, type Disclosure, decide, ITEMS, protocolNamed } from '../../protocols/index.ts'
import { type Draft, draftSchema, emptyDraft } from '../draft.ts'
import { ageOn, isAsked } from './ages.ts'
import { anonymousFacts, identifyingIn } from './anonymous.ts'
import { CHART, chartOf } from './chart.ts'
import { followUpDue, reportDue, timeLeft } from './clocks.ts'
import { familyChanged, outOfOrder } from './consent-order.ts'
import { drawChart } from './draw-chart.ts'
import { explainRule } from './explain.ts'
import { disclosureOf, listOf } from './facts.ts'
import { letterOf } from './letter.ts'
import { initialsOf, plainLine, plainText, withInitials } from './plain.ts'
import {
  CRIME_QUESTIONS,
  HARM_CONSIDERATIONS,
  PROTECT_QUESTIONS,
  preventsCrime,
  protects,
  SIX_WORDS,
  wordsMissing,
} from './questions.ts'
import { usualItems } from './sections.ts'
import { unanswered } from './unanswered.ts'
import { ITEM_GROUPS } from './words.ts'

const told: ('why' | 'how-used' | 'with-whom' | 'if-given' | 'if-withheld')[] = [
  'why',
  'how-used',
  'with-whom',
  'if-given',
  'if-withheld',
]
const base: Draft = draftSchema.parse({
  ...emptyDraft(),
  worry: { words: 'Worry', risk: 'none', purpose: 'care-plan', urgent: false, reachedOn: '2015-08-20' },
  people: [
    {
      key: 'p-child',
      part: 'child',
      name: 'Aisha Noor Khan',
      born: '2008-03-09',
      address: '1 Mill Lane',
      addedOn: '2015-08-20',
    },
    {
      key: 'p-mother',
      part: 'adult',
      name: 'Farah Khan',
      age: 34,
      relation: 'mother',
      family: true,
      addedOn: '2015-08-20',
    },
  ],
  items: [
    { item: 'name', parts: [], why: 'To know whom' },
    {
      item: 'concern',
      parts: [{ section: 'concern', words: 'Aisha is tired. Farah Khan works nights.' }],
      why: 'To help',
    },
  ],
  recipients: [
    { key: 'r-1', entryId: 'e-1', name: 'Head', kind: 'school', needToKnow: 'Supports her', part: 'delivers' },
  ],
  family: { reviewedOn: '2015-08-21', note: '' },
  basis: 'consent',
  consent: [{ person: 'p-mother', state: 'given', askedOn: '2015-08-25', told, explicit: true }],
  balance: { ifShared: 'a', ifNot: 'b', proportionate: true, harmsMore: false },
})
const bexley = protocolNamed('bexley-2015')
const from = { kind: 'social-care', address: 'a.worker@bexley.gov.uk', name: 'A worker' } as const
const to = [{ kind: 'school', name: 'Head', role: 'Head teacher', address: 'head@school.example.sch.uk' }] as const
const day = '2015-09-01'
const asked = (draft: Draft): Disclosure => disclosureOf(draft, { from, to, day })!
const decided = (draft: Draft): Decision => decide(asked(draft), bexley, day)

describe('what a draft asks of the decision', () => {
  test('with informed consent in its order it may be shared', () => {
    expect(decided(base).outcome).toBe('share')
    expect(asked(base).consent).toEqual([
      { person: 'p-mother', relation: 'mother', age: 34, state: 'given', told, explicit: true },
    ])
  })
  test('names of the family stay out of what is decided about: persons go by key', () => {
    expect(JSON.stringify(asked(base))).not.toMatch(/Aisha|Khan|Mill Lane/)
  })
  test('BEX-21: each adult of the family is asked, and a child only from 16', () => {
    const child = base.people[0]!
    expect(isAsked(child, '2024-03-08')).toBe(false)
    expect(isAsked(child, '2024-03-09')).toBe(true)
    expect(isAsked(base.people[1]!, day)).toBe(true)
    expect(isAsked({ ...base.people[1]!, family: false }, day)).toBe(false)
  })
  test('BEX-22: whoever joined the family and was not asked holds the sharing', () => {
    const joined: Draft = {
      ...base,
      people: [
        ...base.people,
        { key: 'p-new', part: 'adult', name: 'Craig', age: 30, family: true, addedOn: '2015-08-30' },
      ],
    }
    expect(familyChanged(base)).toBe(false)
    expect(familyChanged(joined)).toBe(true)
    expect(decided(joined)).toMatchObject({ outcome: 'hold', needs: [{ id: 'consent' }] })
  })
  test('BEX-23: consent of someone who was told four of the five things does not count', () => {
    const draft: Draft = { ...base, consent: [{ ...base.consent[0]!, told: told.slice(1) }] }
    expect(decided(draft)).toMatchObject({ outcome: 'hold', needs: [{ id: 'consent' }] })
  })
  test('BEX-24: consent asked for before the referral, or after work with the family began, does not count', () => {
    const early: Draft = { ...base, consent: [{ ...base.consent[0]!, askedOn: '2015-08-19' }] }
    const late: Draft = { ...base, family: { ...base.family!, engagedOn: '2015-08-24' } }
    expect(outOfOrder(base.consent[0]!, base)).toBeUndefined()
    expect(outOfOrder(early.consent[0]!, early)).toMatch(/before the referral/)
    expect(outOfOrder(late.consent[0]!, late)).toMatch(/had begun before/)
    expect([decided(early).outcome, decided(late).outcome]).toEqual(['hold', 'hold'])
  })
  test('BEX-18: sensitive information needs it in so many words', () => {
    const draft: Draft = {
      ...base,
      items: [...base.items, { item: 'health', parts: [{ section: 'health', words: 'Asthma' }], why: 'To help' }],
    }
    expect(decided(draft).outcome).toBe('share')
    expect(decided({ ...draft, consent: [{ ...base.consent[0]!, explicit: false }] })).toMatchObject({
      outcome: 'hold',
      needs: [{ id: 'explicit-consent' }],
    })
  })
  test('BEX-27: after a withdrawal it waits for a ground', () => {
    const draft: Draft = { ...base, consent: [{ ...base.consent[0]!, state: 'withdrawn', withdrawnOn: '2015-08-30' }] }
    expect(decided(draft)).toMatchObject({ outcome: 'hold', needs: [{ id: 'ground' }] })
    expect(decided({ ...draft, basis: 'without', ground: { id: 'public-interest', facts: 'x' } }).outcome).toBe('share')
  })
  test('a ground counts only when the worker says that they share without consent', () => {
    expect(asked({ ...base, ground: { id: 'public-interest', facts: 'x' } }).ground).toBeUndefined()
  })
  test('CUM-52: a check of the list ends when the list changes; nobody confirms by their own word what a manager confirms', () => {
    const mark = { note: 'x', by: 'x', at: '2015-09-01T00:00:00Z' }
    const checked: Draft = {
      ...base,
      confirmed: [
        { ...mark, need: 'recipient-check', of: listOf(base) },
        { ...mark, need: 'manager-authorisation' },
        { ...mark, need: 'consent' },
      ],
    }
    expect(asked(checked).confirmed).toEqual(['recipient-check'])
    expect(
      disclosureOf(
        { ...checked, recipients: [...base.recipients, { ...base.recipients[0]!, key: 'r-2', entryId: 'e-2' }] },
        { from, to: [...to, ...to], day },
      )!.confirmed,
    ).toBeUndefined()
  })
})

describe('the chart', () => {
  test('BEX-12: asks the seven questions, and shows this case’s way through them in a picture with words', () => {
    const decision = decided(base)
    const chart = chartOf(asked(base), decision, bexley)
    expect(chart.map(({ step, answer }) => [step, answer])).toEqual([
      ['personal', 'yes'],
      ['sensitive', 'no'],
      ['consent', 'yes'],
      ['harm', 'passed'],
      ['crime', 'passed'],
      ['need', 'yes'],
      ['proportionate', 'yes'],
    ])
    for (const one of chart.filter(({ answer }) => answer !== 'passed'))
      expect(one.cites.length, one.step).toBeGreaterThan(0)
    const picture = drawChart(chart, decision.outcome)
    expect(picture).toMatch(/^<svg .*<title .*<desc .*Is there consent\? Yes\..*The answer: Share\.<\/desc>/)
  })
  test('BEX-12: a refusal without a ground stops at “to protect from harm”, and risk of harm leads past consent', () => {
    const refused: Draft = { ...base, consent: [{ ...base.consent[0]!, state: 'refused' }] }
    const stopped = chartOf(asked(refused), decided(refused), bexley)
    expect(Object.fromEntries(stopped.map(({ step, answer }) => [step, answer]))).toMatchObject({
      consent: 'no',
      harm: 'open',
      crime: 'open',
    })
    const harmed: Draft = { ...refused, worry: { ...base.worry!, risk: 'significant-harm' } }
    const passed = chartOf(asked(harmed), decided(harmed), bexley)
    expect(Object.fromEntries(passed.map(({ step, answer }) => [step, answer]))).toMatchObject({
      consent: 'no',
      harm: 'yes',
      need: 'yes',
      proportionate: 'yes',
    })
  })
  test('BEX-35: crime is a way for personal information only', () => {
    const draft: Draft = {
      ...base,
      worry: { ...base.worry!, purpose: 'crime-prevention' },
      basis: 'without',
      ground: { id: 'public-interest', facts: 'x' },
      consent: [{ ...base.consent[0]!, state: 'refused' }],
    }
    expect(chartOf(asked(draft), decided(draft), bexley).find((one) => one.step === 'crime')).toMatchObject({
      answer: 'yes',
      cites: ['BEX-4', 'BEX-33', 'BEX-35'],
    })
    const sensitive: Draft = {
      ...draft,
      items: [...draft.items, { item: 'offence', parts: [{ section: 'offence', words: 'x' }], why: 'x' }],
    }
    expect(chartOf(asked(sensitive), decided(sensitive), bexley).find((one) => one.step === 'crime')?.answer).toBe(
      'open',
    )
  })
  test('BEX-13: what identifies nobody asks no further question', () => {
    const draft: Draft = {
      ...base,
      items: [{ item: 'statistic', parts: [{ section: 'statistic', words: '12' }], why: 'Plan' }],
    }
    expect(chartOf(asked(draft), decided(draft), bexley).map((one) => one.answer)).toEqual([
      'no',
      ...CHART.slice(1).map(() => 'passed'),
    ])
  })
  test('is drawn for every protocol, and a missing need to know shows where it stops', () => {
    for (const [id, on] of [
      ['mps-2008', '2008-09-01'],
      ['cumbria-2015', '2016-03-01'],
      ['bournemouth-2016', '2016-10-01'],
      ['west-yorkshire-2005', '2005-03-01'],
      ['uk-2026', '2026-11-20'],
    ] as const) {
      const protocol = protocolNamed(id)
      const disclosure = asked({ ...base, recipients: [{ ...base.recipients[0]!, needToKnow: undefined }] })
      const decision = decide(disclosure, protocol, on)
      const chart = chartOf(disclosure, decision, protocol)
      expect(chart).toHaveLength(7)
      expect(chart.find((one) => one.step === 'need')?.answer === 'open', id).toBe(
        decision.needs.some((one) => one.id === 'need-to-know'),
      )
      expect(drawChart(chart, decision.outcome)).toContain('</svg>')
    }
  })
})

describe('the questions', () => {
  const yes = { answer: 'yes' as const, facts: 'x' }
  const no = { answer: 'no' as const, facts: '' }
  test('BEX-34: the considerations of significant harm are six', () => expect(HARM_CONSIDERATIONS).toHaveLength(6))
  test('BEX-33: someone must be at risk, and sharing must prevent harm; until four answers are there, nothing is said', () => {
    expect(PROTECT_QUESTIONS).toHaveLength(4)
    expect(protects({ evidence: yes, belief: no, prevents: yes })).toBeUndefined()
    expect(protects({ evidence: no, belief: yes, prevents: no, others: yes })).toBe(true)
    expect(protects({ evidence: no, belief: no, prevents: yes, others: yes })).toBe(false)
    expect(protects({ evidence: yes, belief: yes, prevents: no, others: no })).toBe(false)
  })
  test('BEX-35: sharing must prevent or detect crime and be proportionate to that', () => {
    expect(CRIME_QUESTIONS).toHaveLength(3)
    expect(preventsCrime({ prevents: no, detects: yes, aim: yes })).toBe(true)
    expect(preventsCrime({ prevents: yes, detects: yes, aim: no })).toBe(false)
    expect(preventsCrime({ prevents: no, detects: no, aim: yes })).toBe(false)
  })
  test('CUM-4: the six words are necessary, proportionate, relevant, accurate, timely and secure, and each wants a yes', () => {
    expect(SIX_WORDS.map((one) => one.id)).toEqual([
      'necessary',
      'proportionate',
      'relevant',
      'accurate',
      'timely',
      'secure',
    ])
    expect(wordsMissing(undefined)).toHaveLength(6)
    expect(wordsMissing({ ...Object.fromEntries(SIX_WORDS.map((one) => [one.id, yes])), accurate: no })).toEqual([
      'accurate',
    ])
  })
  test('BEX-34, CUM-4: significant harm waits for its considerations; imminent harm for none of them, and both for the check of the list', () => {
    const at = (risk: 'significant-harm' | 'imminent-harm'): Draft => ({ ...base, worry: { ...base.worry!, risk } })
    expect(unanswered(at('significant-harm'), 'referral', bexley, 0)).toEqual(['harm', 'protect', 'six-words', 'check'])
    expect(unanswered(at('imminent-harm'), 'referral', bexley, 0)).toEqual(['check'])
    expect(unanswered(base, 'police-report', bexley, 0)).toEqual(['six-words', 'report', 'check'])
  })
})

describe('clocks', () => {
  const at = new Date('2026-10-24T12:00:00Z')
  test('CUM-8: a follow-up is due 48 hours after the call, also over the change of the hour', () => {
    expect(followUpDue(at).toISOString()).toBe('2026-10-26T12:00:00.000Z')
    expect(timeLeft(followUpDue(at), new Date('2026-10-26T13:20:00Z'))).toEqual({
      overdue: true,
      text: '1 hour 20 minutes overdue',
    })
    expect(timeLeft(followUpDue(at), new Date('2026-10-26T11:59:30Z'))).toEqual({
      overdue: false,
      text: 'less than a minute left',
    })
  })
  test('MPS-7: red, amber and green reports are due after 4, 24 and 72 hours by the clock', () => {
    expect(
      (['red', 'amber', 'green'] as const).map((rag) => (reportDue(at, rag).getTime() - at.getTime()) / 3_600_000),
    ).toEqual([4, 24, 72])
  })
})

describe('words', () => {
  test('names lose what cannot be seen and turns the text around them, and keep their script', () => {
    expect(plainLine(' Zo\u0065\u0301  \u202Eevil\u2066 \u200F😀\u0000 ')).toBe('Zoé evil 😀')
    expect(plainLine('می\u200Cخواهم')).toBe('می\u200Cخواهم')
    expect(plainText('a \r\n\r\n\r\n\r\nb\u202E')).toBe('a\n\nb')
  })
  test('BOU-3: initials stand for the whole name and for its parts, in any script, and for nothing else', () => {
    expect(initialsOf('Aisha Noor Khan')).toBe('A.N.K.')
    expect(initialsOf('Ольга Жук-Иванова')).toBe('О.Ж.И.')
    expect(initialsOf('😀')).toBe('?')
    expect(withInitials('AISHA said that Khan’s dog and Khanna saw Aisha Noor Khan.', ['Aisha Noor Khan'])).toBe(
      'A. said that K.’s dog and Khanna saw A.N.K..',
    )
    expect(withInitials('a+b (Ann.*)', ['Ann.*'])).toBe('a+b (A.)')
  })
  test('every item is offered once, and what is usual for a purpose is among them', () => {
    expect(ITEM_GROUPS.flatMap((one) => one.items).sort()).toEqual([...ITEMS].sort())
    expect(usualItems('section-47')).toContain('incident-detail')
    expect(usualItems('general')).toEqual([])
  })
  test('ages are whole years on the day', () => {
    expect(ageOn({ part: 'child', born: '2008-03-09' }, '2015-03-08')).toBe(6)
    expect(ageOn({ part: 'child', born: '2008-03-09' }, '2015-03-09')).toBe(7)
    expect(ageOn({ part: 'unborn' }, '2015-03-09')).toBe(0)
  })
  test('CUM-56: each rule of each protocol can be said in plain words', () => {
    for (const id of ['bexley-2015', 'cumbria-2015', 'west-yorkshire-2005', 'uk-2026'])
      for (const rule of protocolNamed(id).text.rules)
        expect(explainRule(rule).join(' '), rule.says).not.toMatch(/undefined|\[object/)
  })
})

describe('the letter', () => {
  const facts = { form: 'referral', reference: 'ABC-DEF-GHI', day, sender: { name: 'A worker' } } as const
  const through = (items: Decision['items'], obligations: Decision['obligations'] = []): Decision => ({
    ...decided(base),
    items,
    obligations,
  })
  test('BEX-36: holds what the decision lets through and nothing else', () => {
    const full = letterOf(base, through(['name', 'concern']), facts)
    expect(full).toContain('Aisha Noor Khan')
    expect(full).toContain('Aisha is tired')
    expect(full).not.toContain('Mill Lane')
    expect(full).not.toContain('9 March')
    expect(letterOf(base, through(['name']), facts)).not.toContain('tired')
  })
  test('a name that is withheld is withheld inside the other words too', () => {
    const letter = letterOf(base, through(['concern']), facts)
    expect(letter).not.toMatch(/Aisha|Khan|Farah/)
    expect(letter).toContain('A. is tired')
  })
  test('BOU-3, CUM-25: where initials are owed, no name is in it', () => {
    const owed = [{ id: 'initials-only', when: 'with', text: '', cites: [] }] as const
    expect(letterOf(base, through(['name', 'concern'], owed), facts)).not.toMatch(/Aisha|Khan/)
  })
})

describe('advice', () => {
  test('BEX-3: a question that names the child, a parent, or one of their names is found out', () => {
    expect(identifyingIn('What about aisha?', base).known).toEqual(['Aisha'])
    expect(identifyingIn('She lives at 1 Mill Lane', base).known).toContain('1 Mill Lane')
    expect(identifyingIn('May I tell the school about the child?', base)).toEqual({ known: [], perhaps: [] })
  })
  test('BEX-3: the adviser sees kinds of things and bands of ages, and no name', () => {
    expect(JSON.stringify(anonymousFacts(base, day))).not.toMatch(/Aisha|Farah|Khan|Mill|Head"|2008/)
    expect(anonymousFacts(base, day)).toMatchObject({
      children: ['5 to 10'],
      information: ['Name', 'What the concern is'],
      recipients: ['School'],
    })
  })
})
