import { describe, expect, it } from 'vitest'
import { letter, messagesIn, openGateway, RawSession } from './house.fixture.ts'

const gateway = await openGateway({ patience: { idle: 1_500, signIn: 400, message: 900 } })
const { open } = gateway
const login = await gateway.password('alice')
const { rows } = await gateway.test.house.database.pool.query(
  `select email from people.user_account where username = 'alice'`,
)
const alice = rows[0].email as string

describe('slow clients', () => {
  it('who never sign in are sent away', async () => {
    const session = await RawSession.open(open.securePort, open.certificate)
    await session.answer()
    expect(await session.answer()).toMatch(/^421 /)
    expect(await session.answer()).toBe('')
  })

  it('who say nothing useful to stay are sent away all the same', async () => {
    const session = await RawSession.open(open.port)
    await session.answer()
    let last = ''
    for (let turn = 0; turn < 100 && !session.ended; turn++) {
      last = (await session.say('NOOP')) || last
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(session.ended).toBe(true)
  })

  it('who trickle a message are sent away, and half a message is none', async () => {
    const session = await RawSession.open(open.securePort, open.certificate)
    await session.begin(login)
    await session.say(`MAIL FROM:<${alice}>`)
    await session.say(`RCPT TO:<${alice}>`)
    await session.say('DATA')
    session.write(letter(alice, alice, 'Slow', 'So slow.'))
    for (let turn = 0; turn < 100 && !session.ended; turn++) {
      session.write('x')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(session.ended).toBe(true)
    expect(await messagesIn(gateway)).toEqual([])
  })

  it('while others are served', async () => {
    const idle = await Promise.all(Array.from({ length: 40 }, () => RawSession.open(open.port)))
    const reply = await gateway.send(
      login,
      { from: alice, to: [alice] },
      letter(alice, alice, 'Note', 'See you at ten.'),
    )
    expect(reply.code).toBe(250)
    for (const session of idle) session.close()
  })
})
