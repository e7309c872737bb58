// What comes back, with a real Postfix as the next hop that delivers, bounces and reports.
import { describe, expect, it } from 'vitest'
import { signIn } from '../../testing/sign-in.ts'
import { letter, messagesIn } from '../smtp/house.fixture.ts'
import { bounce, domainOf, openReturning, reply } from './returns.fixture.ts'

const returning = await openReturning()
const { gateway, pool, login, until, came, boxOf, send, addressFor, addressOfDispatch, handIn } = returning
const { alice, bashir, piotr } = returning.people

describe('with a real mail server as the next hop', { timeout: 120_000 }, () => {
  it('BEX-49: a delivery is reported back and stands with the message; its recipient answers to the gateway', async () => {
    const message = await send(piotr, 'Meeting')
    await until(async () => (await came()).length > 0)
    expect(await came()).toEqual([
      { kind: 'delivered', address: piotr.toLowerCase(), detail: expect.stringMatching(/^2\.0\.0/), place: 0 },
    ])
    const [arrived] = boxOf(piotr)
    const back = addressFor(message.id, piotr)
    expect(arrived).toContain(`Return-Path: <${back}>`)
    expect(arrived).toMatch(new RegExp(`^Reply-To: <${back.replace(/[+.]/g, '\\$&')}>`, 'm'))
    const page = await (await signIn(gateway.test, 'alice')).get(`/mail/${message.id}`)
    expect(page.html).toContain('Arrived in the mailbox')
  })

  it('CUM-35: what bounces goes its next way at once, and its sender is told', async () => {
    const nobody = `nobody.here@${domainOf(piotr)}`
    await send(nobody, 'Meeting').catch(() => {})
    const browser = await signIn(gateway.test, 'alice')
    const [held] = await messagesIn(gateway)
    if (held!.state === 'held')
      await browser.post(`/mail/${held!.id}`, {
        confirmed: 'recipient-check',
        needToKnow: 'She works there.',
        version: '1',
      })
    await gateway.test.runJobs()
    await until(async () => (await came()).some((one) => one.kind === 'failed'))
    await gateway.test.runJobs()
    const [message] = await messagesIn(gateway)
    const [recipient] = message!.recipients!
    expect(recipient!.state).toBe('converted')
    expect(recipient!.detail).toMatch(/came back/i)
    await until(() => boxOf(alice).some((one) => one.includes(message!.reference)))
    expect((await browser.get(`/mail/${message!.id}`)).html).toContain('Came back')
    // No word of the message travelled back with the report.
    expect((await came()).every(({ detail }) => !detail.includes('Tuesday'))).toBe(true)
  })

  it('between colleagues a reply goes from mailbox to mailbox', async () => {
    await send(bashir, 'Rota')
    await until(() => boxOf(bashir).some((one) => one.includes('Subject: Rota')))
    expect(boxOf(bashir).find((one) => one.includes('Subject: Rota'))).not.toContain('Reply-To:')
  })
})

describe('a dispatch that went as e-mail', { timeout: 60_000 }, () => {
  it('CUM-35: that comes back goes its next way; that is answered is written down as read', async () => {
    const { rows: before } = await pool.query('select id from transfer.dispatch')
    const carer = 'martha.field@gmail.com'
    await gateway.send(
      login,
      { from: alice, to: [carer] },
      letter(
        alice,
        carer,
        'Visit',
        'Julia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises on Monday.',
      ),
    )
    await gateway.test.runJobs()
    const { rows: found } = await pool.query(
      'select id, attempt, state from transfer.dispatch where id <> all($1::uuid[])',
      [before.map((one) => one.id)],
    )
    expect(found).toMatchObject([{ state: 'sent' }])
    const { id, attempt } = found[0]
    // Another attempt than the one under way says nothing of it.
    expect(await handIn('', addressOfDispatch(id, attempt + 7), bounce(carer))).toMatch(/^250/)
    expect((await pool.query('select attempt from transfer.dispatch where id = $1', [id])).rows[0].attempt).toBe(
      attempt,
    )
    expect(await handIn(carer, addressOfDispatch(id, attempt), reply(carer))).toMatch(/^250/)
    expect((await pool.query('select state from transfer.dispatch where id = $1', [id])).rows[0].state).toBe('read')
    const { rows: steps } = await pool.query(
      'select detail from transfer.step where dispatch = $1 order by id desc limit 1',
      [id],
    )
    expect(steps[0].detail).toContain('replied')
    // From the custody chain to the reply and back; a colleague sees that there is one, and its sender alone reads it.
    const browser = await signIn(gateway.test, 'alice')
    const list = await browser.get(`/dispatches/${id}/came-back`)
    const [link] = /\/mail\/replies\/[0-9a-f-]{36}/.exec(list.html) ?? []
    const read = await browser.get(link!)
    expect(read.html).toContain('Tuesday suits me')
    expect(read.html).toContain(`href="/dispatches/${id}"`)
    const stranger = await (await signIn(gateway.test, 'piotr')).get(`/dispatches/${id}/came-back`)
    expect(stranger.status).toBe(404)
  })
})
