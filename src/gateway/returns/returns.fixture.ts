// For tests of what comes back: a gateway with a return address, a real Postfix as the next hop that delivers, bounces and reports, and reports by hand.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect } from 'vitest'
import { returnAddress } from '../../platform/index.ts'
import { certificate } from '../../transfer/sink.fixture.ts'
import { freePort } from '../evidence/names.fixture.ts'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'
import { startPostfix } from '../smtp/postfix.fixture.ts'
import { backFor } from './back-for.ts'
import { openReturns } from './listener.ts'

export const domainOf = (address: string): string => address.split('@')[1]!

export async function openReturning() {
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
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
  mkdirSync(join(folder, 'boxes'), { mode: 0o777 })
  chmodSync(join(folder, 'boxes'), 0o777)
  const box = (address: string) => `{${address} = ${address}/}`
  const stopHop = startPostfix(
    folder,
    'hop',
    `smtpd_tls_security_level = encrypt\nsmtpd_tls_cert_file = ${folder}/cert.pem\nsmtpd_tls_key_file = ${folder}/key.pem
transport_maps = inline:{hub.example=smtp:[127.0.0.1]:${listener.port}}\nsmtpd_reject_unlisted_recipient = no\nvirtual_mailbox_base = ${folder}/boxes
virtual_mailbox_domains = ${domainOf(alice)}, ${domainOf(piotr)}\nvirtual_mailbox_maps = inline:{${[alice, bashir, piotr].map(box).join(', ')}}
virtual_uid_maps = static:65534\nvirtual_gid_maps = static:65534\nvirtual_minimum_uid = 100\n`,
    hop,
  )
  afterAll(async () => {
    stopHop()
    await listener.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await pool.query('delete from gateway.message')
  })

  return {
    gateway,
    house,
    pool,
    people: { alice, bashir, piotr },
    login,
    async until(done: () => Promise<boolean> | boolean): Promise<void> {
      for (let turn = 0; turn < 300; turn++) {
        if (await done()) return
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(execFileSync('sh', ['-c', `tail -40 ${folder}/hop/data/log`]).toString())
    },
    came: async (): Promise<{ kind: string; detail: string; address: string; place: number | null }[]> =>
      (await pool.query('select kind, detail, address, place from gateway.returned order by at, id')).rows,
    /** What lies in somebody's mailbox at the next hop. */
    boxOf(address: string): string[] {
      try {
        const inside = join(folder, 'boxes', address, 'new')
        return readdirSync(inside).map((name) => readFileSync(join(inside, name), 'utf8'))
      } catch {
        return []
      }
    },
    /** Sent by Alice and carried on. */
    async send(to: string | string[], subject: string, more = '') {
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
    },
    /** The return address of what goes to these in one handing-over. */
    addressFor: (id: string, ...addresses: string[]): string =>
      backFor(house.config, house.secrets, {
        id,
        senderAddress: alice,
        addresses,
        inside: false,
        raw: Buffer.from('\r\n'),
      }).from,
    addressOfDispatch: (id: string, attempt: number): string =>
      returnAddress(house.config, house.secrets, { kind: 'dispatch', id, number: attempt })!,
    handIn: (from: string, to: string, raw: string) => handIn(listener.port, from, to, raw),
  }
}

/** One message handed in where replies and reports come; the last answer. */
function handIn(port: number, from: string, to: string, raw: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port })
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

export const report = (kind: string, fields: string): string =>
  `From: mailer@outside.example\nTo: returns@hub.example\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=${kind}; boundary=b\n\n--b\nContent-Type: text/plain\n\nAbout your message.\n--b\nContent-Type: message/${kind}\n\n${fields}\n--b--\n`

export const bounce = (address: string, more = ''): string =>
  report(
    'delivery-status',
    `Reporting-MTA: dns; outside.example\n${more}\nFinal-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 No such person\n`,
  )

export const readReceipt = (address: string, disposition = 'displayed'): string =>
  report(
    'disposition-notification',
    `Final-Recipient: rfc822; ${address}\nDisposition: manual-action/MDN-sent-manually; ${disposition}\n`,
  )

export const reply = (from: string, text = 'Thank you, Tuesday suits me.'): string =>
  `From: ${from}\nTo: returns@hub.example\nSubject: Re: Meeting\nMIME-Version: 1.0\nContent-Type: text/plain\n\n${text}\n`
