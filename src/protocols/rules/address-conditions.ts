import { matchesAny } from './addresses.ts'
import type { AddressFacts, Case } from './case.ts'

/** Whether an address is in the state that a protocol's line names. */
export function addressFactsHold(facts: AddressFacts, state: string): boolean {
  switch (state) {
    case 'secure':
      return facts.secure
    case 'not secure':
      return !facts.secure
    case 'retired':
      return facts.retired
    case 'webmail':
      return facts.webmail
    case 'generic':
      return facts.generic
    case 'missing':
      return facts.state === 'missing'
    default:
      return false
  }
}

addressFactsHold.domain =
  (end: 'from' | 'address', patterns: readonly string[]) =>
  (found: Case): boolean =>
    found[end].state === 'known' && matchesAny(found[end].domain, patterns)
