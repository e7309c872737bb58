/** DANE for SMTP (RFC 7672): whether the certificates that a mail server showed are those that its signed records name. Pure. */
import type { TlsaData } from 'dns-packet'
import { sha256, sha512 } from '../../platform/index.ts'
import type { Probed, ShownCertificate } from './types.ts'

/** Records that count for SMTP: DANE-TA(2) and DANE-EE(3), with a digest that is known (§3.1). */
export const usable = ({ usage, selector, matchingType, certificate }: TlsaData): boolean =>
  (usage === 2 || usage === 3) &&
  (selector === 0 || selector === 1) &&
  ((matchingType === 1 && certificate.length === 32) ||
    (matchingType === 2 && certificate.length === 64) ||
    (matchingType === 0 && certificate.length > 0))

/** Whether one usable record names what the server showed. */
export function daneHolds(records: readonly TlsaData[], { chain, host }: Probed, now: Date): boolean {
  return records.filter(usable).some((record) => {
    if (record.usage === 3) return chain[0] !== undefined && names(record, chain[0])
    const at = chain.findIndex((one) => names(record, one))
    return at > 0 && issuedInLine(chain.slice(0, at + 1), host, now)
  })
}

function names({ selector, matchingType, certificate }: TlsaData, shown: ShownCertificate): boolean {
  const bytes = selector === 0 ? shown.raw : shown.publicKey.export({ type: 'spki', format: 'der' })
  return (matchingType === 0 ? bytes : matchingType === 1 ? sha256(bytes) : sha512(bytes)).equals(certificate)
}

/** Of an authority that is named: each really signed the one before, and the server's own is in its name and its days (§3.1.2). */
function issuedInLine(chain: readonly ShownCertificate[], host: string, now: Date): boolean {
  const inDays = chain.every(
    (one) => Date.parse(one.validFrom) <= now.getTime() && now.getTime() <= Date.parse(one.validTo),
  )
  const signed = chain
    .slice(1)
    .every((issuer, i) => issuer.ca && chain[i]!.checkIssued(issuer) && chain[i]!.verify(issuer.publicKey))
  return inDays && signed && chain[0]!.checkHost(host) !== undefined
}
