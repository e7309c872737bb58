/**
 * The channel alone: what the protocol would let go by which route if everything that people must supply (consent, ground,
 * need to know, role, agreement, authorisation) were supplied. What was stated and speaks against sharing still counts.
 */
import {
  type Decision,
  type Disclosure,
  decide,
  NEEDS,
  type Need,
  type Protocol,
  type Route,
} from '../../protocols/index.ts'

/** Needs of the address and of the message itself: these a missing statement does not meet. */
const ofTheMessage = new Set<Need>(['secure-address', 'recipient-named'])

/**
 * The disclosure with everything that people must supply supplied. What was stated is left as it was stated, so what speaks against sharing
 * still counts; whoever sent it answers for the rest (contract §2), and the decision that is kept lists it.
 */
export function supplied(stated: Disclosure, day: string): Disclosure {
  const consentRefused =
    stated.consent?.some((consent) => consent.state === 'refused' || consent.state === 'withdrawn') === true
  const confirmed = NEEDS.filter((need) => {
    if (ofTheMessage.has(need)) return false
    if (need === 'proportionality' && stated.proportionate === false) return false
    if (consentRefused && (need === 'consent' || need === 'explicit-consent' || need === 'ground')) return false
    if (need === 'harm-balance' && stated.harmIfSharedGreater === true) return false
    return true
  })
  return {
    ...stated,
    to: stated.to.map((party) => ({
      ...party,
      needToKnow: party.needToKnow ?? 'not stated',
      role: party.role ?? 'not stated',
      name: party.name ?? party.address ?? 'not stated',
      clearance: party.clearance ?? 'sensitive',
    })),
    from: { ...stated.from, trained: stated.from.trained ?? day },
    proportionate: stated.proportionate ?? true,
    agreement: stated.agreement ?? 'not stated',
    authorisedBy: stated.authorisedBy ?? 'not stated',
    confirmed: [...new Set([...(stated.confirmed ?? []), ...confirmed])],
  }
}

export const channelDecision = (stated: Disclosure, protocol: Protocol, day: string): Decision =>
  decided(supplied(stated, day), protocol, day)

const mostRemembered = 500
const remembered = new WeakMap<Protocol, Map<string, Decision>>()

/** What `decide` answers, which is the same for the same facts: one message asks several times, and many messages alike. */
export function decided(disclosure: Disclosure, protocol: Protocol, day: string): Decision {
  const { message, ...facts } = disclosure
  // Of the words themselves only whether an earlier message stands below them bears on a decision.
  const key = JSON.stringify([day, facts, message === undefined ? null : message.thread?.trim() ? 'thread' : 'message'])
  const known = remembered.get(protocol) ?? new Map<string, Decision>()
  remembered.set(protocol, known)
  const decision = known.get(key) ?? decide(disclosure, protocol, day)
  known.delete(key)
  if (known.size >= mostRemembered) known.delete(known.keys().next().value as string)
  known.set(key, decision)
  return decision
}

export function openRoutes(decision: Decision, index: number): Set<Route> {
  const closed = new Set(decision.recipients[index]?.closed.map((one) => one.route))
  return new Set(electronic.filter((route) => !closed.has(route)))
}

export const electronic: readonly Route[] = [
  'internal-email',
  'secure-email',
  'email',
  'encrypted-attachment',
  'portal',
]
