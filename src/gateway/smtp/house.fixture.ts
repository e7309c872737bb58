// For tests: a house with its mail gateway open on loopback, a real next hop that keeps what it takes, and raw sessions as swaks would have them.
import { createConnection, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { afterAll } from 'vitest'
import { type AnyJob, actIn, type Config, sql, system } from '../../platform/index.ts'
import { seedArea } from '../../testing/area/index.ts'
import { actorNamed } from '../../testing/sign-in.ts'
import { type TestHouse, testHouse } from '../../testing/test-house.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { openSink, type Sink } from '../../transfer/sink.fixture.ts'
import { pages } from '../pages/index.ts'
import { jobs } from '../room.ts'
import { makeMailPassword, openSubmission, type Submission } from './index.ts'

export interface Gateway {
  readonly test: TestHouse
  readonly sink: Sink
  readonly open: Submission
  /** A mail password of someone in the cast, or of their agency's mail server. */
  password(username: string, kind?: 'user' | 'relay'): Promise<{ name: string; password: string }>
  send(login: Login | undefined, envelope: { from: string; to: string[] }, raw: Buffer | string): Promise<Reply>
}

export interface Login {
  readonly name: string
  readonly password: string
}
export interface Reply {
  readonly code: number
  readonly text: string
}

export async function openGateway(
  options: {
    patience?: object
    jobs?: readonly AnyJob[]
    relay?: { url: string; ca?: string }
    config?: Partial<Config>
  } = {},
): Promise<Gateway> {
  const sink = await openSink()
  const test = await testHouse({
    pages,
    jobs: [...jobs, ...transferJobs],
    relay: options.relay ?? { url: sink.url, ca: sink.ca },
    ...(options.config === undefined ? {} : { config: options.config }),
  })
  await seedArea(test.house, [])
  const open = await openSubmission(test.house, {
    port: 0,
    securePort: 0,
    host: '127.0.0.1',
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  })
  afterAll(async () => {
    await open.stop()
    await sink.stop()
  })
  return {
    test,
    sink,
    open,
    async password(username, kind = 'user') {
      const actor = await actorNamed(test, username)
      return actIn(test.house, { actor, act: 'test.password' }, (ctx) =>
        makeMailPassword(ctx, { kind, label: 'test', username }),
      )
    },
    send: (login, envelope, raw) => submit(open, login, envelope, raw),
  }
}

/** One message by STARTTLS, as an ordinary mail program sends it. */
export function submit(
  open: Submission,
  login: Login | undefined,
  envelope: { from: string; to: string[] },
  raw: Buffer | string,
): Promise<Reply> {
  return new Promise((resolve) => {
    const connection = new SMTPConnection({
      host: 'localhost',
      port: open.port,
      requireTLS: true,
      tls: { ca: open.certificate, servername: 'localhost' },
    })
    const fail = (error: { responseCode?: number; response?: string; message: string } | null | undefined) => {
      connection.close()
      const said = error?.response ?? error?.message ?? ''
      resolve({ code: error?.responseCode ?? 0, text: said })
    }
    connection.on('error', fail as never)
    const send = () =>
      connection.send(envelope, raw, (error, info) => {
        if (error) return fail(error as never)
        connection.quit()
        resolve({ code: Number(info.response.slice(0, 3)), text: info.response })
      })
    connection.connect(() => {
      if (login === undefined) return send()
      connection.login({ credentials: { user: login.name, pass: login.password } } as never, (error) =>
        error ? fail(error as never) : send(),
      )
    })
  })
}

/** A session by hand over TLS: each line is sent, and the answer to it awaited. */
export class RawSession {
  private socket: Socket
  private pending = ''
  private wake: (() => void) | undefined
  ended = false

  private constructor(socket: Socket) {
    this.socket = socket
    this.listen()
  }

  static async open(port: number, certificate?: string): Promise<RawSession> {
    const socket =
      certificate === undefined
        ? createConnection({ port, host: '127.0.0.1' })
        : connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca: certificate })
    await new Promise<void>((resolve, reject) => {
      socket.once(certificate === undefined ? 'connect' : 'secureConnect', () => resolve())
      socket.once('error', reject)
    })
    return new RawSession(socket)
  }

  private listen(): void {
    this.socket.on('data', (piece) => {
      this.pending += piece
      this.wake?.()
    })
    for (const event of ['end', 'close', 'error'])
      this.socket.on(event, () => {
        this.ended = true
        this.wake?.()
      })
  }

  /** The next whole answer; empty when the connection ended. */
  async answer(): Promise<string> {
    for (let turn = 0; turn < 10_000; turn++) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(this.pending)?.[0]
      if (whole !== undefined) {
        this.pending = this.pending.slice(whole.length)
        return whole.trim()
      }
      if (this.ended) return ''
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    throw new Error('no answer')
  }

  async say(line: string): Promise<string> {
    this.write(`${line}\r\n`)
    return this.answer()
  }

  write(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  }

  /** Greets and signs in. */
  async begin(login: Login): Promise<void> {
    await this.answer()
    await this.say('EHLO test.example')
    const said = await this.say(`AUTH PLAIN ${Buffer.from(`\0${login.name}\0${login.password}`).toString('base64')}`)
    if (!said.startsWith('235')) throw new Error(said)
  }

  close(): void {
    this.socket.destroy()
  }
}

export const letter = (from: string, to: string, subject: string, text: string, more = ''): string =>
  `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n${more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text.replace(/\r?\n/g, '\r\n')}\r\n`

export const messagesIn = ({ test }: Gateway) =>
  test.house.database.transaction(system, (tx) =>
    tx.query<{
      id: string
      state: string
      reference: string
      recipients: { address: string; state: string; detail: string; route: string | null }[] | null
    }>(
      sql`select m.id, m.state, m.reference, (select json_agg(json_build_object('address', r.address, 'state', r.state, 'detail', r.detail, 'route', r.route) order by r.place)
        from gateway.recipient r where r.message = m.id) as recipients from gateway.message m order by m.at, m.reference`,
    ),
  )
