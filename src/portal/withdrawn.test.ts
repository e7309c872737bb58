import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import type { Route } from '../protocols/index.ts'
import { fill, openCast, SIX } from '../sharing/cast.fixture.ts'
import { disclosureForDispatch } from '../sharing/index.ts'
import { pages as sharingPages } from '../sharing/room.ts'
import { dispatch } from '../transfer/index.ts'
import { jobs as transferJobs, pages as transferPages } from '../transfer/room.ts'
import { openSink } from '../transfer/sink.fixture.ts'
import { jobs, pages } from './room.ts'

const sink = await openSink()
afterAll(() => sink.stop())
const cast = await openCast({
  config: { demo: true },
  pages: [...sharingPages, ...transferPages, ...pages],
  jobs: [...transferJobs, ...jobs],
  relay: { url: sink.url, ca: sink.ca },
})
const { test: house, worker, entries } = cast
const browser = house.browser(worker)
const asSystem = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house.house, { actor: system, act: 'test' }, work)
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

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
/** Who gets it, by which route, in the order of the disclosure. */
const to: readonly [string, Route][] = [
  [entries.head, 'portal'],
  [entries.doctor, 'encrypted-attachment'],
  [entries.hub, 'recorded-post'],
  [entries.hubTwo, 'recorded-post'],
  [entries.police, 'portal'],
]

let id: string
let sent: Record<string, string>

/** A case on consent, under Bexley's guidance of 2015, that goes to five by different routes. */
beforeAll(async () => {
  const seen = await browser.get('/disclosures/new')
  id = /name="startId" value="([^"]+)"/.exec(seen.html)![1]!
  const day = { 'onDay-day': '1', 'onDay-month': '9', 'onDay-year': '2015' }
  await browser.post('/disclosures/new', { startId: id, form: 'referral', protocol: 'bexley-2015', ...day })
  const send = (path: string, fields: Record<string, string | readonly string[]>) => fill(browser, id, path, fields)
  await send('worry', { words: 'Needs help at school', risk: 'none' })
  const reached = { 'reachedOn-day': '10', 'reachedOn-month': '11', 'reachedOn-year': '2026' }
  await send('purpose', { purpose: 'care-plan', ...reached })
  await send('about/person?part=child', { key: 'p-child', part: 'child', name: 'Ben Ash', age: '9' })
  const mother = { key: 'p-mother', part: 'adult', name: 'Mo Ash', age: '30', relation: 'mother', family: 'yes' }
  await send('about/person?part=adult', mother)
  await send('information/choose', { items: ['name', 'health'] })
  await send('information/item?item=name', { item: 'name', why: 'To know whom' })
  await send('information/item?item=health', { item: 'health', 'words-health': 'Asthma', why: 'For sports' })
  for (const [entry] of to) {
    await send('recipients', { add: entry })
    const key = `r-${entry.slice(0, 30)}`
    await send(`recipients/need?key=${key}`, { key, part: 'delivers', needToKnow: 'Works with him' })
  }
  await send('family', { complete: 'yes' })
  await send('consent/person?key=p-mother', GIVEN)
  await send('consent', { basis: 'consent' })
  await send('six-words', SIX)
  await send('balance', { ifShared: 'Nothing much', ifNot: 'No inhaler', answer: 'yes' })
  const gone = await send('check', { right: 'yes' })
  expect(gone.to, words(gone.html)).toBe(`/disclosures/${id}/record?sent=yes`)
  const found = (await asSystem((ctx) => disclosureForDispatch(ctx, id)))!
  expect(
    found.recipients.map((one) => one.route),
    'each their own',
  ).toEqual(found.decision.recipients.map((one) => one.route))
  const recipients = found.recipients.map((one) => ({ ...one, route: to[one.index]![1] }))
  const made = await asSystem((ctx) => dispatch(ctx, { ...found, recipients }))
  sent = Object.fromEntries(made.map((one) => [one.recipientName, one.id]))
  expect(await house.runJobs()).toEqual([])
  const posted = { named: 'yes', envelope: 'yes', tracking: 'AB 1234 5678 9GB', cost: '4.35' }
  expect((await browser.post(`/dispatches/${sent['Dave Hill']}/steps/posted`, posted)).status).toBe(303)
  // The detective opens hers.
  const invited = sink.received.find((mail) => mail.to[0] === 'petra@vale.police.uk')!
  const link = /(\/portal\/[\w-]+)/.exec(invited.raw.toString().replaceAll(/=\r?\n/g, ''))![1]!
  const code = /\b(\d{4}) (\d{4})\b/.exec(
    words((await browser.get(`/dispatches/${sent['Petra Police']}/portal`)).html),
  )!
  const reader = house.browser()
  await reader.get(link)
  const password = 'harbour violet kestrel'
  const entered = await reader.post(link, { password, again: password, code: code.slice(1).join('') })
  expect((await reader.get(entered.to!)).html).toContain('Asthma')
  expect(await house.runJobs()).toEqual([])
})

