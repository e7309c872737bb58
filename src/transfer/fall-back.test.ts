import { afterAll, describe, expect, it } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import type { Disclosure, Party } from '../protocols/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { brenda, decidedConsignment, head } from './consignment.fixture.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { dispatch } from './dispatch.ts'
import { recordArrival } from './record-step.ts'
import { jobs, pages } from './room.ts'
import { openSink } from './sink.fixture.ts'
import { dispatchesOf, findDispatch, stepsOf } from './store/dispatches.ts'
import { findPassword } from './store/passwords.ts'
import { tasksOf } from './store/tasks.ts'

const sink = await openSink()
const plainSink = await openSink({ plain: true })
const relay = { url: sink.url, ca: sink.ca }
const { house, runJobs, runRecurring, clock, browser } = await testHouse({ jobs, pages, relay })
const withoutTls = await testHouse({ jobs, relay: { url: plainSink.url, ca: plainSink.ca } })
const withoutRelay = await testHouse({ jobs })
afterAll(async () => {
  await sink.stop()
  await plainSink.stop()
})

const channel = { tls: '1.3', mtaSts: true, dmarc: true, accredited: true, checkedOn: '2026-11-01' }
const consent: Disclosure['consent'] = [
  {
    person: 'mother',
    relation: 'mother',
    age: 31,
    state: 'given',
    explicit: true,
    told: ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld'],
  },
]
const from: Party = {
  kind: 'social-care',
  name: 'Brenda Hill',
  role: 'Social worker',
  agency: 'langley',
  address: 'b.hill@langley.gov.uk',
  channel,
  trained: '2026-06-01',
}
const to: Party = { ...head, address: 'a.hart@stjohns.sch.uk', channel }
const today = (change: Partial<Disclosure> = {}) =>
  decidedConsignment('uk-2026', '2026-11-21', { from, to: [to], consent, risk: 'significant-harm', ...change })
const police = decidedConsignmentOfPolice()
function decidedConsignmentOfPolice(): Consignment {
  const yot: Party = {
    kind: 'social-care',
    name: 'Yot Duty',
    role: 'Duty officer',
    address: 'yot@merton.cjsm.net',
    needToKnow: 'assesses',
  }
  const ode: Party = { kind: 'police', name: 'PC Ode', address: 'n.ode@met.pnn.police.uk' }
  return decidedConsignment('mps-2008', '2008-09-01', {
    from: ode,
    to: [yot],
    purpose: 'ctn-report',
    risk: 'significant-harm',
  })
}

async function send(
  where: { house: typeof house; runJobs: typeof runJobs },
  consignment: Consignment,
): Promise<Dispatch> {
  const [made] = await actIn(where.house, { actor: system, act: 'test' }, (ctx) => dispatch(ctx, consignment))
  expect(await where.runJobs()).toEqual([])
  return actIn(where.house, { actor: brenda, act: 'test' }, async (ctx) => (await findDispatch(ctx.tx, made!.id))!)
}
const look = <T>(where: { house: typeof house }, work: Parameters<typeof actIn<T>>[2]) =>
  actIn(where.house, { actor: brenda, act: 'test' }, work)

