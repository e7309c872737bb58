import { describe, expect, it } from 'vitest'
import { openSink } from '../../transfer/sink.fixture.ts'
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

  it('and where no other way is open, the sender is asked, and may try again or withdraw', async () => {
    const bashir = 'bashir.rafiq@kirkvale.example'
    const harmless = letter(alice, bashir, 'Room', 'The meeting is on Tuesday at ten.')
    await pool.query(`update people.agency set protocol = 'mps-2008' where id = 'kirkvale'`)
    expect((await gateway.send(login, { from: alice, to: [bashir] }, harmless)).code).toBe(250)
    await test.runJobs()
    await pool.query(`update people.agency set protocol = 'kirkvale-2026' where id = 'kirkvale'`)
    expect(plain.received).toEqual([])
    const [kept] = await messagesIn(gateway)
    expect(['held', 'done']).toContain(kept!.state)
    expect(['held', 'converted']).toContain(kept!.recipients![0]!.state)
  })
})
