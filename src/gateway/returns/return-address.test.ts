// What anybody may hand in at a return address, and what of it counts.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newId } from '../../platform/index.ts'
import { signIn } from '../../testing/sign-in.ts'
import { messagesIn } from '../smtp/house.fixture.ts'
import { reportName } from './back-for.ts'
import { bounce, openReturning, readReceipt, reply } from './returns.fixture.ts'

const returning = await openReturning()
const { gateway, house, pool, until, came, boxOf, send, addressFor, addressOfDispatch, handIn } = returning
const { alice, bashir, piotr } = returning.people

describe('what comes to a return address', { timeout: 60_000 }, () => {
  it('BEX-49: that it was read is written down when the recipient’s program says so, and not when it says something else', async () => {
    const { id } = await send(piotr, 'Meeting', `Disposition-Notification-To: ${alice}\r\n`)
    await until(() => boxOf(piotr).some((one) => one.includes('Disposition-Notification-To: <returns+')))
    expect(await handIn('', addressFor(id, piotr), readReceipt(piotr, 'deleted'))).toMatch(/^250/)
    expect((await came()).map((one) => one.kind)).not.toContain('displayed')
    expect(await handIn('', addressFor(id, piotr), readReceipt(piotr))).toMatch(/^250/)
    expect((await came()).map((one) => one.kind)).toContain('displayed')
  })

  it('a reply is kept with what it answers and shown to its sender alone; from a stranger’s address it is marked', async () => {
    const { id } = await send(piotr, 'Meeting')
    expect(await handIn(piotr, addressFor(id, piotr), reply(piotr))).toMatch(/^250/)
    expect(
      await handIn(
        'x@elsewhere.example',
        addressFor(id, piotr),
        reply('x@elsewhere.example', '<script>alert(1)</script>'),
      ),
    ).toMatch(/^250/)
    const browser = await signIn(gateway.test, 'alice')
    const list = (await browser.get('/mail')).html
    const links = [...list.matchAll(/\/mail\/replies\/[0-9a-f-]{36}/g)].map(([link]) => link)
    expect(links).toHaveLength(2)
    const pages = await Promise.all(links.map(async (link) => (await browser.get(link)).html))
    const known = pages.find((html) => html.includes('Tuesday suits me'))!
    const stranger = pages.find((html) => html.includes('&lt;script&gt;'))!
    expect(known).not.toContain('not the one you wrote to')
    expect(stranger).toContain('not the one you wrote to')
    expect((await browser.get(`${links[0]}/original`)).bytes.toString()).toContain('Subject: Re: Meeting')
    expect((await (await signIn(gateway.test, 'bashir')).get(links[0]!)).status).toBe(404)
    const { rows: kept } = await pool.query(`select sealed_raw from gateway.returned where kind = 'reply'`)
    expect(kept.every((one) => !one.sealed_raw.includes('Tuesday'))).toBe(true)
  })

  it('an automatic answer is no proof that anybody read it', async () => {
    const { id } = await send(piotr, 'Meeting')
    expect(
      await handIn(
        piotr,
        addressFor(id, piotr),
        reply(piotr, 'I am on leave.').replace('Subject', 'Auto-Submitted: auto-replied\nSubject'),
      ),
    ).toMatch(/^250/)
    expect((await came()).filter(({ kind }) => kind !== 'delivered')).toMatchObject([{ kind: 'automatic' }])
  })

  it('what is forged, of somebody else, malformed or of nobody changes nothing', async () => {
    const { id } = await send(piotr, 'Meeting')
    const right = addressFor(id, piotr)
    const forged = `${right.slice(0, 20)}${right[20] === 'a' ? 'b' : 'a'}${right.slice(21)}`
    for (const [from, to, raw, answer] of [
      ['', forged, bounce(piotr), /^550 5\.1\.1/],
      ['', 'returns@hub.example', bounce(piotr), /^550 5\.1\.1/],
      ['', alice, bounce(piotr), /^550 5\.1\.1/],
      ['someone@outside.example', right, bounce(piotr), /^550 .*from nobody/],
      ['', right, bounce('someone.else@outside.example'), /^250/],
      ['', right, bounce(piotr).replace('Action: failed', 'Action: delivered'), /^550 .*two things/],
      ['', right, bounce(piotr).replace('Status: 5.1.1', 'Status: 5.1.1\nStatus: 2.0.0'), /^550 .*not in order/],
      ['', right, bounce(piotr).replace('Status: 5.1.1', 'Status: banana'), /^550/],
      ['', addressFor(newId(), piotr), bounce(piotr), /^550 .*no longer/],
      ['', addressOfDispatch(newId(), 1), bounce(piotr), /^550 .*no longer/],
    ] as const)
      expect(await handIn(from, to, raw)).toMatch(answer)
    const [message] = await messagesIn(gateway)
    const rows = await came()
    expect(rows.map(({ kind }) => kind)).not.toContain('failed')
    expect(message!.recipients).toMatchObject([{ state: 'sent' }])
    expect(rows.filter(({ address }) => address === 'someone.else@outside.example')).toMatchObject([
      { kind: 'unclear' },
    ])
  })

  it('the same report twice is one', async () => {
    const { id } = await send(piotr, 'Meeting')
    const before = (await came()).length
    const raw = bounce(piotr)
    expect(await handIn('', addressFor(id, piotr), raw)).toMatch(/^250 2\.0\.0 Taken/)
    expect(await handIn('', addressFor(id, piotr), raw)).toMatch(/^250 .*before/)
    expect((await came()).filter(({ kind }) => kind === 'failed')).toHaveLength(1)
    expect(before).toBeLessThanOrEqual(1)
  })

  it('an address that two recipients share proves nothing by itself: one of them cannot say that it never reached the other', async () => {
    const { id } = await send([piotr, bashir], 'Both')
    const shared = addressFor(id, piotr, bashir)
    expect(await handIn('', shared, bounce(bashir))).toMatch(/^250/)
    expect(await handIn('', shared, bounce(bashir, 'Original-Envelope-Id: guessed\n'))).toMatch(/^250/)
    expect((await messagesIn(gateway))[0]!.recipients!.map(({ state }) => state)).toEqual(['sent', 'sent'])
    // The servers that carried it know its name, so what they report counts.
    const envelope = `Original-Envelope-Id: ${reportName(house.secrets, id)}\n`
    expect(await handIn('', shared, bounce(bashir, envelope))).toMatch(/^250/)
    await until(async () => (await messagesIn(gateway))[0]!.recipients!.some(({ state }) => state !== 'sent'))
  })
})

