import { describe, expect, test } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import { CONSIDERED, fill, openCast, PROTECTED, SIX, typeReferral } from './cast.fixture.ts'
import { disclosureForDispatch, recordSent } from './index.ts'

const cast = await openCast()
const { test: house, worker, colleague, hubWorker, teacher } = cast
const inHouse = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house.house, { actor: system, act: 'test' }, work)

describe('a referral from worry to decision', () => {
  test('every page shows itself, and the referral is decided, recorded and handed over once', async () => {
    const { id, browser } = await typeReferral(cast)
    for (const path of [
      '',
      'worry',
      'purpose',
      'about',
      'about/person?part=child',
      'about/person?part=unborn',
      'information',
      'information/choose',
      'documents',
      'recipients',
      'recipients?q=dave',
      'decision',
      'route',
      'check',
      'ask',
      'authorise?kind=manager-authorisation',
      'not-share',
      'confirm?need=urgency',
      'record',
      'harm',
      'protect',
      'six-words',
      'balance',
      'family',
      'consent',
      'consent/person?key=p-mother',
      'ground',
      'crime',
      'call',
      'report',
    ]) {
      const seen = await browser.get(`/disclosures/${id}/${path}`)
      expect(seen.status, `${path}\n${seen.html.slice(0, 3000)}`).toBe(200)
      expect(seen.html).not.toContain('undefined')
      expect(seen.html).not.toContain('[object Object]')
    }
    const early = await browser.get(`/disclosures/${id}/check`)
    expect(early.html).toContain('It cannot go yet')
    await fill(browser, id, 'harm', CONSIDERED)
    await fill(browser, id, 'protect', PROTECTED)
    await fill(browser, id, 'six-words', SIX)
    const decision = await browser.get(`/disclosures/${id}/decision`)
    expect(decision.html).toContain('<svg class="sharing-chart"')
    expect(decision.html).toContain('href="/rules/')
    await fill(browser, id, 'route', { route: 'secure-email' })
    const check = await browser.get(`/disclosures/${id}/check`)
    expect(check.html).toContain('dave.hill@northby.gov.uk')
    expect(check.html).toContain('Dave Hall')
    const version = /name="version" value="(\d+)"/.exec(check.html)![1]!
    expect((await browser.post(`/disclosures/${id}/check`, { version })).status).toBe(422)
    const [one, two] = await Promise.all([
      browser.post(`/disclosures/${id}/check`, { version, right: 'yes' }),
      browser.post(`/disclosures/${id}/check`, { version, right: 'yes' }),
    ])
    expect([one.status, two.status], one.html + two.html).toEqual([303, 303])
    const { rows: jobs } = await house.house.database.pool.query(
      `select from graphile_worker.jobs where task_identifier = 'transfer.dispatch'`,
    )
    expect(jobs).toHaveLength(1)
    const { rows: decisions } = await house.house.database.pool.query(`select outcome from protocols.decision`)
    expect(decisions).toEqual([{ outcome: 'share' }])
    const found = (await inHouse((ctx) => disclosureForDispatch(ctx, id)))!
    expect(found.recipients).toMatchObject([{ index: 0, route: 'secure-email', party: { name: 'Dave Hill' } }])
    expect(found.letter).toContain('Aisha is afraid to go home.')
    expect(found.letter).not.toContain('Farah')
    await inHouse((ctx) => recordSent(ctx, id))
    await inHouse((ctx) => recordSent(ctx, id))
    expect(await inHouse((ctx) => disclosureForDispatch(ctx, id))).toBeUndefined()
    const record = await browser.get(`/disclosures/${id}/record`)
    expect(record.html).toContain('it comes out the same')
    expect((await browser.get(`/disclosures/${id}/worry`)).to).toBe(`/disclosures/${id}/record`)
    const queue = await house.browser(hubWorker).get('/intake')
    expect(queue.html).toContain('A.N.K. 11')
  })

  test('a draft is seen by its own agency and by nobody else', async () => {
    const { id } = await typeReferral(cast)
    expect((await house.browser(colleague).get(`/disclosures/${id}`)).status).toBe(200)
    expect((await house.browser(teacher).get(`/disclosures/${id}`)).status).toBe(404)
    expect((await house.browser(teacher).get(`/disclosures/${id}/record`)).status).toBe(404)
  })

  test('two people deciding the same referral: the second is told who changed it, loses nothing and overwrites nothing', async () => {
    const { id, browser } = await typeReferral(cast)
    const other = house.browser(colleague)
    const mine = await browser.get(`/disclosures/${id}/balance`)
    const theirs = await other.get(`/disclosures/${id}/balance`)
    const version = /name="version" value="(\d+)"/.exec(theirs.html)![1]!
    expect(/name="version" value="(\d+)"/.exec(mine.html)![1]).toBe(version)
    const typed = { version, ifShared: 'Distress', ifNot: 'More harm', answer: 'yes' }
    expect((await other.post(`/disclosures/${id}/balance`, typed)).status).toBe(303)
    const late = await browser.post(`/disclosures/${id}/balance`, { ...typed, ifShared: 'What I thought of it' })
    expect(late.status).toBe(409)
    expect(late.html).toContain('Colin Colleague')
    expect(late.html).toContain('What I thought of it')
    const again = await browser.get(`/disclosures/${id}/balance`)
    expect(again.html).toContain('Distress')
    expect((await other.post(`/disclosures/${id}/balance`, typed)).status).toBe(303)
  })

  test('BEX-7: not sharing is a decision of equal standing, recorded with its reasons', async () => {
    const { id, browser } = await typeReferral(cast)
    expect((await fill(browser, id, 'not-share', { reasons: '' })).status).toBe(422)
    expect(
      (await fill(browser, id, 'not-share', { reasons: 'Already known to them', instead: 'Review on Friday' })).to,
    ).toBe(`/disclosures/${id}/record`)
    const record = await browser.get(`/disclosures/${id}/record`)
    expect(record.html).toContain('Already known to them')
    expect(record.html).toContain('Not shared')
    expect((await browser.get('/disclosures?show=not-shared')).html).toContain(id)
    expect(await inHouse((ctx) => disclosureForDispatch(ctx, id))).toBeUndefined()
  })

  test('what is typed when the sign-in has run out is there again after it', async () => {
    const { id, browser } = await typeReferral(cast)
    const seen = await browser.get(`/disclosures/${id}/balance`)
    const version = /name="version" value="(\d+)"/.exec(seen.html)![1]!
    browser.expire()
    const away = await browser.post(`/disclosures/${id}/balance`, {
      version,
      ifShared: 'Long thoughts',
      ifNot: 'Other',
      answer: 'yes',
    })
    browser.expire(false)
    const next = decodeURIComponent(/next=([^&]+)/.exec(away.to!)![1]!)
    expect((await browser.get(next)).html).toContain('Long thoughts')
  })
})

