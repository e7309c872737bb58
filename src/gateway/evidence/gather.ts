/** What a mail domain proves today: its servers, their encryption, MTA-STS, DANE and DMARC. What cannot be learnt is not proved. */
import type { MxData, TlsaData, TxtData } from 'dns-packet'
import { daneHolds, usable } from './dane.ts'
import { dmarcHolds, dmarcPlaces } from './dmarc.ts'
import { fetchPolicy } from './fetch-policy.ts'
import { announcement, policyHolds, type Read, readPolicy } from './mta-sts.ts'
import { probe } from './probe.ts'
import type { Told } from './resolver.ts'
import type { Evidence, Lookout, Probed } from './types.ts'

const mostServers = 10

export async function gatherEvidence(domain: string, lookout: Lookout, now: Date): Promise<Evidence> {
  const { servers, signed, bad } = await serversOf(domain, lookout)
  const dmarc = await dmarcOf(domain, lookout)
  if (bad !== undefined)
    return {
      domain,
      mx: servers,
      mtaSts: false,
      dane: false,
      dmarc: 'ok' in dmarc,
      because: [bad, said('DMARC', dmarc)],
    }
  const found: Found[] = []
  for (const host of servers) found.push(await serverAt(host, lookout))
  const tls = lowest(found.map((one) => one.probed))
  const mtaSts = await mtaStsOf(domain, servers, found, lookout)
  const dane = daneOf(signed, found, now)
  return {
    domain,
    mx: servers,
    ...('ok' in tls ? { tls: tls.ok } : {}),
    mtaSts: 'ok' in mtaSts,
    dane: 'ok' in dane,
    dmarc: 'ok' in dmarc,
    because: [
      'ok' in tls ? `TLS: ${tls.ok} at ${servers.join(', ')}.` : `TLS: ${tls.bad}`,
      said('MTA-STS', mtaSts),
      said('DANE', dane),
      said('DMARC', dmarc),
    ],
  }
}

const said = (what: string, found: Read<unknown>): string =>
  'ok' in found ? `${what}: proved.` : `${what}: ${found.bad}`

interface Servers {
  readonly servers: readonly string[]
  readonly signed: boolean
  readonly bad?: string
}

async function serversOf(domain: string, { resolver }: Lookout): Promise<Servers> {
  const told = await resolver.ask(domain, 'MX')
  if (told.kind === 'failed') return { servers: [], signed: false, bad: `Mail servers: ${told.why}` }
  // Without a record the domain itself takes the mail, if it has an address (RFC 5321 §5.1).
  if (told.kind === 'absent') return { servers: [domain], signed: told.validated }
  const records = told.records.map((one) => (one as { data: MxData }).data)
  const servers = [...records]
    .sort((one, other) => (one.preference ?? 0) - (other.preference ?? 0))
    .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''))
  if (servers.includes('')) return { servers: [], signed: false, bad: 'Mail servers: the domain takes no mail.' }
  if (servers.length > mostServers)
    return {
      servers: servers.slice(0, mostServers),
      signed: false,
      bad: `Mail servers: more than ${mostServers}, which is not looked through.`,
    }
  return { servers, signed: told.validated }
}

interface Found {
  readonly probed: Probed
  readonly addressSigned: boolean
  readonly tlsa: Told
}

async function serverAt(host: string, lookout: Lookout): Promise<Found> {
  const { addresses, signed } = await addressesOf(host, lookout)
  const probed = await probe(host, addresses, lookout)
  const tlsa = await lookout.resolver.ask(`_25._tcp.${host}`, 'TLSA')
  return { probed, addressSigned: signed, tlsa }
}

async function addressesOf(host: string, { resolver }: Lookout): Promise<{ addresses: string[]; signed: boolean }> {
  const told = [await resolver.ask(host, 'A'), await resolver.ask(host, 'AAAA')]
  const addresses = told.flatMap((one) =>
    one.kind === 'found' ? one.records.map((record) => String((record as { data: unknown }).data)) : [],
  )
  return { addresses, signed: told.every((one) => one.kind !== 'failed' && one.validated) }
}

/** Every server must have answered: mail may go to any of them. */
function lowest(probed: readonly Probed[]): Read<string> {
  const silent = probed.find((one) => one.tls === undefined)
  if (silent !== undefined) return { bad: silent.why }
  const versions = probed.map((one) => one.tls!).sort()
  return versions[0] === undefined ? { bad: 'there is no mail server.' } : { ok: versions[0] }
}

async function mtaStsOf(
  domain: string,
  servers: readonly string[],
  found: readonly Found[],
  lookout: Lookout,
): Promise<Read<true>> {
  const announced = textsOf(await lookout.resolver.ask(`_mta-sts.${domain}`, 'TXT'))
  if ('bad' in announced) return announced
  const id = announcement(announced.ok)
  if ('bad' in id) return id
  const { addresses } = await addressesOf(`mta-sts.${domain}`, lookout)
  const fetched = await fetchPolicy(domain, addresses, lookout)
  if ('bad' in fetched) return fetched
  const policy = readPolicy(fetched.ok)
  if ('bad' in policy) return policy
  const holds = policyHolds(policy.ok, servers)
  if ('bad' in holds) return holds
  const stranger = found.find(({ probed }) => !probed.vouched)
  return stranger === undefined
    ? { ok: true }
    : { bad: `nobody vouches for the certificate of ${stranger.probed.host}.` }
}

function daneOf(signed: boolean, found: readonly Found[], now: Date): Read<true> {
  if (!signed)
    return { bad: 'the list of mail servers is not signed, or no validating resolver on this machine vouches for it.' }
  for (const { probed, addressSigned, tlsa } of found) {
    if (tlsa.kind === 'failed') return { bad: tlsa.why }
    if (tlsa.kind === 'absent') return { bad: `${probed.host} publishes no certificate.` }
    if (!tlsa.validated || !addressSigned) return { bad: `what ${probed.host} publishes is not signed.` }
    const records = tlsa.records.map((one) => (one as { data: TlsaData }).data)
    if (!records.some(usable)) return { bad: `what ${probed.host} publishes cannot be used for mail.` }
    if (!daneHolds(records, probed, now)) return { bad: `${probed.host} shows another certificate than it publishes.` }
  }
  return { ok: true }
}

async function dmarcOf(domain: string, { resolver }: Lookout): Promise<Read<true>> {
  for (const place of dmarcPlaces(domain)) {
    const texts = textsOf(await resolver.ask(`_dmarc.${place}`, 'TXT'))
    if ('bad' in texts) return texts
    const found = dmarcHolds(texts.ok, place !== domain)
    if (found !== undefined) return found
  }
  return { bad: 'no policy is published.' }
}

/** Each record's pieces put together (RFC 7208 §3.3). */
function textsOf(told: Told): Read<string[]> {
  if (told.kind === 'failed') return { bad: told.why }
  if (told.kind === 'absent') return { ok: [] }
  return { ok: told.records.map((one) => [(one as { data: TxtData }).data].flat().map(String).join('')) }
}
