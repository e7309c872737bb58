import type { Decision, Disclosure, Reason } from './disclosure.ts'
import type { Protocol } from './protocol.ts'
import { inOrder, join, routeForAll } from './rules/answer.ts'
import { addressFacts, caseFor } from './rules/case.ts'
import { findingFor, oweFor } from './rules/recipient.ts'
import { nothingSaid } from './rules/said.ts'
import { ITEMS, OBLIGATIONS, ROUTES } from './vocabulary.ts'

/**
 * Whether, what, to whom, by which route and with what proof, under a protocol on a day (`YYYY-MM-DD`).
 * Pure: the same disclosure, protocol version and day give the same decision for ever. Contract §1.
 */
export function decide(disclosure: Disclosure, protocol: Protocol, day: string): Decision {
  if (!isInForce(protocol, day)) return silent(disclosure, protocol, day)
  const said = nothingSaid()
  const confirmed = new Set(disclosure.confirmed ?? [])
  const from = addressFacts(disclosure.from, protocol, day)
  const cases = disclosure.to.map((to) => caseFor(disclosure, to, from, protocol, day, confirmed))
  const findings = cases.map((found) => findingFor(found, said))
  const route = routeForAll(disclosure, protocol, findings)
  for (const found of cases) if (route !== undefined && found.route !== route) oweFor({ ...found, route }, said)
  return join(disclosure, protocol, day, findings, route, said)
}

export function isInForce({ inForce }: Protocol, day: string): boolean {
  return inForce.from <= day && (inForce.until === undefined || day <= inForce.until)
}

/** Outside its days a protocol is silent, and what nothing opens is closed. */
function silent(disclosure: Disclosure, protocol: Protocol, day: string): Decision {
  const { inForce } = protocol
  const span = inForce.until === undefined ? `from ${inForce.from}` : `from ${inForce.from} to ${inForce.until}`
  const because: Reason = {
    text: `${protocol.title} is in force ${span}. On ${day} it says nothing, so nothing may be shared under it. ${inForce.says}`,
    cites: inForce.rule,
  }
  const closed = ROUTES.map((route) => ({ route, because }))
  return {
    outcome: 'refuse',
    level: 'none',
    items: [],
    withheld: inOrder(ITEMS, disclosure.information).map((item) => ({ item, because })),
    alternatives: [],
    closed,
    needs: [],
    obligations: [
      { id: 'record-decision', when: 'after', text: OBLIGATIONS['record-decision'][1], cites: inForce.rule },
    ],
    recipients: disclosure.to.map((_, index) => ({ index, outcome: 'refuse', closed })),
    reasons: [because],
    protocol: { id: protocol.id, version: protocol.version, on: day },
  }
}
