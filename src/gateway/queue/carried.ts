/** What goes with a message that is converted: the disclosure, its decision, the letter and the files. */
import {
  type Decision,
  type Disclosure,
  decide,
  NEEDS,
  type Party,
  type Protocol,
  type Route,
} from '../../protocols/index.ts'
import { markupText } from '../contents/index.ts'
import type { Leaf, Message } from '../reading/index.ts'

const byTransfer = ['portal', 'encrypted-attachment'] as const

/**
 * The disclosure as the channel carries it. Consent, ground and need to know that nobody stated do not stop a mail (contract §2): whoever
 * sent it answers for them, and the decision that is kept lists them. What was stated is left as it was stated, so it still counts.
 */
export function carriedDisclosure(stated: Disclosure, party: Party, route: Route, day: string): Disclosure {
  const { message: _words, ...facts } = stated
  const refused = stated.consent?.some(({ state }) => state === 'refused' || state === 'withdrawn') === true
  const answered = NEEDS.filter((need) => {
    if (need === 'secure-address' || need === 'recipient-named') return false
    if (need === 'proportionality') return stated.proportionate !== false
    if (need === 'consent' || need === 'explicit-consent' || need === 'ground') return !refused
    return need !== 'harm-balance' || stated.harmIfSharedGreater !== true
  })
  return {
    ...facts,
    from: { ...facts.from, trained: facts.from.trained ?? day },
    to: [
      {
        ...party,
        name: party.name ?? party.address ?? 'not stated',
        role: party.role ?? 'not stated',
        needToKnow: party.needToKnow ?? 'not stated',
        clearance: party.clearance ?? 'sensitive',
      },
    ],
    proportionate: facts.proportionate ?? true,
    agreement: facts.agreement ?? 'not stated',
    authorisedBy: facts.authorisedBy ?? 'not stated',
    confirmed: [...new Set([...(facts.confirmed ?? []), ...answered])],
    route,
  }
}

export interface Carried {
  readonly route: Route
  readonly disclosure: Disclosure
  readonly decision: Decision
}

/** The best way besides e-mail that the protocol holds open for one recipient; undefined: there is none, and a person is asked. */
export function carriedBy(stated: Disclosure, party: Party, protocol: Protocol, day: string): Carried | undefined {
  for (const route of byTransfer) {
    const disclosure = carriedDisclosure(stated, party, route, day)
    const decision = decide(disclosure, protocol, day)
    if (decision.outcome === 'share' && decision.route === route) return { route, disclosure, decision }
  }
  return undefined
}

/** The words of the message, as the recipient reads them elsewhere. */
export function letterOf({ leaves, envelope }: Message): string {
  const bodies = leaves.filter((leaf) => leaf.body && leaf.text !== undefined)
  const plain = bodies.filter((leaf) => leaf.type !== 'text/html')
  const text = (plain.length > 0 ? plain : bodies)
    .map((leaf) => (leaf.type === 'text/html' ? markupText(leaf.text!.slice(0, 2_000_000)).text : leaf.text!))
    .join('\n\n')
    .replace(/\r\n/g, '\n')
    .trim()
  return [envelope.subject, text].filter((one) => one !== '').join('\n\n')
}

/** The files that go with it. */
export const filesOf = ({ leaves }: Message): Leaf[] => leaves.filter((leaf) => !leaf.body || leaf.text === undefined)

export const nameOf = (leaf: Leaf, number: number): string =>
  (leaf.names[0] ?? `part-${number}`).replace(/[\\/\x00-\x1f\x7f]/g, '_').slice(-200)
