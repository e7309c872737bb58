/** The id of the rule that a protocol gives for something found, so that a finding cites what its reader is bound by. */
import type { Decision, Obligation, Protocol } from '../../protocols/index.ts'

export interface Cites {
  /** Is it owed under this protocol, and under which rule? */
  owed(obligation: Obligation): string | undefined
  /** The id when the protocol has that rule. */
  own(id: string): string | undefined
  /** The protocol's own rule among these, in their order, else the last. */
  first(...ids: string[]): string
}

const cited = new WeakMap<Protocol, ReadonlySet<string>>()

/** Every id that a rule of the protocol cites. */
export function citedIn(protocol: Protocol): ReadonlySet<string> {
  const known = cited.get(protocol) ?? new Set(protocol.rules.flatMap((rule) => [...rule.cites]))
  cited.set(protocol, known)
  return known
}

export function citesOf(protocol: Protocol, decision: Decision): Cites {
  const own = citedIn(protocol)
  return {
    owed: (obligation) => decision.obligations.find((one) => one.id === obligation)?.cites[0],
    own: (id) => (own.has(id) ? id : undefined),
    first: (...ids) => ids.find((id) => own.has(id)) ?? ids.at(-1)!,
  }
}
