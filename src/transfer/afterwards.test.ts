import { afterAll, describe, expect, test } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import { decide, protocolNamed } from '../protocols/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { statementsFor } from './composing/statements.ts'
import { brenda, colleague, consignmentBy, decidedConsignment, head, stranger } from './consignment.fixture.ts'
import { dispatch } from './index.ts'
import { holdings, jobs, navigation, pages } from './room.ts'
import { openSink } from './sink.fixture.ts'

const sink = await openSink()
const { house, browser, runJobs, clock } = await testHouse({
  pages,
  jobs,
  navigation,
  relay: { url: sink.url, ca: sink.ca },
})
afterAll(() => sink.stop())
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const asSystem = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house, { actor: system, act: 'test' }, work)
async function send(consignment: ReturnType<typeof consignmentBy>): Promise<string> {
  const [made] = await asSystem((ctx) => dispatch(ctx, consignment))
  expect(await runJobs()).toEqual([])
  return made!.id
}
const keeper = browser({ ...brenda, permissions: new Set([...brenda.permissions, 'breach.report', 'breach.keep']) })
const reporter = browser({ ...colleague, permissions: new Set(['breach.report']) })

describe('breaches and near misses', () => {
  test('CUM-47: anybody tells of one; those who look into it see it, with 72 hours to tell the Commissioner where people are at risk', async () => {
    const id = await send(consignmentBy('recorded-post'))
    const { rows } = await house.database.pool.query('select reference from transfer.dispatch where id = $1', [id])
    const empty = await reporter.post('/breaches', {})
    expect(empty.status).toBe(422)
    expect(words(empty.html)).toContain('Enter what happened')
    const told = {
      kind: 'breach',
      risk: 'yes',
      what: 'A letter went to the house next door.',
      reference: rows[0].reference,
    }
    expect((await reporter.post('/breaches', told)).to).toBe('/breaches?told=yes')
    expect(words((await reporter.get('/breaches?told=yes')).html)).toContain('Thank you')
    expect((await reporter.get('/breaches')).html, 'who tells does not read what others told').not.toContain(
      'next door',
    )
    await reporter.post('/breaches', { kind: 'near-miss', risk: 'yes', what: 'The wrong Dave, seen in time.' })

    const list = words((await keeper.get('/breaches')).html)
    expect(list).toContain('Tell the Commissioner by')
    expect(list).toContain('Near miss, told by Col Eague')
    expect(list).not.toContain('Overdue')
    clock.forward(73 * 3_600_000)
    expect(words((await keeper.get('/breaches')).html)).toContain('Overdue')
    const link = /href="(\/breaches\/[0-9a-f-]{36})"/.exec((await keeper.get('/breaches')).html)![1]!
    expect(words((await keeper.get(link)).html)).toContain('A letter went to the house next door.')
    expect((await reporter.get(link)).status).toBe(403)
    const other = browser({ ...stranger, permissions: new Set(['breach.report', 'breach.keep']) })
    expect((await other.get(link)).status, 'another agency’s').toBe(404)
    expect((await keeper.post(link, { outcome: 'Fetched back unopened' })).status).toBe(422)
    const closing = { outcome: 'Fetched back unopened', lesson: 'Labels are printed', reported: 'yes' }
    expect((await keeper.post(link, closing)).to).toBe('/breaches')
    expect((await keeper.post(link, closing)).status, 'closed once').toBe(409)
    expect(words((await keeper.get(link)).html)).toContain('The Information Commissioner was told')
  })

  test('CUM-47: what Safehaven caught is counted, and a sample of what was sent is drawn for another look at need to know', async () => {
    const page = await keeper.get('/breaches')
    expect(words(page.html)).toContain('did they need to know?')
    expect(page.html).toMatch(/\/disclosures\/[0-9a-f-]{36}\/record/)
    expect((await keeper.get('/breaches')).html.match(/\/record/g)).toEqual(page.html.match(/\/record/g))
    expect(words(page.html)).toMatch(/\d+ tasks are overdue now/)
  })

  test('BEX-58: each kind of record says how long it is kept, and why', async () => {
    for (const one of holdings) {
      expect(one.retention.text).toMatch(/\d+ years/)
      expect(one.retention.cites.length).toBeGreaterThan(0)
    }
    const { rows } = await house.database.pool.query(
      `select 'transfer.' || table_name as name from information_schema.tables where table_schema = 'transfer' order by 1`,
    )
    expect(holdings.flatMap((one) => one.tables).sort()).toEqual(rows.map((row) => row.name))
    const breach = holdings.find((one) => one.name === 'transfer.breach')!
    const [found] = await asSystem((ctx) => breach.find(ctx, { surname: 'next door' }))
    expect(await asSystem((ctx) => breach.export(ctx, found!.id))).toMatchObject({ outcome: 'Fetched back unopened' })
    expect(await asSystem((ctx) => breach.due(ctx))).toEqual([])
    clock.forward(7 * 366 * 86_400_000)
    const due = await asSystem((ctx) => breach.due(ctx))
    expect(due).toEqual([found!.id])
    expect(await asSystem((ctx) => breach.dispose(ctx, due))).toBe(1)
  })
})

