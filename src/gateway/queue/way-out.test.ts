import { describe, expect, it } from 'vitest'
import { mailOut, runDueJobs } from '../../platform/index.ts'
import { signIn } from '../../testing/sign-in.ts'
import { openSink } from '../../transfer/sink.fixture.ts'
import { jobs } from '../room.ts'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'

const plain = await openSink({ plain: true })
const gateway = await openGateway({ relay: { url: plain.url } })
const { test } = gateway
const login = await gateway.password('alice')
const { pool } = test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'piotr') order by username`,
)
const [alice, piotr] = rows.map((one) => one.email as string) as [string, string]
const about = 'Julia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises on Monday.'

describe('a next hop that does not encrypt', () => {
  it('gets nothing: what names a child goes at once by the next way that the protocol holds open, and the sender’s page says so', async () => {
    expect((await gateway.send(login, { from: alice, to: [piotr] }, letter(alice, piotr, 'Visit', about))).code).toBe(
      250,
    )
    await test.runJobs()
    expect(plain.received).toEqual([])
    const [kept] = await messagesIn(gateway)
    expect(kept).toMatchObject({ state: 'done', recipients: [{ state: 'converted' }] })
    expect(kept!.recipients![0]!.detail).toContain('No encrypted connection could be made')
    await pool.query('delete from gateway.message')
  })

  it('and where no other way is open, the sender is asked; tried again on a hop that encrypts, it goes', async () => {
    const bashir = 'bashir.rafiq@kirkvale.example'
    // This protocol opens neither the portal nor an encrypted file, so there is nothing to go on by.
    await pool.query(`update people.agency set protocol = 'mps-2008' where id = 'kirkvale'`)
    gateway.test.clock.set('2008-09-01T09:00:00Z')
    const harmless = letter(alice, bashir, 'Room', 'The meeting is on Tuesday at ten.')
    expect((await gateway.send(login, { from: alice, to: [bashir] }, harmless)).code).toBe(250)
    await test.runJobs()
    expect(plain.received).toEqual([])
    const [kept] = await messagesIn(gateway)
    expect(kept).toMatchObject({ state: 'held', recipients: [{ state: 'held' }] })
    expect(kept!.recipients![0]!.detail).toContain('Nothing was sent.')
    const browser = await signIn(test, 'alice')
    const page = await browser.get(`/mail/${kept!.id}`)
    expect(page.html).toContain('Nothing was sent.')
    const good = await openSink()
    const house = { ...test.house, mail: mailOut({ url: good.url, ca: good.ca }) }
    expect((await browser.post(`/mail/${kept!.id}`, { version: '1' })).status).toBe(303)
    await runDueJobs(house, jobs)
    await good.stop()
    expect(await messagesIn(gateway)).toMatchObject([{ state: 'done', recipients: [{ state: 'sent' }] }])
    expect(good.received).toHaveLength(1)
  })
})
