import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { describeError } from './log.ts'

/** One handing-over of a whole message to the next hop. */
export interface Outgoing {
  readonly from: string
  readonly to: readonly string[]
  /** The message as it goes over the wire (RFC 5322, CRLF). */
  readonly raw: Buffer | (() => Readable)
  /** Whether the hop must be encrypted (TLS 1.2 or newer, certificate checked). Only the demo's own mailbox on loopback is spoken to without. */
  readonly tls?: 'required' | 'if-offered'
  /** Asks the hop to report what became of it, where it offers that (RFC 3461), under this name and without the content. */
  readonly report?: string
}

/** What came of it. Only `temporary` and `tls-failed` may be tried again by themselves; `uncertain` must be looked into, because the message may have arrived. */
export type Handover =
  | {
      readonly outcome: 'accepted'
      readonly reply: string
      readonly accepted: readonly string[]
      readonly refused: readonly Refusal[]
      readonly tls?: string
    }
  | { readonly outcome: 'refused'; readonly reply: string; readonly refused: readonly Refusal[] }
  | { readonly outcome: 'temporary'; readonly reply: string }
  | { readonly outcome: 'tls-failed'; readonly reply: string }
  | { readonly outcome: 'uncertain'; readonly reply: string }
  | { readonly outcome: 'no-relay'; readonly reply: string }

export interface Refusal {
  readonly address: string
  readonly reply: string
}

export interface MailOut {
  send(message: Outgoing): Promise<Handover>
}

export interface Hop {
  /** smtp://host:port, or smtps://user:password@host:port. */
  readonly url: string
  /** A further authority whose certificates count (PEM), for tests and agencies with their own. */
  readonly ca?: string
  /** The name we greet with. */
  readonly name?: string
  /** Milliseconds of silence before the hop counts as lost; 60 000 unless said. */
  readonly patience?: number
}

/** Connections to the hop at one time; who comes beyond them waits. */
const mostAtOnce = 20
/** A connection that has done its work waits this long for more, and serves so many messages. */
const waitsFor = 1_000
const serves = 100