describe('a recipient whom the plan does not need any more', () => {
  test('BEX-31, BEX-59, BEX-60: is to be told to keep nothing, and how they disposed of it is written down', async () => {
    const id = await send(consignmentBy('secure-email'))
    const brendas = browser(brenda)
    expect((await brendas.get(`/dispatches/${id}`)).html).toContain('They need it no longer')
    expect((await brendas.post(`/dispatches/${id}/ended`, {})).status).toBe(422)
    expect((await brendas.post(`/dispatches/${id}/ended`, { why: 'The plan was made without the school' })).to).toBe(
      `/dispatches/${id}`,
    )
    const page = await brendas.get(`/dispatches/${id}`)
    expect(words(page.html)).toContain('Needs it no longer')
    expect(words(page.html)).toContain('have no part in this any more')
    const task = /href="(\/tasks\/[0-9a-f-]{36})">Tell/.exec(page.html)![1]!
    expect(
      (await brendas.post(task, { note: 'Deleted from her system, paper shredded: she wrote on Tuesday' })).status,
    ).toBe(303)
    expect(words((await brendas.get(`/dispatches/${id}`)).html)).toContain('paper shredded')
    expect((await browser(stranger).get(`/dispatches/${id}/ended`)).status).toBe(404)
  })

  test('BEX-31: what had not gone yet does not go', async () => {
    const id = await send(consignmentBy('recorded-post'))
    await browser(brenda).post(`/dispatches/${id}/ended`, { why: 'Has left the team' })
    const page = words((await browser(brenda).get(`/dispatches/${id}`)).html)
    expect(page).toContain('Needs it no longer')
    expect(page).not.toContain('Confirm: Posted')
  })
})

describe('what whoever keeps it must know', () => {
  const bexley = decidedConsignment('bexley-2015', '2015-09-01', {
    from: { kind: 'social-care', name: 'A worker', address: 'a.worker@bexley.gov.uk' },
    to: [head],
    purpose: 'section-47',
    risk: 'significant-harm',
    route: 'recorded-post',
  })

  test('BEX-51, BEX-52, BEX-53: no hard drive, no memory stick that is not encrypted, paper locked up: it stands in the letter and among the tasks', async () => {
    const [, keeping] = statementsFor(bexley.decision.obligations)
    expect(statementsFor(bexley.decision.obligations).join(' ')).toContain('networked drives')
    expect(keeping).toBeDefined()
    const id = await send(bexley)
    const page = words((await browser(brenda).get(`/dispatches/${id}`)).html)
    for (const part of ['hard drive', 'encrypted sticks', 'locked cupboard', 'BEX-51, BEX-52, BEX-53'])
      expect(page).toContain(part)
    const sheet = await browser(brenda).get(`/dispatches/${id}/sheets/letter`)
    expect(sheet.status).toBe(200)
  })

  test('CUM-53: whoever receives an encrypted file reads that it goes to a shared drive, never to a stick', () => {
    const protocol = protocolNamed('cumbria-2015')
    const decision = decide(
      {
        from: { kind: 'social-care', address: 'a.worker@cumbria.gov.uk' },
        to: [{ ...head, kind: 'housing' }],
        information: ['name'],
        purpose: 'section-17',
        agreement: 'rehousing',
        proportionate: true,
        route: 'encrypted-attachment',
        confirmed: ['no-more-secure-route', 'significant-need'],
      },
      protocol,
      '2016-03-01',
    )
    expect(decision.route).toBe('encrypted-attachment')
    expect(statementsFor(decision.obligations).join(' ')).toContain(
      'Do not save it to a USB stick, removable or local drive.',
    )
    expect(decision.obligations.find((one) => one.id === 'keep-copy-secure')!.cites).toContain('CUM-53')
  })
})

test('MPS-14: electronic ways are set against paper, agency by agency, with time, failures and cost', async () => {
  const posted = await send(consignmentBy('recorded-post'))
  await browser(brenda).post(`/dispatches/${posted}/steps/posted`, {
    named: 'yes',
    envelope: 'yes',
    tracking: 'AB 1234 5678 9GB',
    cost: '4.35',
  })
  const mailed = await send(consignmentBy('secure-email'))
  clock.forward(2 * 3_600_000)
  await browser(brenda).post(`/dispatches/${mailed}/steps/received`, { by: 'Amina Hart', how: 'By telephone' })
  const page = words((await browser(brenda).get('/flows')).html)
  expect(page).toMatch(/St John’s School Electronic 2 1 2 0 £0\.00/)
  expect(page).toMatch(/St John’s School On paper 3 0 – 1 £4\.35/)
  expect(words((await browser(stranger).get('/flows')).html)).toContain('has sent nothing')
})
