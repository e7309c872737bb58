import type { TLSSocket } from 'node:tls'
import type { Resolver } from './resolver.ts'

/** From where a domain is looked at. */
export interface Lookout {
  readonly resolver: Resolver
  /** 25 and 443; others only in tests. */
  readonly ports: { readonly smtp: number; readonly https: number }
  /** Further authorities whose certificates count (PEM). */
  readonly ca?: string
  /** Whether an address may be spoken to: those of private networks may not, so that a domain cannot send us to look inside the house. */
  readonly mayReach: (ip: string) => boolean
  /** Milliseconds for one connection. */
  readonly patience: number
}

/** What a domain was found to prove. What could not be learnt is not proved. */
export interface Evidence {
  readonly domain: string
  /** The mail servers, best first. */
  readonly mx: readonly string[]
  /** The lowest version that one of them agreed on: `1.2`, `1.3`; absent when one of them did not answer or offered none. */
  readonly tls?: string
  readonly mtaSts: boolean
  readonly dane: boolean
  readonly dmarc: boolean
  /** Why, one sentence for each thing that was looked at. */
  readonly because: readonly string[]
}

/** A certificate as it was shown in a handshake. */
export type ShownCertificate = NonNullable<ReturnType<TLSSocket['getPeerX509Certificate']>>

/** One mail server as the probe found it. */
export interface Probed {
  readonly host: string
  /** `1.2`, `1.3`, `1.1`; absent: no encryption. */
  readonly tls?: string
  /** The certificates shown, the server's own first. */
  readonly chain: readonly ShownCertificate[]
  /** A known authority vouches for the certificate, and it is in this server's name. */
  readonly vouched: boolean
  readonly why: string
}