/** The way out. Without a hop nothing leaves the machine, and every sending says so. */
export function mailOut(hop: Hop | undefined): MailOut {
  if (hop === undefined)
    return {
      send: async () => ({ outcome: 'no-relay', reply: 'No next hop is set (SMTP_RELAY_URL), so nothing was sent.' }),
    }
  const idle: Line[] = []
  const waiting: (() => void)[] = []
  let open = 0
  const send = async (message: Outgoing): Promise<Handover> => {
    for (;;) {
      const at = idle.findIndex((one) => one.tls === message.tls)
      const [used] = at < 0 ? [] : idle.splice(at, 1)
      const line = used ?? new Line(hop, message.tls)
      const handover = await line.send(message)
      if (handover.outcome === 'accepted' && line.served < serves) {
        idle.push(line)
        line.rest(waitsFor, () => {
          if (idle.includes(line)) idle.splice(idle.indexOf(line), 1)
        })
      } else line.end(handover.outcome === 'accepted')
      // A connection that was used before may have been given up by the hop meanwhile: nothing of this message has left, so it takes a new one.
      if (used === undefined || line.took || !line.lost) return handover
    }
  }
  return {
    async send(message) {
      if (message.to.length === 0) return { outcome: 'refused', reply: 'Nobody to send to.', refused: [] }
      if (open >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
      else open++
      try {
        return await send(message)
      } finally {
        // The place goes to the next in the line, or is free.
        const next = waiting.shift()
        if (next === undefined) open--
        else next()
      }
    },
  }
}

interface SmtpError extends Error {
  code?: string
  response?: string
  responseCode?: number
  command?: string
  rejectedErrors?: readonly { recipient?: string; response?: string; responseCode?: number }[]
}

let loaded: Promise<typeof import('nodemailer/lib/smtp-connection')> | undefined

/** One connection to the hop, which serves one message after another. */
class Line {
  readonly tls: Outgoing['tls']
  served = 0
  /** The hop has asked for the content of the message. */
  took = false
  /** The connection is gone, or the hop says that it goes. */
  lost = false
  private readonly hop: Hop
  private connection: SMTPConnection | undefined
  private fail: (error: SmtpError | null | undefined) => void = () => {}
  private resting: NodeJS.Timeout | undefined

  constructor(hop: Hop, tls: Outgoing['tls']) {
    this.hop = hop
    this.tls = tls
  }

  async send(message: Outgoing): Promise<Handover> {
    clearTimeout(this.resting)
    this.took = false
    loaded ??= import('nodemailer/lib/smtp-connection')
    const { default: Connection } = await loaded
    // From the moment the whole message may have been written, a loss of the connection leaves open whether it arrived.
    let handed = false
    return new Promise<Handover>((settle) => {
      this.fail = (error) => {
        const handover = judge(error, handed)
        this.lost ||= error?.responseCode === undefined || error.responseCode === 421
        settle(handover)
      }
      const deliver = (connection: SMTPConnection) => {
        // A stream is read only after the hop has said that it takes the content, and ends when all of it is on its way.
        const content = typeof message.raw === 'function' ? message.raw() : Readable.from([message.raw])
        content.once('resume', () => {
          this.took = true
        })
        content.on('end', () => {
          handed = true
        })
        connection.send(envelopeOf(message), content, (error, info) => {
          if (error) return this.fail(error as SmtpError)
          this.served++
          const refused = ((info.rejectedErrors ?? []) as SmtpError['rejectedErrors'] & object).map((one) => ({
            address: one.recipient ?? '',
            reply: one.response ?? 'refused',
          }))
          const version =
            (connection as unknown as { _socket?: { getProtocol?(): string | null } })._socket?.getProtocol?.() ??
            undefined
          settle({
            outcome: 'accepted',
            reply: info.response,
            accepted: (info.accepted ?? []).map(String),
            refused,
            ...(version == null ? {} : { tls: version }),
          })
        })
      }
      if (this.lost) return this.fail(undefined)
      if (this.connection !== undefined) return deliver(this.connection)
      const url = new URL(this.hop.url)
      const connection = new Connection(settingsOf(this.hop, url, this.tls))
      this.connection = connection
      connection.on('error', (error) => {
        this.lost = true
        this.fail(error as SmtpError)
      })
      connection.once('end', () => {
        this.lost = true
        this.fail(undefined)
      })
      connection.connect((error) => {
        if (error) return this.fail(error as SmtpError)
        if (url.username === '') return deliver(connection)
        const credentials = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
        connection.login({ credentials } as never, (refusal) =>
          refusal ? this.fail(refusal as SmtpError) : deliver(connection),
        )
      })
    })
  }

  /** Waits for more work, then takes its leave. */
  rest(wait: number, done: () => void): void {
    this.fail = done
    this.resting = setTimeout(() => {
      done()
      this.end(true)
    }, wait)
  }

  end(politely: boolean): void {
    clearTimeout(this.resting)
    if (politely && !this.lost) this.connection?.quit()
    else this.connection?.close()
  }
}

const settingsOf = (hop: Hop, url: URL, tls: Outgoing['tls']) => {
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 465 : 25)),
    secure,
    requireTLS: tls !== 'if-offered',
    opportunisticTLS: tls === 'if-offered',
    name: hop.name ?? 'safehaven',
    connectionTimeout: Math.min(hop.patience ?? 60_000, 30_000),
    greetingTimeout: hop.patience ?? 60_000,
    socketTimeout: hop.patience ?? 60_000,
    tls: {
      minVersion: 'TLSv1.2' as const,
      rejectUnauthorized: tls !== 'if-offered',
      ...(hop.ca === undefined ? {} : { ca: hop.ca }),
    },
  }
}

function envelopeOf({ from, to, report }: Outgoing) {
  const envelope = { from, to: [...to] }
  if (report === undefined || to.length === 0) return envelope
  const notify = ['SUCCESS', 'FAILURE', 'DELAY'] as ('SUCCESS' | 'FAILURE' | 'DELAY')[]
  const orcpt = to.length === 1 ? { orcpt: `rfc822;${to[0]}` } : {}
  return { ...envelope, dsn: { ret: 'HDRS', envid: report, notify, ...orcpt } }
}

function judge(error: SmtpError | null | undefined, handed: boolean): Handover {
  const reply =
    error?.response ?? error?.code ?? (error ? String(describeError(error).kind) : 'the connection was closed')
  const status = error?.responseCode ?? 0
  const refused = (error?.rejectedErrors ?? []).map((one) => ({
    address: one.recipient ?? '',
    reply: one.response ?? 'refused',
  }))
  if (error?.code === 'ETLS' || /certificate|TLS|SSL/i.test(error?.message ?? ''))
    return { outcome: 'tls-failed', reply: error?.response ?? error?.message ?? reply }
  if (error?.code === 'EAUTH') return { outcome: 'temporary', reply: `The next hop refused our sign-in: ${reply}` }
  if (status >= 500) return { outcome: 'refused', reply, refused }
  if (status >= 400) return { outcome: 'temporary', reply }
  return { outcome: handed ? 'uncertain' : 'temporary', reply }
}
