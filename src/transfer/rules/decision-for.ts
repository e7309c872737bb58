import { type Decision, decide, findProtocol, type Route } from '../../protocols/index.ts'
import { type Consignment, recipientOf } from '../consignment.ts'

/**
 * The decision about one recipient by one route, under the same protocol and day as the whole. Undefined when that protocol
 * is not here in that version any more: then nothing but what was decided is known.
 */
export function decisionFor(consignment: Consignment, recipientIndex: number, route: Route): Decision | undefined {
  const { id, version, on } = consignment.decision.protocol
  const protocol = findProtocol(id)
  if (!protocol || protocol.version !== version) return undefined
  const to = [recipientOf(consignment, recipientIndex)]
  return decide({ ...consignment.disclosure, to, route }, protocol, on)
}