describe('a failed delivery', () => {
  it('goes on at once by the portal when the mailbox does not exist, and the sender is told without a name', async () => {
    sink.received.length = 0
    sink.refused.add('a.hart@stjohns.sch.uk')
    const found = await send({ house, runJobs }, today())
    sink.refused.clear()
    expect(found).toMatchObject({ route: 'portal', state: 'sent', attempt: 2, tried: ['secure-email'] })
    const steps = await look({ house }, (ctx) => stepsOf(ctx.tx, found.id))
    expect(steps.map((step) => step.what)).toEqual(['prepared', 'sending', 'failed', 'rerouted', 'sending', 'sent'])
    expect(steps[2]!.detail).toContain('No such mailbox')
    expect(sink.received.map((mail) => mail.to)).toEqual([['b.hill@langley.gov.uk']])
    expect(sink.received[0]!.raw.toString()).toContain(`reference ${found.reference} has changed its way`)
    expect(sink.received[0]!.raw.toString()).not.toMatch(/Robin|Hart/)
    const tasks = await look({ house }, (ctx) => tasksOf(ctx.tx, found.disclosure, found.id))
    expect(tasks.find((task) => task.kind === 'route-changed')).toMatchObject({ ownerUser: brenda.id, doneAt: null })
    const { rows } = await house.database.pool.query(
      `select payload->'payload' as asked from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'portal.invite'`,
    )
    expect(rows.map((row) => row.asked)).toContainEqual({ dispatchId: found.id })
  })

  it('when the portal fails too, an encrypted attachment goes with a password of its own, told by telephone', async () => {
    sink.refused.add('a.hart@stjohns.sch.uk')
    const found = await send({ house, runJobs }, today())
    sink.refused.clear()
    sink.received.length = 0
    await actIn(house, { actor: system, act: 'test' }, (ctx) =>
      recordArrival(ctx, found.id, 'failed', 'The recipient cannot open the portal.'),
    )
    expect(await runJobs()).toEqual([])
    const now = await look({ house }, async (ctx) => (await findDispatch(ctx.tx, found.id))!)
    expect(now).toMatchObject({
      route: 'encrypted-attachment',
      state: 'sent',
      attempt: 3,
      tried: ['secure-email', 'portal'],
    })
    expect(sink.received.filter((mail) => mail.to[0] === 'a.hart@stjohns.sch.uk')).toHaveLength(1)
    expect(await look({ house }, (ctx) => findPassword(ctx, now))).toMatch(/^[2-9A-Z-]+$/)
    const tasks = await look({ house }, (ctx) => tasksOf(ctx.tx, found.disclosure, found.id))
    expect(tasks.find((task) => task.kind === 'password-by-another-route')?.doneAt).toBeNull()
  })

  it('BEX-41: nothing is ever sent over a connection that is not encrypted', async () => {
    const found = await send(withoutTls, today())
    expect(found).toMatchObject({ route: 'portal', state: 'sent', tried: ['secure-email'] })
    expect(plainSink.received).toEqual([])
    const steps = await look(withoutTls, (ctx) => stepsOf(ctx.tx, found.id))
    expect(steps.find((step) => step.what === 'failed')!.detail).toMatch(/encrypted connection/)
  })

  it('MPS-1: where the protocol leaves no other route, the sender is told at once and asked, and nothing goes by a closed one', async () => {
    sink.received.length = 0
    sink.refused.add('yot@merton.cjsm.net')
    const found = await send({ house, runJobs }, police)
    expect(found).toMatchObject({ route: 'secure-email', state: 'failed', tried: ['secure-email'] })
    const tasks = await look({ house }, (ctx) => tasksOf(ctx.tx, found.disclosure, found.id))
    expect(tasks.find((task) => task.kind === 'choose-route')!.text).toContain(
      'The decision leaves no other route open.',
    )
    expect(sink.received.map((mail) => mail.to)).toEqual([['n.ode@met.pnn.police.uk']])

    const brendas = browser(brenda)
    const page = await brendas.get(`/dispatches/${found.id}/route`)
    expect(page.html).toContain('Secure e-mail')
    expect(page.html).not.toMatch(/value="(fax|post|email|by-hand)"/)
    const closed = await brendas.post(`/dispatches/${found.id}/route`, { route: 'fax' })
    expect(closed.status).toBe(422)
    sink.refused.clear()
    await brendas.get(`/dispatches/${found.id}/route`)
    expect((await brendas.post(`/dispatches/${found.id}/route`, { route: 'secure-email' })).to).toBe(
      `/dispatches/${found.id}`,
    )
    await runJobs()
    expect(await look({ house }, (ctx) => findDispatch(ctx.tx, found.id))).toMatchObject({ state: 'sent', attempt: 2 })
    const second = await brendas.post(`/dispatches/${found.id}/route`, { route: 'secure-email' })
    expect(second.status).toBe(409)
  })

  it('without a way out of the house, what can go by the portal does, and the rest asks', async () => {
    expect(await send(withoutRelay, today())).toMatchObject({ route: 'portal', state: 'sent' })
    expect(await send(withoutRelay, decidedConsignmentOfPolice())).toMatchObject({
      route: 'secure-email',
      state: 'failed',
    })
  })
})