const stateOf = async (name: string): Promise<string> => {
  const { rows } = await house.house.database.pool.query('select state from transfer.dispatch where id = $1', [
    sent[name],
  ])
  return rows[0].state
}
const owed = async (name: string): Promise<{ kind: string; text: string; cites: string[] }[]> =>
  (
    await house.house.database.pool.query(
      'select kind, text, cites from transfer.task where dispatch = $1 and done_at is null order by kind',
      [sent[name]],
    )
  ).rows

describe('BEX-55: what was wrong is put right wherever it went', () => {
  test('everyone who has it is owed the correction, and nobody who has not', async () => {
    expect((await browser.get(`/disclosures/${id}/record`)).html).toContain(`/disclosures/${id}/correct`)
    const page = words((await browser.get(`/disclosures/${id}/correct`)).html)
    for (const name of ['Harriet Head', 'Dora Doctor', 'Dave Hill', 'Petra Police']) expect(page).toContain(name)
    expect(page, 'not posted yet').not.toContain('Dave Hall')
    const empty = await browser.post(`/disclosures/${id}/correct`, { item: 'health' })
    expect(empty.status).toBe(422)
    expect(words(empty.html)).toContain('Enter what is right')
    const begun = await browser.post(`/disclosures/${id}/correct`, {
      item: 'health',
      wrong: 'Asthma',
      right: 'Hay fever; no inhaler is needed',
      how: 'His doctor wrote on Monday',
    })
    const correction = /^\/disclosures\/([0-9a-f-]{36})\/decision$/.exec(begun.to ?? '')![1]!
    for (const name of ['Harriet Head', 'Dora Doctor', 'Dave Hill', 'Petra Police'])
      expect(await owed(name)).toContainEqual(
        expect.objectContaining({ kind: expect.stringMatching(/^send-correction/), cites: ['BEX-55'] }),
      )
    expect((await owed('Dave Hall')).some((task) => task.kind.startsWith('send-correction'))).toBe(false)
    const decision = words((await browser.get(`/disclosures/${correction}/decision`)).html)
    expect(decision).toContain('You may share this')
    expect(decision).not.toContain('Dave Hall')

    const gone = await fill(browser, correction, 'check', { right: 'yes' })
    expect(gone.to, words(gone.html)).toBe(`/disclosures/${correction}/record?sent=yes`)
    expect(await house.runJobs()).toEqual([])
    // Each task ends when the correction has gone to that recipient, and only then.
    const { rows } = await house.house.database.pool.query<{ name: string; state: string }>(
      'select recipient_name as name, state from transfer.dispatch where disclosure = $1',
      [correction],
    )
    expect(rows.map((row) => row.name).sort()).toEqual(['Dave Hill', 'Dora Doctor', 'Harriet Head', 'Petra Police'])
    for (const { name, state } of rows)
      expect((await owed(name)).some((task) => task.kind.startsWith('send-correction'))).toBe(state === 'prepared')
    expect(rows.some((row) => row.state === 'sent')).toBe(true)
    const record = words((await browser.get(`/disclosures/${correction}/record`)).html)
    expect(record).toContain('What is right: Hay fever; no inhaler is needed')
    expect(record).toContain('It puts right what')
    expect(words((await browser.get(`/disclosures/${id}/record`)).html)).toContain('Put right by')
  })
})

test('BEX-32: a changed plan brings somebody new: what is recorded is taken over, weighed and decided anew for them', async () => {
  const page = await browser.get(`/disclosures/${id}/again`)
  expect(words(page.html)).toContain('no more')
  const begun = await browser.post(`/disclosures/${id}/again`, {})
  const again = /^\/disclosures\/([0-9a-f-]{36})\/recipients$/.exec(begun.to ?? '')![1]!
  const { rows } = await house.house.database.pool.query('select state, draft from sharing.disclosure where id = $1', [
    again,
  ])
  expect(rows[0]).toMatchObject({ state: 'draft', draft: { recipients: [], confirmed: [] } })
  expect(rows[0].draft.items).toHaveLength(2)
  expect(rows[0].draft).not.toHaveProperty('balance')
  expect((await browser.get(`/disclosures/${again}/again`)).status, 'only what was sent').toBe(409)
})

