/**
 * What may be shared, of what, to whom and how: one pure function answers from a protocol that is data.
 * Protocols are read from `protocols/*.yaml`; `decide` has no I/O, no clock and no randomness.
 * Other rooms gather facts, ask `decide`, do what it obliges, and record it.
 */

export { type CitedRule, citedRules } from './catalogue.ts'
export { decide, isInForce } from './decide.ts'
export type {
  ClosedRoute,
  Consent,
  Decision,
  Disclosure,
  NeedAsked,
  NotADisclosure,
  ObligationOwed,
  Party,
  Reason,
  RecipientDecision,
} from './disclosure.ts'
export { disclosureSchema, partySchema, readDisclosure } from './disclosure.ts'
export {
  findProtocol,
  listProtocols,
  PROTOCOLS_FOLDER,
  protocolIds,
  protocolNamed,
  readProtocolFile,
  readProtocolText,
} from './load.ts'
export type { Protocol, Rule } from './protocol.ts'
export { domainName, domainOf, isMixedScript, matchesAny, matchesPattern } from './rules/addresses.ts'
export { type AddressFacts, addressFacts } from './rules/case.ts'
export { lookAlikeAmong, lookAlikeOf, skeleton } from './rules/look-alikes.ts'
export { isGenericMailbox, isWebmail } from './rules/mailboxes.ts'
export {
  type DecisionText,
  decisionText,
  findDecision,
  keepDecision,
  keepDecisions,
  keepDecisionTexts,
  type PastDecision,
  pastDecisions,
} from './store.ts'
export * from './vocabulary.ts'
