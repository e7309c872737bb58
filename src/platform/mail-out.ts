import { Readable } from 'node:stream'
import { describeError } from './log.ts'

/** One handing-over of a whole message to the next hop. */
export interface Outgoing {
  readonly from: string
  readonly to: readonly string[]
  /** The message as it goes over the wire (RFC 5322, CRLF). */
  readonly raw: Buffer | (() => Readable)
  /** Whether the hop must be encrypted (TLS 1.2 or newer, certificate checked). Only the demo's own mailbox on loopback is spoken to without. */
  readonly tls?: 'required' | 'if-offered'
  /** Asks the hop to report what became of it, where it offers that (RFC 3461), under this name and without the content. One recipient only. */
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

/** The way out. Without a hop nothing leaves the machine, and every sending says so. */
export function mailOut(hop: Hop | undefined): MailOut {
  return {
    async send(message) {
      if (hop === undefined)
        return { outcome: 'no-relay', reply: 'No next hop is set (SMTP_RELAY_URL), so nothing was sent.' }
      if (message.to.length === 0) return { outcome: 'refused', reply: 'Nobody to send to.', refused: [] }
      return handOver(hop, message)
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

async function handOver(hop: Hop, message: Outgoing): Promise<Handover> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const url = new URL(hop.url)
  const secure = url.protocol === 'smtps:'
  const connection = new SMTPConnection({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 465 : 25)),
    secure,
    requireTLS: message.tls !== 'if-offered',
    opportunisticTLS: message.tls === 'if-offered',
    name: hop.name ?? 'safehaven',
    connectionTimeout: Math.min(hop.patience ?? 60_000, 30_000),
    greetingTimeout: hop.patience ?? 60_000,
    socketTimeout: hop.patience ?? 60_000,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: message.tls !== 'if-offered',
      ...(hop.ca === undefined ? {} : { ca: hop.ca }),
    },
  })
  // From the moment the whole message may have been written, a loss of the connection leaves open whether it arrived.
  let handed = false
  return new Promise<Handover>((settle) => {
    let settled = false
    const finish = (handover: Handover) => {
      if (settled) return
      settled = true
      settle(handover)
      handover.outcome === 'accepted' ? connection.quit() : connection.close()
    }
    const fail = (error: SmtpError | null | undefined) => finish(judge(error, handed))
    connection.on('error', fail)
    connection.once('end', () => fail(undefined))
    const deliver = () => {
      // A stream is read only after the hop has said that it takes the content, and ends when all of it is on its way.
      const content = typeof message.raw === 'function' ? message.raw() : Readable.from([message.raw])
      content.on('end', () => {
        handed = true
      })
      connection.send(envelopeOf(message), content, (error, info) => {
        if (error) return fail(error as SmtpError)
        const refused = ((info.rejectedErrors ?? []) as SmtpError['rejectedErrors'] & object).map((one) => ({
          address: one.recipient ?? '',
          reply: one.response ?? 'refused',
        }))
        const version =
          (connection as unknown as { _socket?: { getProtocol?(): string | null } })._socket?.getProtocol?.() ??
          undefined
        finish({
          outcome: 'accepted',
          reply: info.response,
          accepted: (info.accepted ?? []).map(String),
          refused,
          ...(version == null ? {} : { tls: version }),
        })
      })
    }
    connection.connect((error) => {
      if (error) return fail(error as SmtpError)
      if (url.username === '') return deliver()
      const credentials = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
      connection.login({ credentials } as never, (refusal) => (refusal ? fail(refusal as SmtpError) : deliver()))
    })
  })
}

function envelopeOf({ from, to, report }: Outgoing) {
  const envelope = { from, to: [...to] }
  if (report === undefined || to.length !== 1) return envelope
  const notify = ['SUCCESS', 'FAILURE', 'DELAY'] as ('SUCCESS' | 'FAILURE' | 'DELAY')[]
  return { ...envelope, dsn: { ret: 'HDRS', envid: report, notify, orcpt: `rfc822;${to[0]}` } }
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
