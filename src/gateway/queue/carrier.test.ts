// What a process carries on from memory, and what it remembers of the directory.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'
import { roomOf } from './carrier.ts'
import { openCarrier } from './index.ts'

const gateway = await openGateway()
const { test, sink } = gateway
const { pool } = test.house.database
let carrier = await openCarrier(test.house)
const login = await gateway.password('alice')
const relay = await gateway.password('alice', 'relay')
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]
afterAll(() => carrier.stop())

beforeEach(async () => {
  await pool.query('delete from gateway.message')
  await pool.query('delete from graphile_worker._private_jobs')
  sink.received.length = 0
  sink.refused.clear()
  sink.onStage = () => {}
})

const words = 'The meeting is on Tuesday at ten.'
const send = (subject: string, who = login) =>
  gateway.send(who, { from: alice, to: [bashir] }, letter(alice, bashir, subject, words))
const waiting = async () =>
  (await pool.query(`select task_identifier as name from graphile_worker.jobs where task_identifier like 'gateway.%'`))
    .rows
async function until(what: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it does not come about')
}
const states = async () => (await messagesIn(gateway)).map((one) => [one.state, one.recipients?.[0]?.state])
const done = () => until(async () => (await states()).every(([state]) => state === 'done'))

describe('a message is carried on by the process that took it', () => {
  it('at once, without a job, as it was checked; the log has its taking and its delivery', async () => {
    expect((await send('From memory')).code).toBe(250)
    await done()
    expect(await waiting()).toEqual([])
    expect(await states()).toEqual([['done', 'sent']])
    expect(sink.received).toHaveLength(1)
    const raw = sink.received[0]!.raw.toString()
    expect(raw).toMatch(/^Received: by localhost \(Safehaven\) with ESMTPSA id [\w-]+;\r\n\t/)
    expect(raw).toMatch(/^Date: /m)
    expect(raw).toMatch(/^Message-ID: </m)
    expect(raw).toContain(words)
    const id = (await messagesIn(gateway))[0]!.id
    const { rows: acts } = await pool.query(`select act from audit.entry where subject = $1 order by id`, [id])
    expect(acts.map((one) => one.act)).toEqual(['gateway.received', 'gateway.delivered'])
  })

  it('a refused recipient is told to the sender, as when the worker carries it', async () => {
    sink.refused.add(bashir)
    expect((await send('Refused')).code).toBe(250)
    await done()
    expect(await states()).toEqual([['done', 'refused']])
    expect((await waiting()).map((one) => one.name)).toEqual(['gateway.tell'])
  })

  it('what its process had in hand when it ended is taken up at the next start', async () => {
    await carrier.stop()
    expect((await send('Left')).code).toBe(250)
    await pool.query(`delete from graphile_worker._private_jobs`)
    await pool.query(`update gateway.recipient set state = 'sending'`)
    carrier = await openCarrier(test.house)
    expect((await waiting()).map((one) => one.name)).toEqual(['gateway.deliver'])
    await test.runJobs()
    expect(await states()).toEqual([['done', 'sent']])
    expect(sink.received).toHaveLength(1)
  })

  it('what is more than memory is meant to hold is carried on by the worker', async () => {
    const room = 64 * 1024 * 1024 - roomOf({ raw: Buffer.alloc(100) })
    expect(carrier.hasRoom(room)).toBe(true)
    try {
      expect((await send('Full')).code).toBe(250)
      expect((await waiting()).map((one) => one.name)).toEqual(['gateway.carry'])
      expect(sink.received).toEqual([])
    } finally {
      carrier.freeRoom(room)
    }
    await test.runJobs()
    expect(await states()).toEqual([['done', 'sent']])
  })

  it('many at once go each once', async () => {
    const subjects = Array.from({ length: 40 }, (_, at) => `Many ${at}`)
    const replies = await Promise.all(subjects.map((one) => send(one)))
    expect(replies.every((one) => one.code === 250)).toBe(true)
    await done()
    const got = sink.received.map((one) => /^Subject: (.*)\r$/m.exec(one.raw.toString())?.[1])
    expect(got.sort()).toEqual([...subjects].sort())
  })
})

describe('what is remembered of the directory holds until somebody changes it', () => {
  it('an account that is closed sends nothing more, from the next message on', async () => {
    expect((await send('Open', relay)).code).toBe(250)
    await done()
    await pool.query(`update people.user_account set closed_at = now() where lower(email) = lower($1)`, [alice])
    try {
      expect((await send('Closed', relay)).code).toBe(553)
    } finally {
      await pool.query(`update people.user_account set closed_at = null where lower(email) = lower($1)`, [alice])
    }
    expect((await send('Opened again', relay)).code).toBe(250)
    await done()
  })

  it('an address that has become a list is one, from the next message on', async () => {
    const about = letter(alice, bashir, 'Visit', 'Julia Smith, born 3 April 2012, was seen at 4 Mill Lane, CA3 8NA.')
    const hand = () => gateway.send(login, { from: alice, to: [bashir] }, about)
    const found = async () =>
      (await pool.query(`select rules from gateway.message order by at desc limit 1`)).rows[0]?.rules as string[]
    await hand()
    const before = await found()
    await pool.query('delete from gateway.message')
    await pool.query(`update people.entry set list = true where lower(address) = lower($1)`, [bashir])
    try {
      await hand()
      const after = await found()
      expect(before.some((rule) => rule === 'CUM-12' || rule === 'MAIL-LIST')).toBe(false)
      expect(after.some((rule) => rule === 'CUM-12' || rule === 'MAIL-LIST')).toBe(true)
    } finally {
      await pool.query(`update people.entry set list = false where lower(address) = lower($1)`, [bashir])
    }
    await test.runJobs()
  })
})
