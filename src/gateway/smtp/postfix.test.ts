// With a real Postfix on both sides, as docs/how-to/mail-gateway-with-postfix.md sets it up. Postfix starts only as root.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { afterAll, describe, expect, it } from 'vitest'
import { certificate } from '../../transfer/sink.fixture.ts'
import { letter, messagesIn, openGateway } from './house.fixture.ts'
import { startPostfix } from './postfix.fixture.ts'

describe('between an agency’s Postfix and a Postfix as next hop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-postfix-'))
  const [inPort, outPort, sinkPort] = [20587, 20025, 20026]
  const running: (() => void)[] = []
  afterAll(() => {
    for (const stop of running.reverse()) stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const start = (name: string, main: string, port: number) => running.push(startPostfix(folder, name, main, port))

  const handIn = (from: string, to: string, raw: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const connection = new SMTPConnection({ host: '127.0.0.1', port: inPort, ignoreTLS: true })
      connection.on('error', reject)
      connection.connect(() =>
        connection.send({ from, to: [to] }, raw, (error, info) => (error ? reject(error) : resolve(info.response))),
      )
    })

  const until = async (done: () => Promise<boolean>) => {
    for (let turn = 0; turn < 200; turn++) {
      if (await done()) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(execFileSync('sh', ['-c', `cat ${folder}/*/data/log | tail -40`]).toString())
  }

  it('a message goes in by the one and out by the other; what must not go comes back to its sender with the rule', {
    timeout: 60_000,
  }, async () => {
    const { cert, key } = certificate()
    writeFileSync(join(folder, 'cert.pem'), cert)
    writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
    const taken = join(folder, 'taken')
    mkdirSync(taken, { mode: 0o777 })
    chmodSync(taken, 0o777)
    chmodSync(folder, 0o755)
    const sink = spawn('smtp-sink', ['-u', 'postfix', '-d', `${taken}/%s.`, `127.0.0.1:${sinkPort}`, '100'], {
      stdio: 'ignore',
    })
    running.push(() => void sink.kill())
    start(
      'hop',
      `relayhost = [127.0.0.1]:${sinkPort}\nsmtpd_tls_security_level = encrypt\nsmtpd_tls_cert_file = ${folder}/cert.pem\nsmtpd_tls_key_file = ${folder}/key.pem\n`,
      outPort,
    )
    const gateway = await openGateway({ relay: { url: `smtp://localhost:${outPort}`, ca: cert } })
    const relay = await gateway.password('usha', 'relay')
    writeFileSync(join(folder, 'gateway.pem'), gateway.open.certificate)
    writeFileSync(join(folder, 'sasl'), `[localhost]:${gateway.open.port} ${relay.name}:${relay.password}\n`, {
      mode: 0o600,
    })
    start(
      'agency',
      `relayhost = [127.0.0.1]:${sinkPort}\ncontent_filter = smtp:[localhost]:${gateway.open.port}\nsmtp_tls_security_level = secure\nsmtp_tls_CAfile = ${folder}/gateway.pem
smtp_sasl_auth_enable = yes\nsmtp_sasl_password_maps = texthash:${folder}/sasl\nsmtp_sasl_security_options = noanonymous\nsmtp_host_lookup = native\n`,
      inPort,
    )
    const { rows } = await gateway.test.house.database.pool.query(
      `select email from people.user_account where username in ('alice', 'bashir') order by username`,
    )
    const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]
    expect(
      await handIn(alice, bashir, letter(alice, bashir, 'Through both', 'The meeting is on Tuesday at ten.')),
    ).toMatch(/^250/)
    await until(async () => (await messagesIn(gateway)).length > 0)
    expect(await gateway.test.runJobs()).toEqual([])
    expect(await messagesIn(gateway)).toMatchObject([
      { state: 'done', recipients: [{ address: bashir, state: 'sent' }] },
    ])
    const grep = (text: string) =>
      execFileSync('sh', ['-c', `grep -l "${text}" ${taken}/* 2>/dev/null || true`]).toString() !== ''
    await until(async () => grep('Subject: Through both'))
    // Somebody else's name in From: refused by the gateway, so the agency's Postfix returns it to its sender with our sentence.
    expect(await handIn(alice, bashir, letter(bashir, bashir, 'Not mine', 'Hello.'))).toMatch(/^250/)
    await until(async () => (await messagesIn(gateway)).some((one) => one.state === 'refused'))
    await until(async () =>
      execFileSync('sh', ['-c', `cat ${folder}/agency/data/log`])
        .toString()
        .includes('550 5.7.1 MAIL-SENDER'),
    )
  })
})
