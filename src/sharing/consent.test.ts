import { describe, expect, test } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import { fill, openCast, SIX, typeReferral } from './cast.fixture.ts'
import { disclosureForDispatch } from './index.ts'

const cast = await openCast({ config: { demo: true } })
const { test: house, worker, entries } = cast

/** A case below section 47 under Bexley's guidance of 2015, with the mother on the list. */
async function bexley() {
  const browser = house.browser(worker)
  await browser.get('/disclosures/new')
  const seen = await browser.get('/disclosures/new')
  const id = /name="startId" value="([^"]+)"/.exec(seen.html)![1]!
  const started = await browser.post('/disclosures/new', {
    startId: id,
    form: 'referral',
    protocol: 'bexley-2015',
    'onDay-day': '1',
    'onDay-month': '9',
    'onDay-year': '2015',
  })
  expect(started.to).toBe(`/disclosures/${id}/worry`)
  const send = (path: string, fields: Record<string, string | readonly string[]>) => fill(browser, id, path, fields)
  await send('worry', { words: 'Needs help at school', risk: 'none' })
  await send('purpose', {
    purpose: 'care-plan',
    'reachedOn-day': '10',
    'reachedOn-month': '11',
    'reachedOn-year': '2026',
  })
  await send('about/person?part=child', { key: 'p-child', part: 'child', name: 'Ben Ash', age: '9' })
  await send('about/person?part=adult', {
    key: 'p-mother',
    part: 'adult',
    name: 'Mo Ash',
    age: '30',
    relation: 'mother',
    family: 'yes',
  })
  await send('information/choose', { items: ['name', 'health'] })
  await send('information/item?item=name', { item: 'name', why: 'To know whom' })
  await send('information/item?item=health', { item: 'health', 'words-health': 'Asthma', why: 'For sports' })
  await send('recipients', { add: entries.head })
  const key = `r-${entries.head.slice(0, 30)}`
  await send(`recipients/need?key=${key}`, { key, part: 'delivers', needToKnow: 'Teaches him' })
  return { id, browser, send }
}
const GIVEN = {
  key: 'p-mother',
  state: 'given',
  'askedOn-day': '12',
  'askedOn-month': '11',
  'askedOn-year': '2026',
  told: ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld'],
  explicit: 'yes',
  for: ['name', 'health'],
  competent: 'yes',
}

