import { describe, expect, test } from 'vitest'
import { type Decision, ITEMS, protocolNamed } from '../../protocols/index.ts'
import type { Draft } from '../draft.ts'
import { ageOn } from './ages.ts'
import { anonymousFacts, identifyingIn } from './anonymous.ts'
import { followUpDue, reportDue, timeLeft } from './clocks.ts'
import { base, bexley, day, decided } from './draft.fixture.ts'
import { explainRule } from './explain.ts'
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
