import type { AddressInfo } from 'node:net'
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { Fault, type House, type ReturnFor, readReturnAddress } from '../../platform/index.ts'
import { keptCertificate } from '../smtp/certificate.ts'
import { largestMessage, receive } from '../smtp/receive.ts'
import { oneLine, ourTrouble, Refused } from '../smtp/replies.ts'
import { takeReturn } from './take-return.ts'

export interface Listener {
  readonly port: number
  /** PEM. */
  readonly certificate: string
  stop(): Promise<void>
}

const mostClients = 50
const longestMessage = 120_000

/**
 * Takes mail for return addresses that this house made, and for nothing else: it relays nothing, and nobody signs in. The agency's mail server hands in here.
 */
export async function openReturns(house: House, settings: { port: number; host?: string }): Promise<Listener> {
  const { SMTPServer } = await import('smtp-server')
  const { cert, key } = await keptCertificate(house)
  const targets = new Map<string, ReturnFor>()
  const refuse = (error: unknown): Refused => {
    if (!(error instanceof Refused)) house.log.fault('what came back could not be taken', error)
    return ourTrouble(error)
  }
  const options: SMTPServerOptions = {
    name: new URL(house.config.publicUrl).hostname,
    banner: 'Safehaven, for what comes back',
    cert,
    key,
    minVersion: 'TLSv1.2',
    disabledCommands: ['AUTH'],
    authOptional: true,
    size: largestMessage,
    maxClients: mostClients,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    disableReverseLookup: true,
    logger: false,
    onMailFrom(_address, session, done) {
      targets.delete(session.id)
      done()
    },
    onRcptTo({ address }, session, done) {
      const target = readReturnAddress(house.config, house.secrets, address)
      if (target === undefined) return done(new Refused(550, '5.1.1 This address is not known here.'))
      if (targets.has(session.id)) return done(new Refused(452, '4.5.3 One recipient at a time.'))
      targets.set(session.id, target)
      done()
    },
    onData(stream, session, done) {
      const timer = setTimeout(
        () => stream.destroy(new Refused(421, '4.4.2 The message took too long.')),
        longestMessage,
      )
      take(house, stream, session, targets.get(session.id))
        .finally(() => clearTimeout(timer))
        .then(
          (said) => done(null, said),
          (error) => done(refuse(error)),
        )
    },
    onClose: (session) => void targets.delete(session.id),
  }
  const server = new SMTPServer(options)
  server.on('error', () => {
    // A client that goes away; each is answered on its own connection.
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(settings.port, settings.host, () => resolve())
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES')
      throw new Fault(
        'gateway.return-port',
        `Port ${settings.port} cannot be opened for what comes back. Set SAFEHAVEN_RETURN_PORT to another.`,
      )
    throw error
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    certificate: cert,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function take(
  house: House,
  stream: AsyncIterable<Buffer>,
  session: SMTPServerSession,
  target: ReturnFor | undefined,
): Promise<string> {
  const raw = await receive(stream)
  const { mailFrom } = session.envelope
  if (target === undefined) throw new Refused(503, '5.5.1 Begin again.')
  const taken = await takeReturn(house, target, mailFrom === false ? '' : mailFrom.address, raw)
  if (taken.kind === 'refused') throw new Refused(550, oneLine(`5.7.1 ${taken.sentence}`))
  return taken.kind === 'known' ? '2.0.0 This was taken before' : '2.0.0 Taken'
}
