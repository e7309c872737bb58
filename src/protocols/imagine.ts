import { type Disclosure, readDisclosure } from './disclosure.ts'
import type { Conditions, RuleText } from './language.ts'
import type { Protocol } from './protocol.ts'
import { addPeriod } from './rules/period.ts'
import { GROUNDS, ITEMS, type Item, KINDS, type Level, PURPOSES, ROUTES } from './vocabulary.ts'

/**
 * Disclosures imagined so that a rule has a fair chance to apply: what it asks for is chosen from what it names, the rest at
 * random from everything. The same rule, protocol and number always give the same disclosure.
 */
export function imagined(rule: RuleText, protocol: Protocol, attempt: number): { disclosure: Disclosure; day: string } {
  const random = randomFrom(attempt * 7919 + rule.says.length * 31 + 1)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const chance = (share: number): boolean => random() < share
  const when: Conditions = rule.when ?? {}
  const unless: Conditions = rule.unless ?? {}
  const among = <T extends string>(word: keyof Conditions, all: readonly T[]): T => {
    const wanted =
      (when[word] as readonly T[] | undefined) ??
      all.filter((one) => !((unless[word] as readonly T[] | undefined) ?? []).includes(one))
    return pick(wanted.length > 0 ? wanted : all)
  }
  const yes = (word: keyof Conditions, share = 0.5): boolean =>
    (when[word] as boolean | undefined) ?? (unless[word] === undefined ? chance(share) : !(unless[word] as boolean))
  const lifted = rule['lifted by'] !== undefined
  const day = protocol.inForce.until ?? addPeriod(protocol.inForce.from, 'P100D')
  const domains = domainsOf(protocol)
  const sameDomain = yes('same organisation', 0.2)
  const bothSecure =
    when['both addresses secure'] ??
    (unless['both addresses secure'] === undefined ? undefined : !unless['both addresses secure'])
  const oneSecure = when['one address secure']
  const from = addressIn(
    pick(statesFor(when["sender's address"], bothSecure, oneSecure === true ? chance(0.5) : undefined)),
    when["sender's domain"] ?? [],
    domains,
    pick,
  )
  const toState = pick(
    statesFor(when["recipient's address"], bothSecure, oneSecure === true ? !isSecureState(from.state) : undefined),
  )
  const to =
    sameDomain && from.address !== undefined
      ? { ...from, address: `b.other@${from.address.split('@')[1]}` }
      : addressIn(toState, when["recipient's domain"] ?? [], domains, pick)
  const has = (field: string, share: number): boolean => {
    if (when['recipient has']?.includes(field as never)) return true
    if (when['recipient lacks']?.includes(field as never) || unless['recipient has']?.includes(field as never))
      return false
    return chance(share)
  }
  const route = when.route ?? when['proposed route'] ?? undefined
  const area = yes('same area')
  const trained =
    unless['sender trained within'] !== undefined
      ? chance(0.5)
      : when['sender trained within'] !== undefined || chance(0.8)
  const several = yes('several recipients', 0.2)
  const information = itemsFor(rule, protocol, pick, chance)
  const ground =
    when.ground !== undefined
      ? pick(when.ground)
      : when['relies on']?.includes('ground')
        ? pick(groundsOf(protocol))
        : chance(0.4)
          ? pick(groundsOf(protocol))
          : undefined
  const recipient = {
    kind: among('recipient is', KINDS),
    ...(to.address === undefined ? {} : { address: to.address }),
    ...(to.channel === undefined ? {} : { channel: { ...to.channel, checkedOn: day } }),
    ...(has('name', 0.85) ? { name: 'A person' } : {}),
    ...(has('role', 0.8) ? { role: 'A role' } : {}),
    ...(has('agency', 0.5) ? { agency: 'An agency' } : {}),
    ...(has('postal', 0.8) ? { postal: 'A street' } : {}),
    ...(has('telephone', 0.8) ? { telephone: '0300 000 0000' } : {}),
    ...(has('fax', 0.8) ? { fax: '0300 000 0001' } : {}),
    ...(has('need to know', 0.85) ? { needToKnow: 'a reason' } : {}),
    ...(has('go-between', 0.2) ? { via: 'A worker' } : {}),
    ...(has('agreed route', 0.1) ? { prefers: pick(ROUTES) } : {}),
    list: yes('recipient is a list', 0.1),
    clearance: when["recipient's clearance"]
      ? pick(when["recipient's clearance"])
      : pick(['anonymised', 'personal', 'sensitive', 'sensitive'] as const),
    authorised: yes('recipient is authorised'),
    area: area ? 'one' : 'two',
  }
  const consented = when['relies on']?.includes('consent') ?? chance(0.5)
  const disclosure: unknown = {
    from: {
      kind: among('sender is', KINDS),
      area: 'one',
      ...(from.address === undefined ? {} : { address: from.address }),
      ...(from.channel === undefined ? {} : { channel: { ...from.channel, checkedOn: day } }),
      ...(trained ? { trained: day } : {}),
    },
    to: several ? [recipient, { ...recipient, name: 'Another person' }] : [recipient],
    information,
    purpose: among('purpose', PURPOSES),
    marking: among('marking', ['none', 'confidential', 'restricted', 'official-sensitive']),
    risk: lifted
      ? 'none'
      : when.risk
        ? pick(when.risk)
        : when['relies on']
          ? when['relies on'].includes('harm') && chance(0.3)
            ? 'significant-harm'
            : 'none'
          : pick(['none', 'none', 'significant-harm', 'imminent-harm']),
    urgent: yes('urgent'),
    harmIfSharedGreater: yes('sharing would harm more', 0.1),
    ...(ground === undefined ? {} : { ground }),
    ...(consented
      ? {
          consent: [
            {
              person: 'a parent',
              age: 30,
              state: 'given',
              explicit: true,
              told: ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld'],
            },
          ],
        }
      : {}),
    ...(yes('judged proportionate', 0.8) ? { proportionate: true } : {}),
    ...(yes('agreement') ? { agreement: 'an agreement' } : {}),
    ...(yes('manager authorised', 0.3) ? { authorisedBy: 'A manager' } : {}),
    ...(yes('earlier messages', 0.2) ? { message: { thread: 'an earlier message' } } : {}),
    ...(route !== undefined ? { route: pick(route) } : chance(0.3) ? { route: pick(ROUTES) } : {}),
  }
  const read = readDisclosure(disclosure)
  if ('error' in read) throw new Error(`An imagined disclosure is not one: ${read.error}`)
  return { disclosure: read.disclosure, day }
}

