import type { AddressInfo } from 'node:net'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { type Hop, type House, newId, ownCertificate, system } from '../../platform/index.ts'
import { keepMessage } from './store.ts'

const LARGEST = 60 * 1024 * 1024

export interface Mailbox {
  readonly hop: Hop
  readonly where?: string
  stop(): Promise<void>
}

/**
 * A real SMTP server on loopback, STARTTLS demanded, that takes every message for everyone and keeps it: the next hop of an invented area. `250` follows
 * the commit.
 */
export async function startMailbox(house: House): Promise<Mailbox> {
  const { SMTPServer } = await import('smtp-server')
  const { cert, key } = await ownCertificate(house.clock.now())
  const server = new SMTPServer({
    name: 'localhost',
    banner: 'mailbox of the invented area',
    cert,
    key,
    minVersion: 'TLSv1.2',
    authOptional: true,
    disabledCommands: ['AUTH'],
    size: LARGEST,
    disableReverseLookup: true,
    onMailFrom: (_address, session, done) =>
      done(
        session.secure ? null : Object.assign(new Error('Must issue a STARTTLS command first'), { responseCode: 530 }),
      ),
    onData: (stream, session, done) => {
      receive(house, stream, session).then(
        (said) => done(null, said),
        (error: Error) => done(error),
      )
    },
  })
  server.on('error', (error) => house.log.fault('the mailbox of the invented area', error))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.server.address() as AddressInfo
  return {
    hop: { url: `smtp://localhost:${port}`, ca: cert },
    where: 'Mail that is sent here lies on the page /demo/mail, and nowhere else.',
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function receive(house: House, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length
    if (size <= LARGEST) pieces.push(piece)
  }
  if (size > LARGEST || stream.sizeExceeded)
    throw Object.assign(new Error('The message is too large.'), { responseCode: 552 })
  const { mailFrom, rcptTo } = session.envelope
  const id = newId()
  const message = {
    id,
    at: house.clock.now(),
    sender: mailFrom === false ? '' : mailFrom.address.toLowerCase(),
    recipients: [...new Set(rcptTo.map((one) => one.address.toLowerCase()))],
    tls: session.tlsOptions === false ? null : ((session.tlsOptions as { version?: string }).version ?? null),
    raw: Buffer.concat(pieces),
  }
  await house.database.transaction(system, (tx) => keepMessage(tx, message))
  return `kept as ${id}`
}