describe('imminent harm', () => {
  test('CUM-7: the number of the hub stands on the screen at once, and the call is recorded with its immediate decision', async () => {
    const browser = house.browser(worker)
    const { id } = await typeReferral(cast, { risk: 'imminent-harm' })
    const page = await browser.get(`/disclosures/${id}/call`)
    expect(page.html).toContain('01632 960 100')
    expect(page.html).not.toContain('01632 960 200')
    const callId = /name="callId" value="([^"]+)"/.exec(page.html)![1]!
    const fields = {
      callId,
      spokenTo: 'Dave at the hub',
      telephone: '01632 960 100',
      'madeOn-day': '20',
      'madeOn-month': '11',
      'madeOn-year': '2026',
      madeAt: '09:30',
      told: 'He is being hit',
      understood: 'Immediate risk',
      decision: 'Police attend now',
    }
    expect((await fill(browser, id, 'call', fields)).status).toBe(303)
    expect((await fill(browser, id, 'call', fields)).status).toBe(303)
    const { rows } = await house.house.database.pool.query(
      'select told, understood, decision, follow_up_due from sharing.call where disclosure = $1',
      [id],
    )
    expect(rows).toEqual([
      {
        told: 'He is being hit',
        understood: 'Immediate risk',
        decision: 'Police attend now',
        follow_up_due: new Date('2026-11-22T09:30:00Z'),
      },
    ])
  })

  test('CUM-8: the written follow-up is due 48 hours after the call, shows as overdue, and is done when it is sent', async () => {
    const browser = house.browser(worker)
    const owed = await browser.get('/follow-ups')
    expect(owed.html).toContain('1 day 23 hours left')
    house.clock.forward(3 * 24 * 3_600_000)
    expect((await browser.get('/')).html).toContain('overdue')
    expect((await browser.get('/follow-ups')).html).toContain('1 day 30 minutes overdue')
    house.clock.forward(-3 * 24 * 3_600_000)
    const id = /href="\/disclosures\/([0-9a-f-]{36})"/.exec(owed.html)![1]!
    await fill(browser, id, 'route', { route: 'secure-email' })
    expect((await fill(browser, id, 'check', { right: 'yes' })).to).toBe(`/disclosures/${id}/record?sent=yes`)
    expect((await browser.get('/follow-ups')).html).toContain(id)
    await inHouse((ctx) => recordSent(ctx, id))
    expect((await browser.get('/follow-ups')).html).toContain('None is owed')
  })

  test('CUM-7: imminent harm waits for none of the considerations, and still for the check of the list (CUM-52)', async () => {
    const { id, browser } = await typeReferral(cast, { risk: 'imminent-harm' })
    await fill(browser, id, 'route', { route: 'secure-email' })
    expect((await fill(browser, id, 'check', {})).status).toBe(422)
    const sent = await fill(browser, id, 'check', { right: 'yes' })
    expect(sent.to, sent.html).toBe(`/disclosures/${id}/record?sent=yes`)
  })
})
