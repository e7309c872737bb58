import { statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { letter, messagesIn, openGateway, RawSession } from './house.fixture.ts'

const gateway = await openGateway()
const { test, sink, open } = gateway
const login = await gateway.password('alice')
const relay = await gateway.password('usha', 'relay')
const { rows } = await test.house.database.pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const alice = rows[0].email as string
const bashir = rows[1].email as string
const harmless = (subject = 'Room') =>
  letter(alice, bashir, subject, 'The meeting is on Tuesday at ten in the small room.')

beforeEach(async () => {
  await test.house.database.pool.query('delete from gateway.message')
  sink.received.length = 0
})

describe('submission', () => {
  it('takes a message by STARTTLS, says 250 after it is put down, and delivers it over TLS', async () => {
    const reply = await gateway.send(login, { from: alice, to: [bashir] }, harmless())
    expect(reply.text).toMatch(/^250 2\.0\.0 Taken as /)
    const [kept] = await messagesIn(gateway)
    expect(kept).toMatchObject({ state: 'going', recipients: [{ address: bashir, state: 'waiting' }] })
    expect(await test.runJobs()).toEqual([])
    expect(sink.received).toHaveLength(1)
    expect(sink.received[0]).toMatchObject({ from: alice, to: [bashir], secure: true })
    expect((await messagesIn(gateway))[0]).toMatchObject({ state: 'done', recipients: [{ state: 'sent' }] })
  })

  it('takes it by implicit TLS too', async () => {
    const session = await RawSession.open(open.securePort, open.certificate)
    await session.begin(login)
    expect(await session.say(`MAIL FROM:<${alice}>`)).toMatch(/^250/)
    expect(await session.say(`RCPT TO:<${bashir}>`)).toMatch(/^250/)
    expect(await session.say('DATA')).toMatch(/^354/)
    session.write(`${harmless('Implicit')}.\r\n`)
    expect(await session.answer()).toMatch(/^250 2\.0\.0/)
    session.close()
  })

  it('the key of its certificate is kept, and for its owner alone', () => {
    expect(statSync(join(test.house.config.dataDir, 'smtp-key.pem')).mode & 0o777).toBe(0o600)
  })

  it('the same bytes handed in twice, as after a lost answer, are one message', async () => {
    const first = await gateway.send(login, { from: alice, to: [bashir] }, harmless())
    const second = await gateway.send(login, { from: alice, to: [bashir] }, harmless())
    expect(second.text).toBe(first.text)
    expect(await messagesIn(gateway)).toHaveLength(1)
  })

  it('a message about a child to an ordinary address is not e-mailed: it is refused with the rule, held, or goes a secure way', async () => {
    const raw = letter(
      alice,
      'jo.bloggs@gmail.com',
      'Visit',
      'Julia Smith, born 3 May 2012, of 4 Mill Lane was seen with bruises on Monday.',
    )
    const reply = await gateway.send(login, { from: alice, to: ['jo.bloggs@gmail.com'] }, raw)
    await test.runJobs()
    expect(sink.received.filter((one) => one.to.includes('jo.bloggs@gmail.com') && one.raw.includes('Julia'))).toEqual(
      [],
    )
    const [kept] = await messagesIn(gateway)
    if (reply.code === 550) expect(reply.text).toMatch(/^550 5\.7\.1 [A-Z]+-[A-Z0-9]+ /)
    else expect(['held', 'done']).toContain(kept!.state)
  })
})

describe('no open relay', () => {
  const cases: readonly (readonly [string, 'none' | 'user' | 'relay', string, string])[] = [
    ['nobody signed in, a stranger to a stranger', 'none', 'a@out.example', 'b@other.example'],
    ['nobody signed in, in the name of a colleague', 'none', alice, bashir],
    ['a user in the name of a stranger', 'user', 'a@out.example', bashir],
    ['a user in the name of a colleague', 'user', bashir, 'b@other.example'],
    ['a user without a sender', 'user', '', 'b@other.example'],
    ['a user to a routed address', 'user', alice, 'b%other.example@kirkvale.example'],
    ['a user to a bang path', 'user', alice, 'other.example!b@kirkvale.example'],
    ['a user to an address with a route before it', 'user', alice, '@kirkvale.example:b@other.example'],
    ['a user from an address with a route before it', 'user', `@other.example:${alice}`, bashir],
    ['a mail server in the name of a stranger', 'relay', 'a@out.example', bashir],
    ['a mail server without a sender', 'relay', '', bashir],
  ]
  it.each(cases)('%s is refused', async (_title, who, from, to) => {
    const session = await RawSession.open(open.securePort, open.certificate)
    if (who === 'none') {
      await session.answer()
      await session.say('EHLO test.example')
    } else await session.begin(who === 'user' ? login : relay)
    const mail = await session.say(`MAIL FROM:<${from}>`)
    const answer = mail.startsWith('250') ? await session.say(`RCPT TO:<${to}>`) : mail
    expect(answer).toMatch(/^5\d\d/)
    session.close()
    expect(await messagesIn(gateway)).toEqual([])
  })

  it('without TLS there is no signing in, and no mail', async () => {
    const session = await RawSession.open(open.port)
    await session.answer()
    expect(await session.say('EHLO test.example')).not.toContain('AUTH')
    expect(await session.say(`AUTH PLAIN ${Buffer.from('\0a\0b').toString('base64')}`)).toMatch(/^5/)
    expect(await session.say(`MAIL FROM:<${alice}>`)).toMatch(/^5/)
    session.close()
  })

  it('an agency’s mail server hands in for its own people, as a content filter does', async () => {
    expect((await gateway.send(relay, { from: alice, to: [bashir] }, harmless())).code).toBe(250)
  })
})

describe('false ends of a message', () => {
  const variants = ['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r\n.\r', '\r.\r\n', '\r\n\0.\r\n']
  it.each(variants.map((one) => [JSON.stringify(one), one]))(
    '%s is refused whole, and what follows is not taken for commands',
    async (_shown, end) => {
      const session = await RawSession.open(open.securePort, open.certificate)
      await session.begin(login)
      await session.say(`MAIL FROM:<${alice}>`)
      await session.say(`RCPT TO:<${bashir}>`)
      await session.say('DATA')
      session.write(
        `${harmless('Outer')}outer${end}MAIL FROM:<${alice}>\r\nRCPT TO:<victim@other.example>\r\nDATA\r\n${harmless('Smuggled')}\r\n.\r\n`,
      )
      expect(await session.answer()).toMatch(/^550 5\.7\.1 MAIL-WIRE/)
      expect(await session.say('NOOP')).toMatch(/^250/)
      session.close()
      await test.runJobs()
      expect(await messagesIn(gateway)).toEqual([])
      expect(sink.received).toEqual([])
    },
  )
})

describe('guessing passwords', () => {
  it('slows down who guesses, and neither the same person elsewhere nor a colleague at the same place is locked out', async () => {
    const desk = await gateway.password('grace')
    for (let turn = 0; turn < 8; turn++)
      await gateway.send({ name: login.name, password: `wrong ${turn}` }, { from: alice, to: [bashir] }, harmless())
    const reply = await gateway.send(login, { from: alice, to: [bashir] }, harmless())
    expect(reply.text).toMatch(/^454 4\.7\.0 .* Wait \d+ seconds\. Nothing is locked/)
    const { rows: found } = await test.house.database.pool.query(
      `select email from people.user_account where username = 'grace'`,
    )
    const grace = found[0].email as string
    expect(
      (await gateway.send(desk, { from: grace, to: [bashir] }, letter(grace, bashir, 'Room', 'See you at ten.'))).code,
    ).toBe(250)
    test.clock.forward(61_000)
    expect((await gateway.send(login, { from: alice, to: [bashir] }, harmless())).code).toBe(250)
  })
})

describe('trouble of our own', () => {
  it('when the database says that the disk is full, the answer is 452 and never 250', async () => {
    const { pool } = test.house.database
    await pool.query(`create function gateway.full() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '53100'; end $$;
      create trigger full_disk before insert on gateway.message for each row execute function gateway.full()`)
    const full = await gateway.send(login, { from: alice, to: [bashir] }, harmless('Full'))
    await pool.query('drop trigger full_disk on gateway.message; drop function gateway.full()')
    expect(full.text).toMatch(/^452 4\.3\.1/)
    expect(await messagesIn(gateway)).toEqual([])
  })

  it('when the database refuses for another reason, the answer is 451 and never 250', async () => {
    const { pool } = test.house.database
    await pool.query(`alter table gateway.message rename to message_away`)
    const reply = await gateway.send(login, { from: alice, to: [bashir] }, harmless('Away'))
    await pool.query(`alter table gateway.message_away rename to message`)
    expect(reply.text).toMatch(/^451 4\.3\.0/)
  })
})
