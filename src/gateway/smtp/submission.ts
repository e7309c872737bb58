import type { AddressInfo } from 'node:net'
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import type { Person } from '../../people/index.ts'
import { Fault, type House } from '../../platform/index.ts'
import { checkers } from '../checking/index.ts'
import { accept } from '../queue/index.ts'
import { keptCertificate } from './certificate.ts'
import { Pace } from './pace.ts'
import { largestMessage, receive } from './receive.ts'
import { noRoom, oneLine, ourTrouble, Refused } from './replies.ts'
import { RoomLeft } from './room-left.ts'
import { senderFor } from './sender-for.ts'
import { type SignedIn, SignIn } from './sign-in.ts'
import { type Connection, refuseSourceRoutes } from './source-route.ts'

export interface SubmissionSettings {
  /** STARTTLS; 0: any free port. */
  readonly port: number
  /** Implicit TLS. */
  readonly securePort: number
  readonly host?: string
  readonly patience?: Partial<Patience>
  /** Bytes that stay free on the disk of the data folder; 64 MB unless said. */
  readonly reserve?: number
}

/** Milliseconds. */
interface Patience {
  /** Without a byte. */
  readonly idle: number
  /** From the greeting to a sign-in. */
  readonly signIn: number
  /** From DATA to its end. */
  readonly message: number
  readonly session: number
}

export interface Submission {
  readonly port: number
  readonly securePort: number
  /** PEM, for those who must trust it. */
  readonly certificate: string
  stop(): Promise<void>
}

const usual: Patience = { idle: 60_000, signIn: 60_000, message: 300_000, session: 3_600_000 }
const mostClients = 200
const mostFromOnePlace = 60
const mostRecipients = 100

type WithDisabled = SMTPServerSession & { disabledCommands?: string[] }

interface Session {
  who?: SignedIn
  person?: Person
  timers: NodeJS.Timeout[]
}

