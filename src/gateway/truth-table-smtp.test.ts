// A short form of the truth table over real SMTP: the same messages as a mail program sends them, against the same oracle.
import { describe, expect, it } from 'vitest'
import { messagesIn, openGateway, submit } from './smtp/house.fixture.ts'
import { type Mix, messageOf, mixes } from './truth-table/messages.cases.ts'
import { expected } from './truth-table/oracle.cases.ts'

// The long form sends all of them: SAFEHAVEN_LONG=1
const step = process.env.SAFEHAVEN_LONG === '1' ? 1 : 41
const days: Record<Mix['protocol'], string> = {
  'cumbria-2015': '2016-03-01',
  'bexley-2015': '2015-09-01',
  'bournemouth-2016': '2016-10-01',
  'mps-2008': '2008-09-01',
}
const gateway = await openGateway()
const login = await gateway.password('alice')
const { pool } = gateway.test.house.database
const all = mixes().filter((_, at) => at % step === 0)

const addressIn = (raw: Buffer, field: string): string =>
  /<([^>]+)>|:\s*([^\s,]+@[^\s,]+)/
    .exec(new RegExp(`^${field}: .*$`, 'im').exec(raw.toString('latin1'))?.[0] ?? '')
    ?.slice(1)
    .find(Boolean) ?? ''

const recipientsIn = (raw: Buffer): string[] =>
  [...(/^To: (.*)$/im.exec(raw.toString('latin1'))?.[1] ?? '').matchAll(/[^\s<>,"]+@[^\s<>,"]+/g)].map((one) => one[0])

describe('the truth table over real SMTP', () => {
  it(`gives each of ${all.length} messages the answer of its source document, by code and by what becomes of each copy`, {
    timeout: 280_000,
  }, async () => {
    expect(all.length).toBeGreaterThan(150)
    const wrong: string[] = []
    for (const mix of all) {
      const raw = messageOf(mix)
      const from = addressIn(raw, 'From')
      const to = recipientsIn(raw)
      await pool.query('delete from gateway.message')
      await pool.query(`update people.user_account set email = $1 where username = 'alice'`, [from])
      await pool.query(`update people.agency set protocol = $1 where id = 'kirkvale'`, [mix.protocol])
      gateway.test.clock.set(`${days[mix.protocol]}T09:00:00Z`)
      const reply = await submit(gateway.open, login, { from, to }, raw)
      const [kept] = await messagesIn(gateway)
      const { rows } = await pool.query(
        'select action, (select array_agg(way) from gateway.recipient) as ways, rules from gateway.message',
      )
      const { action, cites } = expected(mix)
      const right =
        rows[0]?.action === action &&
        (action === 'reject' ? reply.code === 550 : reply.code === 250) &&
        (cites === undefined || action === 'deliver' || rows[0].rules.includes(cites)) &&
        (action === 'convert' ? rows[0].ways.includes('transfer') : true) &&
        (action === 'deliver' ? rows[0].ways.every((way: string) => way === 'mail') : true) &&
        (action === 'hold' ? kept!.state === 'held' : true)
      if (!right)
        wrong.push(
          `${Object.values(mix).join(' · ')}: expected ${action} ${cites ?? ''}, got ${reply.text} ${JSON.stringify(rows[0])}`,
        )
    }
    expect(wrong).toEqual([])
  })
})
