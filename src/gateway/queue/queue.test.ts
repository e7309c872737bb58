import { beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '../../testing/sign-in.ts'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'

const gateway = await openGateway()
const { test, sink } = gateway
const login = await gateway.password('alice')
const { pool } = test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir', 'piotr') order by username`,
)
const alice = rows[0].email as string
const bashir = rows[1].email as string
const piotr = rows[2].email as string
const carer = 'martha.field@gmail.com'
const about = 'Julia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises on Monday.'
const send = (to: string, text: string, more = '') =>
  gateway.send(login, { from: alice, to: [to] }, letter(alice, to, 'Visit', text, more))

beforeEach(async () => {
  await pool.query('delete from gateway.message')
  sink.received.length = 0
})

describe('what may not be e-mailed', () => {
  it('CUM-35: goes a secure way instead: the words never leave as e-mail, the custody chain has them, the sender is told', async () => {
    const reply = await send(carer, about)
    expect(reply.text).toMatch(/^250/)
    await test.runJobs()
    const [kept] = await messagesIn(gateway)
    expect(kept).toMatchObject({ state: 'done', recipients: [{ address: carer, state: 'converted' }] })
    expect(sink.received.filter((one) => one.raw.includes('Julia'))).toEqual([])
    expect(sink.received.filter((one) => one.to[0] === alice && one.raw.includes(kept!.reference))).not.toEqual([])
    const { rows: custody } = await pool.query(
      `select d.state, d.route from transfer.dispatch d join gateway.recipient r on r.consignment = d.disclosure`,
    )
    expect(custody).toHaveLength(1)
    const { rows: decisions } = await pool.query(
      `select count(*)::int as n from protocols.decision d join gateway.message m on m.decision = d.id where d.disclosure::text not like '%bruises%'`,
    )
    expect(decisions[0].n).toBe(1)
  })

  it('CUM-13: is held where it greets another than it goes to; its page shows the greeting in its place, and confirmed, it goes', async () => {
    const reply = await send(piotr, `Dear Gwendolyn,\n\n${about}`)
    expect(reply.text).toMatch(/^250 2\.0\.0 Held as /)
    await test.runJobs()
    const [kept] = await messagesIn(gateway)
    expect(kept).toMatchObject({ state: 'held', recipients: [{ state: 'held' }] })
    expect(sink.received.filter((one) => one.to[0] === piotr)).toEqual([])
    expect(
      sink.received.some(
        (one) => one.to[0] === alice && one.raw.toString().replaceAll('=\r\n', '').includes(`/mail/${kept!.id}`),
      ),
    ).toBe(true)
    const browser = await signIn(test, 'alice')
    const page = await browser.get(`/mail/${kept!.id}`)
    expect(page.status).toBe(200)
    expect(page.html).toMatch(/<mark[^>]*>Gwendolyn/)
    expect((await browser.get('/mail')).html).toContain(kept!.reference)
    await browser.post(`/mail/${kept!.id}`, {
      confirmed: 'recipient-check',
      needToKnow: 'He is the manager.',
      version: '1',
    })
    await test.runJobs()
    const [after] = await messagesIn(gateway)
    expect(after!.state).not.toBe('held')
    expect(['sent', 'converted']).toContain(after!.recipients![0]!.state)
  })

  it('withdrawn, it goes to nobody and its bytes are dropped', async () => {
    await send(bashir, `Dear Gwendolyn,\n\n${about}`)
    const [kept] = await messagesIn(gateway)
    const browser = await signIn(test, 'alice')
    expect((await browser.get(`/mail/${kept!.id}/withdraw`)).status).toBe(200)
    await browser.post(`/mail/${kept!.id}/withdraw`, { version: '1' })
    await test.runJobs()
    expect(await messagesIn(gateway)).toMatchObject([{ state: 'withdrawn', recipients: [{ state: 'withdrawn' }] }])
    expect((await pool.query('select sealed_raw from gateway.message')).rows[0].sealed_raw).toBeNull()
    expect(sink.received.filter((one) => one.to[0] === bashir)).toEqual([])
  })

  it('with other recipients, nobody is named in it who does not get it', async () => {
    const raw = letter(alice, `${piotr}, wrong.person@kirkvale.example`, 'Visit', `Dear Gwendolyn,\n\n${about}`)
    await gateway.send(login, { from: alice, to: [piotr, 'wrong.person@kirkvale.example'] }, raw)
    const [kept] = await messagesIn(gateway)
    expect(kept!.state).toBe('held')
    const browser = await signIn(test, 'alice')
    expect((await browser.get(`/mail/${kept!.id}/recipients`)).html).toContain('wrong.person@')
    await browser.post(`/mail/${kept!.id}/recipients`, { addresses: piotr, version: '1' })
    const [changed] = await messagesIn(gateway)
    expect(changed!.recipients!.map((one) => one.address)).toEqual([piotr])
    const posted = await browser.post(`/mail/${kept!.id}`, { confirmed: 'recipient-check', version: '2' })
    expect(posted.status).toBe(303)
    await test.runJobs()
    const [after] = await messagesIn(gateway)
    expect(after!.state).toBe('done')
    expect(sink.received.filter((one) => one.raw.includes('wrong.person@'))).toEqual([])
  })

  it('a manager releases a colleague’s, saying why; not their own, and not another agency’s', async () => {
    await send(bashir, `Dear Gwendolyn,\n\n${about}`)
    const [kept] = await messagesIn(gateway)
    const chelsea = await signIn(test, 'chelsea')
    expect((await chelsea.get(`/mail/${kept!.id}`)).status).toBe(404)
    const manager = await signIn(test, 'bashir')
    expect((await manager.get('/mail')).html).toContain(kept!.reference)
    expect((await manager.get(`/mail/${kept!.id}/release`)).status).toBe(200)
    await manager.post(`/mail/${kept!.id}/release`, { why: 'Gwendolyn is my second name.', version: '1' })
    await test.runJobs()
    expect((await messagesIn(gateway))[0]!.state).toBe('done')
    const own = await gateway.send(
      await gateway.password('bashir'),
      { from: bashir, to: [alice] },
      letter(bashir, alice, 'Visit', `Dear Gwendolyn,\n\n${about}`),
    )
    expect(own.text).toContain('Held')
    const held = (await messagesIn(gateway)).find((one) => one.state === 'held')!
    expect((await manager.get(`/mail/${held.id}/release`)).status).toBe(404)
  })

  it('two who settle the same message: the second is told', async () => {
    await send(bashir, `Dear Gwendolyn,\n\n${about}`)
    const [kept] = await messagesIn(gateway)
    const browser = await signIn(test, 'alice')
    await browser.get(`/mail/${kept!.id}`)
    const second = await browser.post(`/mail/${kept!.id}`, { version: '7' })
    const page = await browser.get(second.to!)
    expect(page.html).toContain('Somebody was quicker')
    expect(page.html).toContain('This message has not gone.')
    // What was found stands once in its line: the postcode is within the address.
    expect(page.html.match(/“KV1 2AB”/g)).toBeNull()
  })
})