describe('consent', () => {
  test('BEX-20, BEX-23, BEX-25: is recorded person by person with the form beside it, and then the information may go', async () => {
    const { id, browser, send } = await bexley()
    expect((await browser.get(`/disclosures/${id}`)).html).toContain('For practice')
    expect((await send('family', {})).status).toBe(422)
    await send('family', { complete: 'yes' })
    expect((await send('consent', { basis: 'consent' })).html).toContain('Record first what Mo Ash said')
    const page = await browser.get(`/disclosures/${id}/consent/person?key=p-mother`)
    const version = /name="version" value="(\d+)"/.exec(page.html)![1]!
    await browser.post(
      `/disclosures/${id}/consent/person?key=p-mother`,
      { version, ...GIVEN },
      { consentForm: { name: 'signed.pdf', content: '%PDF-1.4 signed' } },
    )
    await send('consent', { basis: 'consent' })
    await send('six-words', SIX)
    await send('balance', { ifShared: 'Nothing much', ifNot: 'No inhaler', answer: 'yes' })
    const decision = await browser.get(`/disclosures/${id}/decision`)
    expect(decision.html).toContain('You may share this')
    expect(decision.html).toContain('Bexley')
    const sent = await send('check', { right: 'yes' })
    expect(sent.to, sent.html).toBe(`/disclosures/${id}/record?sent=yes`)
    const found = await actIn(house.house, { actor: system, act: 'test' }, (ctx) => disclosureForDispatch(ctx, id))
    expect(found?.decision.protocol).toMatchObject({ id: 'bexley-2015', on: '2015-09-01' })
    expect(found?.documents, 'the form stays').toEqual([])
    expect((await browser.get(`/disclosures/${id}/record`)).html).toContain('signed.pdf')
  })

  test('BEX-26, BEX-27: withdrawn before it has gone, it is stopped and stands as held', async () => {
    const { id, browser, send } = await bexley()
    await send('family', { complete: 'yes' })
    await send('consent/person?key=p-mother', GIVEN)
    await send('consent', { basis: 'consent' })
    await send('six-words', SIX)
    await send('balance', { ifShared: 'Nothing much', ifNot: 'No inhaler', answer: 'yes' })
    await send('check', { right: 'yes' })
    const address = `/disclosures/${id}/consent/withdraw?key=p-mother`
    await browser.get(address)
    expect((await browser.post(address, { how: 'By telephone' })).html).toContain('Tell them what follows')
    expect((await browser.post(address, { how: 'By telephone', toldOfConsequences: 'yes' })).to).toBe(
      `/disclosures/${id}/record`,
    )
    expect(
      await actIn(house.house, { actor: system, act: 'test' }, (ctx) => disclosureForDispatch(ctx, id)),
    ).toBeUndefined()
    expect((await browser.get(`/disclosures/${id}/record`)).html).toContain('Held')
    expect((await browser.get(`/disclosures/${id}/decision`)).html).toContain('Consent was withdrawn')
  })

  test('BEX-2, BEX-18: without consent the ground is chosen from the protocol’s own, with the facts and the risk in asking', async () => {
    const { id, browser, send } = await bexley()
    await send('family', { complete: 'yes' })
    expect((await send('consent', { basis: 'without' })).to).toBe(`/disclosures/${id}/ground`)
    const page = await browser.get(`/disclosures/${id}/ground`)
    expect(page.html).toContain('matter of life or death')
    expect(page.html).not.toContain('16LA')
    expect((await send('ground', { ground: 'duty-16LA', facts: 'x', riskInAsking: 'y' })).html).toContain(
      'does not name that ground',
    )
    expect((await send('ground', { ground: 'medical', facts: 'x' })).html).toContain(
      'record why asking would be unsafe',
    )
    expect(
      (await send('ground', { ground: 'medical', facts: 'An attack last week', riskInAsking: 'Mother in hospital' }))
        .status,
    ).toBe(303)
    expect((await browser.get(`/disclosures/${id}/record`)).html).toContain('Mother in hospital')
  })

  test('BEX-28: whoever is said to lack capacity needs the facts recorded; a child under 16 is asked whether they understand (WY-13)', async () => {
    const { id, browser, send } = await bexley()
    expect((await send('consent/person?key=p-mother', { ...GIVEN, competent: 'no' })).html).toContain(
      'Say what you base this on',
    )
    expect((await browser.get(`/disclosures/${id}/consent/person?key=p-child`)).html).toContain(
      'understand enough to decide',
    )
    expect((await send('consent/person?key=p-child', { ...GIVEN, key: 'p-child', competent: '' })).html).toContain(
      'Choose whether they understand enough',
    )
  })
})

test('WY-12: under West Yorkshire’s protocol the six grounds for sharing without consent are the choice', async () => {
  const browser = house.browser(worker)
  const seen = await browser.get('/disclosures/new')
  const id = /name="startId" value="([^"]+)"/.exec(seen.html)![1]!
  await browser.post('/disclosures/new', { startId: id, form: 'referral', protocol: 'west-yorkshire-2005' })
  const grounds = [
    ...(await browser.get(`/disclosures/${id}/ground`)).html.matchAll(/name="ground" type="radio" value="([^"]+)"/g),
  ].map((one) => one[1])
  expect(grounds.sort()).toEqual([
    'build-a-picture',
    'crime',
    'judgement-of-significant-harm',
    'refused-but-harm',
    'register-check',
    'risk-in-seeking-consent',
  ])
})

test('an earlier protocol cannot be chosen outside an invented area, nor on a day outside its force', async () => {
  const browser = house.browser(worker)
  const seen = await browser.get('/disclosures/new')
  const id = /name="startId" value="([^"]+)"/.exec(seen.html)![1]!
  const refused = await browser.post('/disclosures/new', {
    startId: id,
    form: 'referral',
    protocol: 'bexley-2015',
    'onDay-day': '1',
    'onDay-month': '1',
    'onDay-year': '2014',
  })
  expect(refused.html).toContain('was not in force on that day')
  const real = await openCast()
  const other = real.test.browser(real.worker)
  expect((await other.get('/disclosures/new')).html).not.toContain('For practice')
  await other.post('/disclosures/new', { startId: id, form: 'referral', protocol: 'bexley-2015' })
  const { rows } = await real.test.house.database.pool.query('select protocol, on_day from sharing.disclosure')
  expect(rows).toEqual([{ protocol: 'uk-2026', on_day: null }])
})

test('recipients who are no longer in the directory hold it with a sentence', async () => {
  const { id, browser } = await typeReferral(cast)
  await house.house.database.pool.query(`update people.entry set left_on = '2026-11-01' where id = $1`, [entries.hub])
  expect((await browser.get(`/disclosures/${id}/decision`)).html).toContain('No longer in the directory')
  await house.house.database.pool.query(`update people.entry set left_on = null where id = $1`, [entries.hub])
})
