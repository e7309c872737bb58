/** DMARC (RFC 7489): pure. */
import type { Read } from './mta-sts.ts'

/** What the TXT records at `_dmarc` ask of receivers; `inherited`: they stand at a domain above. Undefined: there is no policy here. */
export function dmarcHolds(texts: readonly string[], inherited: boolean): Read<true> | undefined {
  const found = texts.filter((text) => /^v=DMARC1\s*(?:;|$)/.test(text))
  if (found.length === 0) return undefined
  if (found.length > 1) return { bad: 'more than one DMARC policy is published, so none counts.' }
  const tags = new Map<string, string>()
  for (const part of found[0]!.split(';')) {
    const [, key, value] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/.exec(part) ?? []
    if (key !== undefined && value !== undefined && !tags.has(key)) tags.set(key, value)
  }
  const policy = (inherited ? tags.get('sp') : undefined) ?? tags.get('p')
  if (policy !== 'quarantine' && policy !== 'reject')
    return { bad: `DMARC asks for "${policy ?? 'nothing'}", so forged mail in this name is let through.` }
  const share = tags.get('pct')
  if (share !== undefined && share !== '100')
    return { bad: `DMARC is asked for on ${share.slice(0, 5)} % of the mail only.` }
  return { ok: true }
}

/** The domains at which a policy may stand: the domain itself, then those above it; a name of one label is none. */
export function dmarcPlaces(domain: string): string[] {
  const labels = domain.split('.')
  return labels
    .slice(0, -1)
    .map((_, at) => labels.slice(at).join('.'))
    .slice(0, 8)
}
