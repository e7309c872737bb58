// A message of which its checking thread dies, over SMTP.
import { beforeEach, describe, expect, it } from 'vitest'
import { usualLimits } from '../checking/checkers.ts'
import { checkers } from '../checking/index.ts'
import { letter, messagesIn, openGateway } from './house.fixture.ts'

const limits = { ...usualLimits, cpu: 60_000, look: 1 }
checkers(limits)
const gateway = await openGateway()
const login = await gateway.password('alice')
const { pool } = gateway.test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]
const send = (raw: string) => gateway.send(login, { from: alice, to: [bashir] }, raw)
const heavy = letter(
  alice,
  bashir,
  'Heavy',
  '<p title="Julia Smith">Julia Smith of 4 Mill Lane was seen.</p>\n'.repeat(40_000),
).replace('text/plain', 'text/html')

beforeEach(async () => {
  await pool.query('delete from gateway.message')
})

describe('a message that takes more than a message may', { timeout: 120_000 }, () => {
  it('is refused with a sentence and stands on its sender’s page; the next is checked by a new thread and goes', async () => {
    limits.cpu = 0
    const refused = await send(heavy)
    limits.cpu = 60_000
    expect(refused.text).toMatch(/^550 5\.7\.1 MAIL-READ This message takes more work to look through/)
    const [kept] = await messagesIn(gateway)
    expect(kept).toMatchObject({ state: 'refused' })
    expect((await send(letter(alice, bashir, 'Next', 'The meeting is on Tuesday at ten.'))).text).toMatch(/^250/)
    await gateway.test.runJobs()
    expect(gateway.sink.received.map(({ raw }) => /Subject: (.*)\r/.exec(raw.toString())?.[1])).toEqual(['Next'])
  })
})
