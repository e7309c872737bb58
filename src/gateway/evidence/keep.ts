import { addressDomains, keepDomain, listDomains, type MailDomain } from '../../people/index.ts'
import { type Context, sql } from '../../platform/index.ts'
import { domainOf } from '../../protocols/index.ts'
import type { Evidence } from './types.ts'

const looker = 'Safehaven'
const mark = 'Safehaven found: '
const remembered = 90

/**
 * The domains of the directory, of the accounts, of those looked at before and of recent recipients that were not looked at today, those longest ago
 * first. What stands on the accredited list is a person's to check: DNS does not tell it.
 */
export async function domainsToLookAt(ctx: Context, most: number): Promise<string[]> {
  const kept = new Map((await listDomains(ctx.tx)).map((one) => [one.domain, one]))
  const written = await ctx.tx.query<{
    domain: string
  }>(sql`select distinct lower(split_part(address, '@', 2)) as domain
    from gateway.recipient where changed_at > ${new Date(ctx.now.getTime() - remembered * 86_400_000)}`)
  const all = new Set([...kept.keys(), ...(await addressDomains(ctx.tx)), ...written.map(({ domain }) => domain)])
  const today = ctx.now.toISOString().slice(0, 10)
  const lastLook = (domain: string) => {
    const known = kept.get(domain)
    return known?.checkedBy === looker ? known.checkedOn : ''
  }
  return [...all]
    .filter((domain) => 'domain' in domainOf(`someone@${domain}`))
    .filter((domain) => lastLook(domain) < today && kept.get(domain)?.accredited !== true)
    .sort((one, other) =>
      lastLook(one) < lastLook(other) ? -1 : lastLook(one) > lastLook(other) ? 1 : one < other ? -1 : 1,
    )
    .slice(0, most)
}

/** Puts what was found in the place of what was known, with the day. A person's note, and that a domain is being brought on, stay. */
export async function keepEvidence(ctx: Context, found: Evidence): Promise<void> {
  const before = (await listDomains(ctx.tx)).find(({ domain }) => domain === found.domain)
  if (before?.accredited === true) return
  await keepDomain(ctx.tx, {
    domain: found.domain,
    ...(found.tls === undefined ? {} : { tls: found.tls }),
    mtaSts: found.mtaSts,
    dane: found.dane,
    dmarc: found.dmarc,
    checkedOn: ctx.now.toISOString().slice(0, 10),
    checkedBy: looker,
    exploring: before?.exploring ?? false,
    note: noteWith(before, found),
  })
}

function noteWith(before: MailDomain | undefined, { because }: Evidence): string {
  const said = (before?.note ?? '').split(mark)[0]!.trim()
  const found = `${mark}${because.join(' ').slice(0, 1_500)}`
  return said === '' ? found : `${said} ${found}`
}