describe('what comes back is a stranger’s: it is read in the checking threads, within their bounds', {
  timeout: 60_000,
}, () => {
  it('a bounce of 200,000 parts and one of 10,000 messages in messages are refused in a sentence, and the next is taken', async () => {
    const { id } = await send(piotr, 'Meeting')
    const address = addressFor(id, piotr)
    const head = 'From: mailer@outside.example\nMIME-Version: 1.0\n'
    const parts = `${head}Content-Type: multipart/report; boundary=b\n\n${'--b\n\nx\n'.repeat(200_000)}--b--\n`
    const nested = `${head}${'Content-Type: message/rfc822\n\n'.repeat(10_000)}x\n`
    for (const raw of [parts, nested]) expect(await handIn('', address, raw)).toMatch(/^550 5\.7\.1 This message/)
    expect(await handIn('', address, bounce(piotr))).toMatch(/^250/)
  })

  it('nothing of the gateway’s main thread reads a message', () => {
    const gatewayFolder = fileURLToPath(new URL('..', import.meta.url))
    const readers = readdirSync(gatewayFolder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ts$/.test(name) && !/\.(?:test|fixture|cases)\.ts$/.test(name))
      .filter((name) => /\breadMessage\(/.test(readFileSync(join(gatewayFolder, name), 'utf8')))
    expect(readers.sort()).toEqual([
      'checking/tasks.ts',
      'checking/warm-up.ts',
      // Asked by the threads, and by a command that reads files.
      'commands/mail-check.ts',
      'contents/look-inside.ts',
      'reading/read-message.ts',
    ])
  })
})
