import { afterAll, expect, it } from 'vitest'
import { actIn, newId, system } from '../platform/index.ts'
import { CONSIDERED, fill, openCast, PROTECTED, SIX, typeReferral } from '../sharing/cast.fixture.ts'
import { disclosureForDispatch } from '../sharing/index.ts'
import { navigation as sharingNavigation, pages as sharingPages } from '../sharing/room.ts'
import { dispatch } from './dispatch.ts'
import { jobs, navigation, pages } from './room.ts'
import { openSink } from './sink.fixture.ts'
import { dispatchesOf } from './store/dispatches.ts'

const sink = await openSink()
afterAll(() => sink.stop())
const cast = await openCast({
  pages: [...sharingPages, ...pages],
  navigation: [...sharingNavigation, ...navigation],
  jobs,
  relay: { url: sink.url, ca: sink.ca },
})

it('a referral decided in the pages goes by secure e-mail, and its proof shows who had it, when and why', async () => {
  const { id, browser } = await typeReferral(cast)
  await fill(browser, id, 'harm', CONSIDERED)
  await fill(browser, id, 'protect', PROTECTED)
  await fill(browser, id, 'six-words', SIX)
  await fill(browser, id, 'route', { route: 'secure-email' })
  const check = await browser.get(`/disclosures/${id}/check`)
  const version = /name="version" value="(\d+)"/.exec(check.html)![1]!
  expect((await browser.post(`/disclosures/${id}/check`, { version, right: 'yes' })).status).toBe(303)
  expect(await cast.test.runJobs()).toEqual([])

  expect(sink.received.map((mail) => mail.to)).toEqual([['dave.hill@northby.gov.uk']])
  const mail = sink.received[0]!.raw.toString()
  expect(mail).toMatch(/^Subject: CONFIDENTIAL: reference /m)
  expect(mail.replace(/=\r\n/g, '')).toContain('Aisha is afraid to go home.')

  const custody = await browser.get(`/disclosures/${id}/custody`)
  expect(custody.html).toContain('Dave Hill')
  const dispatch = /href="(\/dispatches\/[0-9a-f-]{36})"/.exec(custody.html)![1]!
  const chain = await browser.get(dispatch)
  for (const part of ['Decided and made ready', 'Sending began', 'Taken over by the mail server', 'Dave Hill'])
    expect(chain.html).toContain(part)
  const form = await browser.get(`${dispatch}/steps/received`)
  expect(form.status).toBe(200)
  await browser.post(`${dispatch}/steps/received`, { by: 'Dave Hill', how: 'By telephone' })
  expect((await browser.get(dispatch)).html).toContain('Received by the right person')
  const proof = await browser.get(`${dispatch}/proof`)
  expect(proof.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await browser.get(`/disclosures/${id}/record`)).status).toBe(200)
})

it('BEX-26: what was stopped before it went is not sent; decided anew, it goes', async () => {
  sink.received.length = 0
  const { id, browser } = await typeReferral(cast)
  await fill(browser, id, 'harm', CONSIDERED)
  await fill(browser, id, 'protect', PROTECTED)
  await fill(browser, id, 'six-words', SIX)
  await fill(browser, id, 'route', { route: 'secure-email' })
  const version = /name="version" value="(\d+)"/.exec((await browser.get(`/disclosures/${id}/check`)).html)![1]!
  await browser.post(`/disclosures/${id}/check`, { version, right: 'yes' })
  const { house } = cast.test
  const asSystem = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house, { actor: system, act: 'test' }, work)
  const found = (await asSystem((ctx) => disclosureForDispatch(ctx, id)))!
  await asSystem((ctx) => dispatch(ctx, found))
  await house.database.pool.query(`update sharing.disclosure set state = 'held' where id = $1`, [id])
  expect(await cast.test.runJobs()).toEqual([])
  expect(sink.received.filter((mail) => mail.to[0] === 'dave.hill@northby.gov.uk')).toEqual([])
  const [stopped] = await asSystem((ctx) => dispatchesOf(ctx.tx, id))
  expect(stopped).toMatchObject({ state: 'failed', attempt: 1 })
  expect((await browser.get(`/dispatches/${stopped!.id}`)).html).toContain('Stopped before it went')

  await house.database.pool.query(`update sharing.disclosure set state = 'decided' where id = $1`, [id])
  await asSystem((ctx) => dispatch(ctx, { ...found, decisionId: newId() }))
  expect(await cast.test.runJobs()).toEqual([])
  expect(sink.received.filter((mail) => mail.to[0] === 'dave.hill@northby.gov.uk')).toHaveLength(1)
  expect(await asSystem((ctx) => dispatchesOf(ctx.tx, id))).toMatchObject([{ state: 'sent', attempt: 2 }])
})
