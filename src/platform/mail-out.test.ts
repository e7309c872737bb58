import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { mailOut } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'safehaven-mail-'))
afterAll(() => rmSync(folder, { recursive: true }))
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    join(folder, 'key'),
    '-out',
    join(folder, 'cert'),
  ],
  { stdio: 'ignore' },
)
const key = readFileSync(join(folder, 'key'))
const cert = readFileSync(join(folder, 'cert'))
const ca = cert.toString()
const message = {
  from: 'a@police.example',
  to: ['b@school.example'],
  raw: Buffer.from('Subject: x\r\n\r\n.a line with a dot\r\n'),
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function smtp(options: SMTPServerOptions) {
  const received: string[] = []
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    disabledCommands: ['AUTH'],
    onData(stream, _session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        received.push(Buffer.concat(pieces).toString())
        done(null, 'kept as 42')
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  closing.push(() => new Promise((resolve) => server.close(() => resolve(undefined))))
  return { url: `smtp://localhost:${(server.server.address() as AddressInfo).port}`, received }
}

/** A server that speaks these lines, one for each command, and then hangs up. */
async function scripted(replies: readonly string[]): Promise<string> {
  const server: Server = createServer((socket) => {
    const left = [...replies]
    let content = false
    socket.on('error', () => {})
    const speak = () => {
      const next = left.shift()
      next === undefined ? socket.destroy() : socket.write(`${next}\r\n`)
      content = next?.startsWith('354') ?? false
    }
    speak()
    socket.on('data', (data) => {
      if (!content || data.toString().endsWith('\r\n.\r\n'))
        for (const line of content ? ['.'] : data.toString().trim().split('\r\n')) if (line) speak()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return `smtp://localhost:${(server.address() as AddressInfo).port}`
}

describe('handing a message to the next hop', () => {
  test('goes encrypted and arrives byte for byte, with the hop’s reply', async () => {
    const { url, received } = await smtp({})
    const handover = await mailOut({ url, ca }).send(message)
    expect(handover).toMatchObject({
      outcome: 'accepted',
      reply: expect.stringContaining('kept as 42'),
      accepted: message.to,
      refused: [],
      tls: 'TLSv1.3',
    })
    expect(received).toEqual([message.raw.toString()])
  })

  test('goes as a stream', async () => {
    const { url, received } = await smtp({})
    expect(await mailOut({ url, ca }).send({ ...message, raw: () => Readable.from([message.raw]) })).toMatchObject({
      outcome: 'accepted',
    })
    expect(received).toEqual([message.raw.toString()])
  })

  test('does not happen without encryption, nor under a certificate nobody vouches for, nor by TLS 1.1', async () => {
    const plain = await smtp({ disabledCommands: ['AUTH', 'STARTTLS'] })
    expect(await mailOut({ url: plain.url, ca }).send(message)).toMatchObject({ outcome: 'tls-failed' })
    const stranger = await smtp({})
    expect(await mailOut({ url: stranger.url }).send(message)).toMatchObject({ outcome: 'tls-failed' })
    const old = await smtp({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    expect(await mailOut({ url: old.url, ca }).send(message)).toMatchObject({ outcome: 'tls-failed' })
    expect([...plain.received, ...stranger.received, ...old.received]).toEqual([])
  })

  test('tells apart who was refused', async () => {
    const { url } = await smtp({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('no') ? Object.assign(new Error('5.1.1 no such person'), { responseCode: 550 }) : null),
    })
    expect(
      await mailOut({ url, ca }).send({ ...message, to: ['no@school.example', 'b@school.example'] }),
    ).toMatchObject({
      outcome: 'accepted',
      accepted: ['b@school.example'],
      refused: [{ address: 'no@school.example', reply: expect.stringContaining('no such person') }],
    })
    expect(await mailOut({ url, ca }).send({ ...message, to: ['no@school.example'] })).toMatchObject({
      outcome: 'refused',
      reply: expect.stringContaining('no such person'),
    })
  })

  test('that is put off is temporary; that is refused with its content is refused', async () => {
    const later = await smtp({
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('4.3.2 later'), { responseCode: 451 })),
    })
    expect(await mailOut({ url: later.url, ca }).send(message)).toMatchObject({ outcome: 'temporary' })
    const refusing = await smtp({
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => done(Object.assign(new Error('5.7.1 not this'), { responseCode: 550 })))
      },
    })
    expect(await mailOut({ url: refusing.url, ca }).send(message)).toMatchObject({
      outcome: 'refused',
      reply: expect.stringContaining('not this'),
    })
  })

  test('is uncertain when the line is lost after the content, and only then', async () => {
    const open = { ...message, tls: 'if-offered' as const }
    const after = await scripted(['220 hello', '250 hello', '250 sender', '250 recipient', '354 go on'])
    expect(await mailOut({ url: after, patience: 2_000 }).send(open)).toMatchObject({ outcome: 'uncertain' })
    const before = await scripted(['220 hello', '250 hello', '250 sender'])
    expect(await mailOut({ url: before, patience: 2_000 }).send(open)).toMatchObject({ outcome: 'temporary' })
    expect(await mailOut({ url: 'smtp://localhost:1', patience: 2_000 }).send(open)).toMatchObject({
      outcome: 'temporary',
    })
  })

  test('sends nothing where no next hop is set', async () => {
    expect(await mailOut(undefined).send(message)).toMatchObject({ outcome: 'no-relay' })
  })
})