describe('refused and mended', () => {
  it('the refusal names its rule and what to do, stands on the page without the bytes, and mended it goes', async () => {
    const raw = letter(alice, bashir, 'Papers', 'The file is attached. The password is Harbour72.', '').replace(
      'Content-Type: text/plain; charset=utf-8\r\n',
      'Content-Type: text/plain; charset=utf-8\r\n',
    )
    await gateway.send(login, { from: alice, to: [bashir] }, raw)
    const broken = Buffer.from(
      `From: ${alice}\r\nTo: ${bashir}\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=a\r\nContent-Type: text/plain\r\n\r\n--a\r\n\r\nhello\r\n--a--\r\n`,
    )
    const reply = await gateway.send(login, { from: alice, to: [bashir] }, broken)
    expect(reply.text).toMatch(/^550 5\.7\.1 [A-Z]+-[A-Z0-9]+ .+\([0-9A-Z-]{11}\)$/)
    const refused = (await messagesIn(gateway)).find((one) => one.state === 'refused')!
    expect(
      (await pool.query('select sealed_raw from gateway.message where id = $1', [refused.id])).rows[0].sealed_raw,
    ).toBeNull()
    const browser = await signIn(test, 'alice')
    const page = await browser.get(`/mail/${refused.id}`)
    expect(page.html).toContain('nobody has got it')
    const mended = await gateway.send(login, { from: alice, to: [bashir] }, letter(alice, bashir, 'x', 'hello'))
    expect(mended.code).toBe(250)
  })

  it('whose message it says it is must be who handed it in', async () => {
    const reply = await gateway.send(login, { from: alice, to: [bashir] }, letter(bashir, bashir, 'x', 'hello'))
    expect(reply.text).toMatch(/^550 5\.7\.1 MAIL-SENDER/)
  })
})

describe('the way out', () => {
  it('a refused recipient is told to the sender, and the others have it', async () => {
    sink.refused.add('gone@kirkvale.example')
    await gateway.send(
      login,
      { from: alice, to: [bashir, 'gone@kirkvale.example'] },
      letter(alice, `${bashir}, gone@kirkvale.example`, 'Room', 'See you at ten.'),
    )
    await test.runJobs()
    const [kept] = await messagesIn(gateway)
    expect(kept!.recipients!.map((one) => one.state).sort()).toEqual(['refused', 'sent'])
    expect(sink.received.some((one) => one.to[0] === alice && one.raw.includes('was not delivered'))).toBe(true)
  })

  it('blind copies stay blind, and what leaves has a trace line and its own lines ended by CR LF', async () => {
    const raw = letter(alice, bashir, 'Room', 'See you at ten.', 'Bcc: grace@kirkvale.example\r\n')
    await gateway.send(login, { from: alice, to: [bashir] }, raw)
    await test.runJobs()
    const sent = sink.received.find((one) => one.to.includes(bashir))!
    const text = sent.raw.toString('latin1')
    expect(text).toMatch(/^Received: by localhost \(Safehaven\) with ESMTPSA id /)
    expect(text).not.toContain('grace@')
    expect(text).toMatch(/^Message-ID: /im)
    expect(/[^\r]\n|\r[^\n]/.test(text)).toBe(false)
  })
})