function itemsFor(
  rule: RuleText,
  protocol: Protocol,
  pick: <T>(from: readonly T[]) => T,
  chance: (share: number) => boolean,
): Item[] {
  const wanted = rule.when?.items ?? rule.withholds?.items
  if (wanted !== undefined) return [pick(wanted), ...(chance(0.5) ? [pick(ITEMS)] : [])].filter(firstOnly)
  const level: Level =
    rule.when?.level === undefined ? pick(['anonymised', 'personal', 'sensitive']) : pick(rule.when.level)
  const ofLevel = ITEMS.filter((item) => protocol.levelOf(item) === level)
  const items = [pick(ofLevel.length > 0 ? ofLevel : ITEMS)]
  if (level === 'personal' || level === 'sensitive') items.push('name')
  return items.filter(firstOnly)
}
const firstOnly = <T>(one: T, index: number, all: readonly T[]): boolean => all.indexOf(one) === index

type Wanted = 'secure' | 'not secure' | 'retired' | 'webmail' | 'generic' | 'missing'
const isSecureState = (state: Wanted): boolean => state === 'secure'

function statesFor(
  named: readonly Wanted[] | undefined,
  bothSecure: boolean | undefined,
  mustBeSecure: boolean | undefined,
): readonly Wanted[] {
  if (named !== undefined) return named
  if (bothSecure === true || mustBeSecure === true) return ['secure']
  if (bothSecure === false || mustBeSecure === false) return ['not secure', 'not secure', 'missing']
  return ['secure', 'not secure', 'not secure', 'secure', 'missing', 'webmail']
}

function domainsOf(protocol: Protocol): { secure: readonly string[]; retired: readonly string[]; proof: string } {
  const plain = (pattern: string): string => pattern.replace(/^\*\./, 'unit.')
  return {
    secure: protocol.secure.listed.map((one) => plain(one.pattern)),
    retired: protocol.secure.retired.map((one) => plain(one.pattern)),
    proof: protocol.secure.proof,
  }
}

interface End {
  readonly state: Wanted
  readonly address?: string
  readonly channel?: { tls: string; mtaSts: boolean; dmarc: boolean }
}

function addressIn(
  state: Wanted,
  patterns: readonly string[],
  domains: ReturnType<typeof domainsOf>,
  pick: <T>(from: readonly T[]) => T,
): End {
  if (state === 'missing' && patterns.length === 0) return { state }
  const proved =
    state === 'secure' && domains.proof === 'channel' ? { channel: { tls: '1.3', mtaSts: true, dmarc: true } } : {}
  if (patterns.length > 0) return { state, address: `a.person@${pick(patterns).replace(/^\*\./, 'unit.')}`, ...proved }
  switch (state) {
    case 'secure':
      return {
        state,
        address: `a.person@${domains.proof === 'list' && domains.secure.length > 0 ? pick(domains.secure) : 'proved.example.org'}`,
        ...proved,
      }
    case 'retired':
      return { state, address: `a.person@${domains.retired.length > 0 ? pick(domains.retired) : 'old.example.org'}` }
    case 'webmail':
      return { state, address: 'someone@gmail.com' }
    case 'generic':
      return { state, address: 'info@office.example.org' }
    default:
      return { state, address: 'a.person@ordinary.example.org' }
  }
}

function groundsOf(protocol: Protocol): readonly (typeof GROUNDS)[number][] {
  const own = Object.keys(protocol.consent?.grounds ?? {}) as (typeof GROUNDS)[number][]
  return own.length > 0 ? own : GROUNDS
}

/** Small, seeded and the same everywhere (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
