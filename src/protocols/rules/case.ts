import type { Disclosure, Party } from '../disclosure.ts'
import type { Protocol } from '../protocol.ts'
import { type Item, type Level, levelRank, type Need, type Route } from '../vocabulary.ts'
import { domainOf, isMixedScript, matchesPattern } from './addresses.ts'
import type { Reliance } from './consent.ts'
import { skeleton } from './look-alikes.ts'
import { isGenericMailbox, isWebmail } from './mailboxes.ts'
import { isWithin } from './period.ts'

/** What is known about one end's e-mail address. */
export interface AddressFacts {
  readonly state: 'missing' | 'bad' | 'known'
  readonly domain: string
  /** Why the address closes every route that needs one. */
  readonly bad?: string
  readonly webmail: boolean
  readonly generic: boolean
  readonly retired: boolean
  readonly secure: boolean
}

const MISSING: AddressFacts = {
  state: 'missing',
  domain: '',
  webmail: false,
  generic: false,
  retired: false,
  secure: false,
}

/** The facts about a party's address under a protocol on a day. */
export function addressFacts(party: Party, protocol: Protocol, day: string): AddressFacts {
  const address = party.address?.trim() ?? ''
  if (address === '') return MISSING
  const found = domainOf(address)
  if ('bad' in found) return { ...MISSING, state: 'bad', bad: found.bad }
  const { domain } = found
  const secure = protocol.secure
  if (isMixedScript(domain))
    return {
      ...MISSING,
      state: 'bad',
      domain,
      bad: `The address mixes alphabets, so that ${domain} may only look like another name.`,
    }
  const alike = secure.lookAlikeOf(domain)
  if (alike !== undefined)
    return {
      ...MISSING,
      state: 'bad',
      domain,
      bad: `The address looks like ${alike} and is not. Check it letter by letter.`,
    }
  const retired = secure.retired.some((one) => one.on <= day && matchesPattern(domain, one.pattern))
  const base = {
    state: 'known',
    domain,
    webmail: isWebmail(domain),
    generic: isGenericMailbox(address),
    retired,
  } as const
  return { ...base, secure: !retired && !base.webmail && isSecure(party, domain, protocol, day) }
}

function isSecure(party: Party, domain: string, { secure }: Protocol, day: string): boolean {
  if (secure.proof === 'gateway') return true
  if (secure.proof === 'list')
    return secure.listed.some(
      (one) => (one.until === undefined || day <= one.until) && matchesPattern(domain, one.pattern),
    )
  const { channel } = party
  if (channel === undefined || channel.checkedOn > day) return false
  if (secure.checkedWithin !== undefined && !isWithin(channel.checkedOn, secure.checkedWithin, day)) return false
  if (channel.accredited === true) return true
  return tlsAtLeast12(channel.tls) && (channel.mtaSts === true || channel.dane === true) && channel.dmarc === true
}

/** TLS 1.2 or newer, however it is written: `1.2`, `TLSv1.3`, `TLS 1.2`. */
function tlsAtLeast12(version: string | undefined): boolean {
  const found = /^(?:TLS\s*v?)?(\d)\.(\d)$/i.exec(version?.trim() ?? '')
  return found !== null && Number(found[1]) * 10 + Number(found[2]) >= 12
}

/** One recipient's case: everything that a condition may ask about. */
export interface Case {
  readonly disclosure: Disclosure
  readonly protocol: Protocol
  readonly day: string
  readonly to: Party
  readonly from: AddressFacts
  readonly address: AddressFacts
  readonly sameOrganisation: boolean
  readonly confirmed: ReadonlySet<Need>
  /** The items and their level at this stage: all at first, later those that may be disclosed. */
  items: readonly Item[]
  level: Level
  reliance: Reliance['on']
  /** The route that would be used; undefined until chosen, or when none is open. */
  route: Route | undefined
  open: ReadonlySet<Route>
}

export function caseFor(
  disclosure: Disclosure,
  to: Party,
  from: AddressFacts,
  protocol: Protocol,
  day: string,
  confirmed: ReadonlySet<Need>,
): Case {
  const address = besideTheSender(addressFacts(to, protocol, day), from)
  return {
    disclosure,
    protocol,
    day,
    to,
    from,
    address,
    confirmed,
    sameOrganisation:
      from.state === 'known' && address.state === 'known' && from.domain === address.domain && !from.webmail,
    items: disclosure.information,
    level: highestLevel(disclosure.information, protocol),
    reliance: 'nothing',
    route: undefined,
    open: NONE_OPEN,
  }
}
/** An address that only looks like the sender's own organisation is nobody's. */
function besideTheSender(address: AddressFacts, from: AddressFacts): AddressFacts {
  if (address.state !== 'known' || from.state !== 'known' || address.domain === from.domain) return address
  const alike =
    address.domain.startsWith(`${from.domain}.`) ||
    (Math.abs(address.domain.length - from.domain.length) < 4 && skeleton(address.domain) === skeleton(from.domain))
  if (!alike) return address
  const bad = `The address looks like your own organisation’s (${from.domain}) and is not. Check it letter by letter.`
  return { ...MISSING, state: 'bad', domain: address.domain, bad }
}

const NONE_OPEN: ReadonlySet<Route> = new Set()

/** The highest level among the items; `none` when there are none. */
export function highestLevel(items: readonly Item[], protocol: Protocol): Level {
  let highest: Level = 'none'
  for (const item of items) {
    const level = protocol.levelOf(item)
    if (levelRank(level) > levelRank(highest)) highest = level
  }
  return highest
}

/** Whether a field was really answered: blank text is no answer. */
export function answered(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== ''
}

export function atRisk(disclosure: Disclosure): boolean {
  return disclosure.risk === 'significant-harm' || disclosure.risk === 'imminent-harm'
}