describe('an uncertain delivery', () => {
  it('is never sent again by itself; sent again by hand, the message says that it may be a second copy', async () => {
    sink.received.length = 0
    const consignment = today()
    const [made] = await actIn(house, { actor: system, act: 'test' }, (ctx) => dispatch(ctx, consignment))
    await house.database.pool.query(`update transfer.dispatch set state = 'sending', handed_at = now() where id = $1`, [
      made!.id,
    ])
    await runJobs()
    expect(await look({ house }, (ctx) => findDispatch(ctx.tx, made!.id))).toMatchObject({
      state: 'uncertain',
      attempt: 1,
    })
    clock.forward(3_600_000)
    await runRecurring('transfer.resume')
    await runJobs()
    expect(sink.received.filter((mail) => mail.to[0] === 'a.hart@stjohns.sch.uk')).toEqual([])

    const brendas = browser(brenda)
    expect((await brendas.get(`/dispatches/${made!.id}`)).html).toContain('so the recipient may have it already')
    await brendas.get(`/dispatches/${made!.id}/route`)
    const blind = await brendas.post(`/dispatches/${made!.id}/route`, { route: 'secure-email' })
    expect(blind.status).toBe(422)
    expect(blind.html).toContain('Confirm that you know this may be a second copy')
    await brendas.post(`/dispatches/${made!.id}/route`, { route: 'secure-email', copy: 'yes' })
    await runJobs()
    const [mail] = sink.received.filter((one) => one.to[0] === 'a.hart@stjohns.sch.uk')
    expect(mail!.raw.toString().replace(/=\r\n/g, '')).toContain('This may be a second copy')
    expect(await look({ house }, (ctx) => findDispatch(ctx.tx, made!.id))).toMatchObject({ state: 'sent', attempt: 2 })
  })

  it('is settled when the recipient says that it arrived', async () => {
    const [made] = await actIn(house, { actor: system, act: 'test' }, (ctx) => dispatch(ctx, today()))
    await house.database.pool.query(`update transfer.dispatch set state = 'sending', handed_at = now() where id = $1`, [
      made!.id,
    ])
    await runJobs()
    const brendas = browser(brenda)
    await brendas.get(`/dispatches/${made!.id}/steps/received`)
    await brendas.post(`/dispatches/${made!.id}/steps/received`, { by: 'Amina Hart', how: 'By telephone' })
    expect(await look({ house }, (ctx) => findDispatch(ctx.tx, made!.id))).toMatchObject({ state: 'arrived' })
    const tasks = await look({ house }, (ctx) => tasksOf(ctx.tx, made!.disclosure, made!.id))
    expect(tasks.find((task) => task.kind === 'uncertain')!.doneByName).toBe('Brenda Hill')
  })
})

describe('after sending', () => {
  it('CUM-41: after two days of silence the sender is asked whether it arrived, once', async () => {
    const found = await send({ house, runJobs }, today())
    await runRecurring('transfer.chase')
    const chased = () =>
      look({ house }, async (ctx) =>
        (await tasksOf(ctx.tx, found.disclosure, found.id)).filter((task) => task.kind === 'chase-receipt'),
      )
    expect(await chased()).toEqual([])
    clock.forward(49 * 3_600_000)
    await runRecurring('transfer.chase')
    await runRecurring('transfer.chase')
    expect(await chased()).toHaveLength(1)
  })

  it('each recipient goes by the route that the decision gives them', async () => {
    const plain: Party = { ...head, name: 'Ed Roe', address: 'ed.roe@lakeshousing.example', kind: 'housing' }
    const consignment = today({ to: [to, plain] })
    await send({ house, runJobs }, consignment)
    const made = await look({ house }, (ctx) => dispatchesOf(ctx.tx, consignment.id))
    expect(made.map((one) => one.route)).toEqual(consignment.decision.recipients.map((one) => one.route))
    expect(new Set(made.map((one) => one.reference)).size).toBe(2)
  })
})
