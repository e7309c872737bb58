import { describe, expect, test } from 'vitest'
import { decide, protocolNamed } from '../../protocols/index.ts'
import type { Draft } from '../draft.ts'
import { isAsked } from './ages.ts'
import { CHART, chartOf } from './chart.ts'
import { familyChanged, outOfOrder } from './consent-order.ts'
import { asked, base, bexley, day, decided, from, to, told } from './draft.fixture.ts'
import { drawChart } from './draw-chart.ts'
import { disclosureOf, listOf } from './facts.ts'

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
