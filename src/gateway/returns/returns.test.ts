// What comes back, with a real Postfix as the next hop that delivers, bounces and reports.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId, returnAddress } from '../../platform/index.ts'
import { signIn } from '../../testing/sign-in.ts'
import { certificate } from '../../transfer/sink.fixture.ts'
import { freePort } from '../evidence/names.fixture.ts'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'
import { startPostfix } from '../smtp/postfix.fixture.ts'
import { openReturns } from './listener.ts'

const folder = mkdtempSync(join(tmpdir(), 'safehaven-returns-'))
const hop = await freePort()
const { cert, key } = certificate()
const gateway = await openGateway({
  relay: { url: `smtp://localhost:${hop}`, ca: cert },
  config: { returns: { address: 'returns@hub.example', port: 0 } },
})
const { house } = gateway.test
const { pool } = house.database
const listener = await openReturns(house, { port: 0, host: '127.0.0.1' })
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir', 'piotr') order by username`,
)
const [alice, bashir, piotr] = rows.map((one) => one.email as string) as [string, string, string]
const login = await gateway.password('alice')
const domainOf = (address: string) => address.split('@')[1]!
const running: (() => void)[] = []
afterAll(async () => {
  for (const stop of running) stop()
  await listener.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeAll(() => {
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
  mkdirSync(join(folder, 'boxes'), { mode: 0o777 })
  chmodSync(join(folder, 'boxes'), 0o777)
  const box = (address: string) => `{${address} = ${address}/}`
  running.push(
    startPostfix(
      folder,
      'hop',
      `smtpd_tls_security_level = encrypt\nsmtpd_tls_cert_file = ${folder}/cert.pem\nsmtpd_tls_key_file = ${folder}/key.pem
transport_maps = inline:{hub.example=smtp:[127.0.0.1]:${listener.port}}\nsmtpd_reject_unlisted_recipient = no\nvirtual_mailbox_base = ${folder}/boxes
virtual_mailbox_domains = ${domainOf(alice)}, ${domainOf(piotr)}\nvirtual_mailbox_maps = inline:{${[alice, bashir, piotr].map(box).join(', ')}}
virtual_uid_maps = static:65534\nvirtual_gid_maps = static:65534\nvirtual_minimum_uid = 100\n`,
      hop,
    ),
  )
})

beforeEach(async () => {
  await pool.query('delete from gateway.message')
})

const until = async (done: () => Promise<boolean> | boolean) => {
  for (let turn = 0; turn < 300; turn++) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(execFileSync('sh', ['-c', `tail -40 ${folder}/hop/data/log`]).toString())
}
const came = async (): Promise<{ kind: string; detail: string; address: string }[]> =>
  (await pool.query('select kind, detail, address from gateway.returned order by at, id')).rows
const boxOf = (address: string): string[] => {
  try {
    const inside = join(folder, 'boxes', address, 'new')
    return readdirSync(inside).map((name) => readFileSync(join(inside, name), 'utf8'))
  } catch {
    return []
  }
}
const send = async (to: string | string[], subject: string, more = '') => {
  const list = [to].flat()
  const reply = await gateway.send(
    login,
    { from: alice, to: list },
    letter(alice, list.join(', '), subject, 'The meeting is on Tuesday at ten.', more),
  )
  expect(reply.text).toMatch(/^250/)
  await gateway.test.runJobs()
  const [message] = await messagesIn(gateway)
  return message!
}
const addressFor = (id: string, number: number, kind: 'message' | 'dispatch' = 'message') =>
  returnAddress(house.config, house.secrets, { kind, id, number })!

/** One message handed in where replies and reports come; the last answer. */
function handIn(from: string, to: string, raw: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: listener.port })
    const lines = [
      'EHLO outside.example',
      `MAIL FROM:<${from}>`,
      `RCPT TO:<${to}>`,
      'DATA',
      `${raw.replace(/\r?\n/g, '\r\n')}\r\n.`,
    ]
    let text = ''
    socket.on('error', reject)
    socket.on('data', (piece) => {
      text += piece
      const whole = /^(?:\d{3}-[^\n]*\n)*(\d{3}) [^\n]*\n$/.exec(text)
      if (whole === null) return
      const next = whole[1]! < '400' ? lines.shift() : undefined
      if (next === undefined) {
        socket.destroy()
        return resolve(text.trim())
      }
      text = ''
      socket.write(`${next}\r\n`)
    })
  })
}

const report = (kind: string, fields: string) =>
  `From: mailer@outside.example\nTo: returns@hub.example\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=${kind}; boundary=b\n\n--b\nContent-Type: text/plain\n\nAbout your message.\n--b\nContent-Type: message/${kind}\n\n${fields}\n--b--\n`
const bounce = (address: string, more = '') =>
  report(
    'delivery-status',
    `Reporting-MTA: dns; outside.example\n${more}\nFinal-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 No such person\n`,
  )
