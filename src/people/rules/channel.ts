import type { Party } from '../../protocols/index.ts'

export type Channel = NonNullable<Party['channel']>
export type ChannelState = 'live' | 'exploring' | 'none'

/** What is kept of a mail domain. */
export interface MailDomain {
  readonly domain: string
  readonly tls?: string
  readonly mtaSts?: boolean
  readonly dane?: boolean
  readonly dmarc?: boolean
  readonly accredited?: boolean
  /** YYYY-MM-DD. */
  readonly checkedOn: string
  readonly checkedBy: string
  readonly exploring: boolean
  readonly note?: string
}

/** A proof older than this no longer shows as live. The protocol decides by its own period; this is what the directory shows. */
export const PROOF_DAYS = 90

/** Whether what a domain proved was looked at too long ago to count. */
export const isStale = (domain: MailDomain, today: string): boolean =>
  Date.parse(today) - Date.parse(domain.checkedOn) > PROOF_DAYS * 86_400_000

/**
 * The state of an address's secure channel, as the directory shows it (MPS-3): live when its domain has proved TLS 1.2 or newer, MTA-STS
 * or DANE, and DMARC, or is accredited, within 90 days; exploring while it is being brought on; none otherwise.
 */
export function channelState(domain: MailDomain | undefined, today: string): ChannelState {
  if (domain === undefined) return 'none'
  const newEnough = /^(?:TLS\s*v?)?1\.[2-9]$/i.test(domain.tls ?? '')
  const proved =
    domain.accredited === true ||
    (newEnough && (domain.mtaSts === true || domain.dane === true) && domain.dmarc === true)
  if (proved && domain.checkedOn <= today && !isStale(domain, today)) return 'live'
  return domain.exploring ? 'exploring' : 'none'
}

/** The proof as a disclosure carries it. */
export function channelFrom(domain: MailDomain | undefined): Channel | undefined {
  if (domain === undefined) return undefined
  return {
    ...(domain.tls === undefined ? {} : { tls: domain.tls }),
    ...(domain.mtaSts === undefined ? {} : { mtaSts: domain.mtaSts }),
    ...(domain.dane === undefined ? {} : { dane: domain.dane }),
    ...(domain.dmarc === undefined ? {} : { dmarc: domain.dmarc }),
    ...(domain.accredited === undefined ? {} : { accredited: domain.accredited }),
    checkedOn: domain.checkedOn,
  }
}
