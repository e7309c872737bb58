// A user's real mail program in front of the gateway.
import { beforeEach, describe, expect, it } from 'vitest'
import { letterAndFiles } from '../queue/letter.ts'
import { readMessage } from '../reading/index.ts'
import { messagesIn, openGateway } from './house.fixture.ts'
import { sendWithMutt } from './mutt.fixture.ts'

const gateway = await openGateway()
const login = await gateway.password('alice')
const at = { port: gateway.open.port, certificate: gateway.open.certificate, ...login }
const { pool } = gateway.test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'piotr') order by username`,
)
const [alice, piotr] = rows.map((one) => one.email as string) as [string, string]
beforeEach(async () => {
  await pool.query('delete from gateway.message')
  gateway.sink.received.length = 0
})

describe('mutt, by STARTTLS and AUTH', { timeout: 240_000 }, () => {
  it('what may go arrives with its words and its file as they were written', async () => {
    const text = 'Dear Piotr,\n\nthe meeting is on Tuesday at ten. Żółw – £5.\n.\nA line that began with a dot.\n'
    const sent = await sendWithMutt(at, {
      from: alice,
      to: piotr,
      subject: 'Agenda',
      text,
      file: { name: 'agenda.txt', content: 'One. Two. Three.\n' },
    })
    expect(sent).toEqual({ code: 0, said: '' })
    await gateway.test.runJobs()
    const [got] = gateway.sink.received.filter((one) => one.to.includes(piotr))
    const reading = readMessage(got!.raw)
    if (reading.outcome !== 'read') throw new Error(reading.sentence)
    const { letter, files } = letterAndFiles(reading.message)
    expect(letter).toContain(text.trim())
    // Text travels with the line ends of mail (RFC 2046 §4.1.1).
    expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString().replace(/\r\n/g, '\n')])).toEqual([
      ['agenda.txt', 'One. Two. Three.\n'],
    ])
  })

  it('CUM-20: what must not go is refused in the program itself, with the rule and what to do', async () => {
    const refused = await sendWithMutt(at, {
      from: alice,
      to: piotr,
      subject: 'Visit to Julia Smith, born 3 May 2012',
      text: 'See you on Tuesday.',
    })
    expect(refused.code).not.toBe(0)
    expect(refused.said).toMatch(/550 5\.7\.1 CUM-20 The subject/)
    expect((await messagesIn(gateway)).map(({ state }) => state)).toEqual(['refused'])
    expect(gateway.sink.received).toEqual([])
  })

  it('a wrong password and a gateway that the program does not know send nothing', async () => {
    const wrong = await sendWithMutt(
      { ...at, password: 'guessed' },
      { from: alice, to: piotr, subject: 'Agenda', text: 'Hello.' },
    )
    expect(wrong.code).not.toBe(0)
    const other = (await import('../../transfer/sink.fixture.ts')).certificate().cert
    const stranger = await sendWithMutt(
      { ...at, certificate: other },
      { from: alice, to: piotr, subject: 'Agenda', text: 'Hello.' },
    )
    expect(stranger.code).not.toBe(0)
    expect(await messagesIn(gateway)).toEqual([])
  })
})
