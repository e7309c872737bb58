/** By which way besides e-mail a message goes, and the disclosure and decision that go with it. Pure. */
import { type Decision, type Disclosure, decide, type Party, type Protocol, type Route } from '../../protocols/index.ts'
import { supplied } from '../facts/index.ts'

const byTransfer = ['portal', 'encrypted-attachment'] as const

export interface Carried {
  readonly route: Route
  readonly disclosure: Disclosure
  readonly decision: Decision
}

/** The best way besides e-mail that the protocol holds open for one recipient; undefined: there is none, and a person is asked. */
export function carriedBy(stated: Disclosure, party: Party, protocol: Protocol, day: string): Carried | undefined {
  const { message: _words, ...facts } = stated
  for (const route of byTransfer) {
    const disclosure = supplied({ ...facts, to: [party], route }, day)
    const decision = decide(disclosure, protocol, day)
    if (decision.outcome === 'share' && decision.route === route) return { route, disclosure, decision }
  }
  return undefined
}