test('BEX-9: what the words mean stands one click from where they are written', async () => {
  expect((await browser.get(`/disclosures/${id}/record`)).status).toBe(200)
  const page = words((await browser.get('/words')).html)
  for (const word of ['Fraser', 'PEP', 'come to notice']) expect(page).toContain(word)
})

test('BEX-5: what it may do to others is weighed too, and stands in the record', async () => {
  const started = await browser.post(`/disclosures/${id}/again`, {})
  const again = started.to!.split('/')[2]!
  const others = 'His sister lives there too'
  await fill(browser, again, 'balance', { ifShared: 'Distress', ifNot: 'No inhaler', others, answer: 'yes' })
  expect(words((await browser.get(`/disclosures/${again}/record`)).html)).toContain(others)
})

describe('BEX-26, BEX-27: consent is withdrawn when some have it and some have not', () => {
  beforeAll(async () => {
    const address = `/disclosures/${id}/consent/withdraw?key=p-mother`
    expect(words((await browser.get(address)).html)).toContain('What has not gone yet is stopped')
    sink.received.length = 0
    await browser.post(address, { how: 'By telephone', toldOfConsequences: 'yes' })
    expect(await house.runJobs()).toEqual([])
  })

  test('what was not posted yet is stopped, its sender is asked, and nobody can post it or choose another way', async () => {
    expect(await stateOf('Dave Hall')).toBe('failed')
    expect((await owed('Dave Hall')).map((task) => task.kind)).toEqual(['stopped'])
    expect((await owed('Dave Hall'))[0]!.cites).toEqual(['BEX-26', 'BEX-27'])
    const form = await browser.get(`/dispatches/${sent['Dave Hall']}/route`)
    expect(form.status).toBe(409)
    expect(words(form.html)).toContain('no longer released')
    expect((await browser.get(`/dispatches/${sent['Dave Hall']}`)).html).toContain('Stopped before it went')
  })

  test('what nobody had opened in the portal is taken back, and its link opens nothing', async () => {
    expect(await stateOf('Harriet Head')).toBe('failed')
    expect((await browser.get(`/dispatches/${sent['Harriet Head']}`)).html).toContain('Taken back before it was opened')
    const page = await browser.get(`/dispatches/${sent['Harriet Head']}/portal`)
    expect(words(page.html)).toMatch(/taken back/i)
  })

  test('an archive whose password was not told can be opened by nobody any more', async () => {
    const { rows } = await house.house.database.pool.query('select sealed from transfer.password where dispatch = $1', [
      sent['Dora Doctor'],
    ])
    expect(rows).toEqual([{ sealed: null }])
    const tasks = await owed('Dora Doctor')
    expect(tasks.map((task) => task.kind)).toEqual(['tell-withdrawal'])
    expect((await browser.get(`/dispatches/${sent['Dora Doctor']}`)).html).toContain('Password destroyed')
    expect(tasks[0]!.text).toContain('its password was not told')
  })

  test('whoever has it is told: a task by the route by which it went, and a mail to the sender that names nobody', async () => {
    for (const name of ['Dave Hill', 'Petra Police']) {
      const [task] = (await owed(name)).filter((one) => one.kind === 'tell-withdrawal')
      expect(task!.text).toContain(`Tell ${name} that consent was withdrawn`)
      expect(['sent', 'read', 'arrived']).toContain(await stateOf(name))
    }
    const told = sink.received.filter((mail) => mail.to[0] === 'w.worker@northby.gov.uk')
    expect(told.length).toBeGreaterThan(0)
    for (const mail of told) expect(mail.raw.toString()).not.toMatch(/Ben|Ash|Asthma|Petra|Dave/)
    expect(words((await browser.get(`/disclosures/${id}/record`)).html)).toContain('Nothing more of this goes since')
  })

  test('asked again it does nothing twice', async () => {
    const before = await Promise.all(Object.keys(sent).map(owed))
    await browser.post(`/disclosures/${id}/consent/withdraw?key=p-mother`, { how: 'Again', toldOfConsequences: 'yes' })
    expect(await house.runJobs()).toEqual([])
    expect(await Promise.all(Object.keys(sent).map(owed))).toEqual(before)
  })
})
