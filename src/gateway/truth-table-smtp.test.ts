// The truth table over real SMTP: the same messages as a mail program sends them, against the same oracle.
import { describe, expect, it } from 'vitest'
import { openGateway, RawSession } from './smtp/house.fixture.ts'
import { type Mix, messageOf, mixes } from './truth-table/messages.cases.ts'
import { expected } from './truth-table/oracle.cases.ts'

// The long form sends all of them, the short form every third: SAFEHAVEN_LONG=1
const step = process.env.SAFEHAVEN_LONG === '1' ? 1 : 3
const sessions = 12
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
const groups = [...new Set(all.map((mix) => `${mix.protocol} ${mix.sender}`))]

const addressesIn = (raw: Buffer, field: 'From' | 'To'): string[] =>
  [
    ...(new RegExp(`^${field}: (.*)$`, 'im').exec(raw.toString('utf8'))?.[1] ?? '').matchAll(/[^\s<>,"]+@[^\s<>,"]+/g),
  ].map((one) => one[0])

interface Kept {
  readonly action: string
  readonly state: string
  readonly rules: string[]
  readonly ways: string[] | null
}

async function prove(mix: Mix, session: RawSession): Promise<string | undefined> {
  const raw = messageOf(mix)
  const [from] = addressesIn(raw, 'From')
  // The product's parameter of RFC 6531 is not offered, so an address beyond ASCII goes in as its bytes, as mail programs send it.
  const utf8 = (text: string) => Buffer.from(text).toString('latin1')
  await session.say(`MAIL FROM:<${from}>`)
  for (const to of addressesIn(raw, 'To')) await session.say(utf8(`RCPT TO:<${to}>`))
  const ready = await session.say('DATA')
  if (!ready.startsWith('354')) return `${Object.values(mix).join(' · ')}: ${ready}`
  session.write(raw)
  const reply = await session.say('.')
  const reference = /(?:as |\()([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})/.exec(reply)?.[1] ?? ''
  const { rows } = await pool.query<Kept>(
    `select action, state, rules, (select array_agg(way) from gateway.recipient r where r.message = m.id) as ways
     from gateway.message m where reference = $1`,
    [reference],
  )
  const { action, cites } = expected(mix)
  const kept = rows[0]
  const right =
    kept?.action === action &&
    reply.startsWith(action === 'reject' ? '550' : '250') &&
    (cites === undefined || action === 'deliver' || kept.rules.includes(cites)) &&
    (action !== 'convert' || kept.ways!.includes('transfer')) &&
    (action !== 'deliver' || kept.ways!.every((way) => way === 'mail')) &&
    (action !== 'hold' || kept.state === 'held')
  return right
    ? undefined
    : `${Object.values(mix).join(' · ')}: expected ${action} ${cites ?? ''}, got ${reply} ${JSON.stringify(kept)}`
}

describe('the truth table over real SMTP', () => {
  it(`is one of ${all.length} messages`, () => expect(all.length).toBeGreaterThan(step === 1 ? 3000 : 1000))

  it.each(groups)(
    '%s: each message gets the answer of its source document, by code and by what becomes of each copy',
    {
      timeout: 600_000,
    },
    async (group) => {
      const own = all.filter((mix) => `${mix.protocol} ${mix.sender}` === group)
      const [from] = addressesIn(messageOf(own[0]!), 'From')
      await pool.query(`update people.user_account set email = $1 where username = 'alice'`, [from])
      await pool.query(`update people.agency set protocol = $1 where id = 'kirkvale'`, [own[0]!.protocol])
      gateway.test.clock.set(`${days[own[0]!.protocol]}T09:00:00Z`)
      const left = [...own]
      const wrong: string[] = []
      await Promise.all(
        Array.from({ length: sessions }, async () => {
          const session = await RawSession.open(gateway.open.securePort, gateway.open.certificate)
          await session.begin(login)
          for (let mix = left.shift(); mix !== undefined; mix = left.shift()) {
            const said = await prove(mix, session)
            if (said !== undefined) wrong.push(said)
            await session.say('RSET')
          }
          session.close()
        }),
      )
      expect(wrong).toEqual([])
    },
  )
})