const readReceipt = (address: string, disposition = 'displayed') =>
  report(
    'disposition-notification',
    `Final-Recipient: rfc822; ${address}\nDisposition: manual-action/MDN-sent-manually; ${disposition}\n`,
  )
const reply = (from: string, text = 'Thank you, Tuesday suits me.') =>
  `From: ${from}\nTo: returns@hub.example\nSubject: Re: Meeting\nMIME-Version: 1.0\nContent-Type: text/plain\n\n${text}\n`

describe('with a real mail server as the next hop', { timeout: 120_000 }, () => {
  it('BEX-49: a delivery is reported back and stands with the message; its recipient answers to the gateway', async () => {
    const message = await send(piotr, 'Meeting')
    await until(async () => (await came()).length > 0)
    expect(await came()).toEqual([
      { kind: 'delivered', address: piotr.toLowerCase(), detail: expect.stringMatching(/^2\.0\.0/) },
    ])
    const [arrived] = boxOf(piotr)
    const back = addressFor(message.id, 0)
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

describe('what comes to a return address', { timeout: 60_000 }, () => {
  it('BEX-49: that it was read is written down when the recipient’s program says so, and not when it says something else', async () => {
    const { id } = await send(piotr, 'Meeting', `Disposition-Notification-To: ${alice}\r\n`)
    await until(() => boxOf(piotr).some((one) => one.includes('Disposition-Notification-To: <returns+')))
    expect(await handIn('', addressFor(id, 0), readReceipt(piotr, 'deleted'))).toMatch(/^250/)
    expect((await came()).map((one) => one.kind)).not.toContain('displayed')
    expect(await handIn('', addressFor(id, 0), readReceipt(piotr))).toMatch(/^250/)
    expect((await came()).map((one) => one.kind)).toContain('displayed')
  })

  it('a reply is kept with what it answers and shown to its sender alone; from a stranger’s address it is marked', async () => {
    const { id } = await send(piotr, 'Meeting')
    expect(await handIn(piotr, addressFor(id, 0), reply(piotr))).toMatch(/^250/)
    expect(
      await handIn('x@elsewhere.example', addressFor(id, 0), reply('x@elsewhere.example', '<script>alert(1)</script>')),
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
        addressFor(id, 0),
        reply(piotr, 'I am on leave.').replace('Subject', 'Auto-Submitted: auto-replied\nSubject'),
      ),
    ).toMatch(/^250/)
    expect((await came()).filter(({ kind }) => kind !== 'delivered')).toMatchObject([{ kind: 'automatic' }])
  })

  it('what is forged, of somebody else, malformed or of nobody changes nothing', async () => {
    const { id } = await send(piotr, 'Meeting')
    const right = addressFor(id, 0)
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
      ['', addressFor(newId(), 0), bounce(piotr), /^550 .*no longer/],
      ['', addressFor(newId(), 1, 'dispatch'), bounce(piotr), /^550 .*no longer/],
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
    expect(await handIn('', addressFor(id, 0), raw)).toMatch(/^250 2\.0\.0 Taken/)
    expect(await handIn('', addressFor(id, 0), raw)).toMatch(/^250 .*before/)
    expect((await came()).filter(({ kind }) => kind === 'failed')).toHaveLength(1)
    expect(before).toBeLessThanOrEqual(1)
  })

  it('an address that two recipients share proves nothing by itself: one of them cannot say that it never reached the other', async () => {
    const { id } = await send([piotr, bashir], 'Both')
    const shared = addressFor(id, 0xffff)
    await until(() => boxOf(piotr).some((one) => one.includes(`Return-Path: <${shared}>`)))
    expect(await handIn('', shared, bounce(bashir))).toMatch(/^250/)
    expect(await handIn('', shared, bounce(bashir, 'Original-Envelope-Id: guessed\n'))).toMatch(/^250/)
    const [message] = await messagesIn(gateway)
    expect(message!.recipients!.map(({ state }) => state)).toEqual(['sent', 'sent'])
    // The servers that carried it know its name, so what they report counts.
    await until(async () => (await came()).filter(({ kind }) => kind === 'delivered').length === 2)
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
    expect(await handIn('', addressFor(id, attempt + 7, 'dispatch'), bounce(carer))).toMatch(/^250/)
    expect((await pool.query('select attempt from transfer.dispatch where id = $1', [id])).rows[0].attempt).toBe(
      attempt,
    )
    expect(await handIn(carer, addressFor(id, attempt, 'dispatch'), reply(carer))).toMatch(/^250/)
    expect((await pool.query('select state from transfer.dispatch where id = $1', [id])).rows[0].state).toBe('read')
    const { rows: steps } = await pool.query(
      'select detail from transfer.step where dispatch = $1 order by id desc limit 1',
      [id],
    )
    expect(steps[0].detail).toContain('replied')
  })
})