/** Takes mail from mail programs and from an agency's own mail server: nothing without TLS, nothing without signing in, nothing for strangers. */
export async function openSubmission(house: House, settings: SubmissionSettings): Promise<Submission> {
  const { SMTPServer } = await import('smtp-server')
  checkers().start()
  const { cert, key } = await keptCertificate(house)
  const patience = { ...usual, ...settings.patience }
  const room = new RoomLeft(house.config.dataDir, settings.reserve)
  const signIn = new SignIn(house, new Pace())
  const sessions = new Map<string, Session>()
  const places = new Map<string, number>()
  const ends = new Map<string, (why: string) => void>()
  const later = (session: SMTPServerSession, wait: number, why: string): NodeJS.Timeout => {
    const timer = setTimeout(() => ends.get(session.id)?.(why), wait)
    timer.unref()
    sessions.get(session.id)?.timers.push(timer)
    return timer
  }
  const of = (session: SMTPServerSession): Session => sessions.get(session.id) ?? { timers: [] }

  const options: SMTPServerOptions = {
    name: new URL(house.config.publicUrl).hostname,
    banner: 'Safehaven',
    cert,
    key,
    minVersion: 'TLSv1.2',
    authMethods: ['PLAIN', 'LOGIN'],
    size: largestMessage,
    maxClients: mostClients,
    socketTimeout: patience.idle,
    closeTimeout: 2_000,
    disableReverseLookup: true,
    hideSMTPUTF8: true,
    logger: false,
    onConnect(session, done) {
      const from = places.get(session.remoteAddress) ?? 0
      if (from >= mostFromOnePlace) return done(new Refused(421, '4.7.0 Too many connections from one place.'))
      places.set(session.remoteAddress, from + 1)
      sessions.set(session.id, { timers: [] })
      later(session, patience.session, 'This session has lasted too long.')
      later(session, patience.signIn, 'Nobody signed in.')
      // A password must not even be offered in the clear.
      if (!session.secure) (session as WithDisabled).disabledCommands = ['AUTH']
      done()
    },
    onSecure(_socket, session, done) {
      ;(session as WithDisabled).disabledCommands = []
      done()
    },
    onClose(session) {
      const known = sessions.get(session.id)
      if (known === undefined) return
      for (const timer of known.timers) clearTimeout(timer)
      sessions.delete(session.id)
      ends.delete(session.id)
      const left = (places.get(session.remoteAddress) ?? 1) - 1
      if (left > 0) places.set(session.remoteAddress, left)
      else places.delete(session.remoteAddress)
    },
    onAuth({ username, password }, session, done) {
      signIn.check({ name: username ?? '', password: password ?? '', place: session.remoteAddress }).then(
        (answer) => {
          if (answer.outcome === 'wait')
            return done(
              new Refused(
                454,
                `4.7.0 There were several wrong passwords. Wait ${answer.seconds} seconds. Nothing is locked.`,
              ),
            )
          if (answer.outcome === 'wrong')
            return done(new Refused(535, '5.7.8 The name or the mail password is not right.'))
          const known = of(session)
          known.who = answer.who
          const waiting = known.timers.splice(1)
          for (const timer of waiting) clearTimeout(timer)
          done(null, { user: answer.who.kind === 'user' ? answer.who.person.username : answer.who.agency })
        },
        (error) => done(trouble(error)),
      )
    },
    onMailFrom({ address }, session, done) {
      senderFor(house, of(session).who, address).then(
        (person) => {
          of(session).person = person
          done()
        },
        (error) => done(trouble(error)),
      )
    },
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= mostRecipients)
        return done(new Refused(452, `4.5.3 No more than ${mostRecipients} recipients in one message.`))
      if (!/^[^\s@%!:<>\\"(),;[\]]{1,64}@[^\s@%!:<>\\"(),;[\]]{1,253}$/.test(address))
        return done(new Refused(553, '5.1.3 This address cannot be used. Check it.'))
      done()
    },
    onData(stream, session, done) {
      const slow = later(session, patience.message, 'The message took too long.')
      // The client's time ends with its last byte; what it then waits for is ours.
      const inTime = receive(stream as AsyncIterable<Buffer>).finally(() => clearTimeout(slow))
      take(house, room, inTime, stream, session, of(session)).then(
        (said) => done(null, said),
        (error) => done(trouble(error)),
      )
    },
  }
  const trouble = (error: unknown): Refused => {
    if (!(error instanceof Refused)) house.log.fault('the mail gateway could not take a message', error)
    return ourTrouble(error)
  }

  const servers = [
    { port: settings.port, server: new SMTPServer({ ...options, secure: false }) },
    { port: settings.securePort, server: new SMTPServer({ ...options, secure: true }) },
  ]
  const ports: number[] = []
  const stop = async () => {
    await Promise.all(servers.map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve()))))
  }
  for (const { port, server } of servers) {
    server.on('error', () => {
      // A client that goes away, or speaks no TLS; each is answered on its own connection.
    })
    server.on('connect', ({ id }: { id: string }) => {
      for (const connection of server.connections as Set<Connection>)
        if (connection.id === id) {
          refuseSourceRoutes(connection)
          ends.set(id, (why) => {
            connection.send(421, `4.4.2 ${why}`)
            connection.close()
          })
        }
    })
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject)
      server.listen(port, settings.host, () => resolve())
    }).catch(async (error: NodeJS.ErrnoException) => {
      await stop()
      if (error.code === 'EADDRINUSE')
        throw new Fault(
          'gateway.port-taken',
          `Port ${port} is taken by another program. Choose another with --smtp-port N.`,
        )
      if (error.code === 'EACCES')
        throw new Fault(
          'gateway.port-closed',
          `Port ${port} may not be opened by this account. Choose one above 1023 with --smtp-port N.`,
        )
      throw error
    })
    ports.push((server.server.address() as AddressInfo).port)
  }
  return { port: ports[0]!, securePort: ports[1]!, certificate: cert, stop }
}

async function take(
  house: House,
  room: RoomLeft,
  received: Promise<Buffer>,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  known: Session,
): Promise<string> {
  const raw = await received
  if (stream.sizeExceeded) throw new Refused(552, '5.3.4 This message is too large.')
  if (!(await room.for(raw.length))) throw noRoom()
  const { person, who } = known
  const { mailFrom, rcptTo } = session.envelope
  if (person === undefined || who === undefined || mailFrom === false) throw new Refused(503, '5.5.1 Begin again.')
  const answer = await accept(house, {
    person,
    sender: mailFrom.address,
    recipients: rcptTo.map(({ address }) => address),
    raw,
    by: who.kind,
  })
  switch (answer.kind) {
    case 'rejected':
      throw new Refused(550, `5.7.1 ${answer.rule} ${answer.sentence} (${answer.reference})`)
    case 'held':
      return oneLine(
        `2.0.0 Held as ${answer.reference}, please look at ${house.config.publicUrl}/mail/${answer.id} - ${answer.sentence}`,
      )
    case 'again':
    case 'going':
      return oneLine(`2.0.0 Taken as ${answer.reference}`)
  }
}
