// Sharing: the disclosure itself. A worry becomes a draft, the draft a decision that is recorded with its reasons, whether it is to share or not.
// Pages gather facts and ask `decide`; what may go is handed to the transfer room in the transaction of the decision.
// A draft is seen by its own agency alone; an adviser never learns who it is about.

export { correctionDraft } from './correction-draft.ts'
export { type DecidedNow, decideNow } from './decide-now.ts'
export { declineToShare } from './decline-to-share.ts'
export { disclosureForDispatch, type ForDispatch, recordSent } from './disclosure-for-dispatch.ts'
export { type Draft, draftSchema, emptyDraft } from './draft.ts'
export { childrenOf } from './rules/children-of.ts'
export { listOf } from './rules/facts.ts'
export { type Saved, saveStep } from './save-step.ts'
export { type Sending, sendDisclosure } from './send-disclosure.ts'
export { type Start, startDisclosure } from './start-disclosure.ts'
export { addCall } from './store/calls.ts'
export {
  correctionsOf,
  disclosureById as disclosureRow,
  listDisclosures,
  type Row as DisclosureRow,
  type State as DisclosureState,
} from './store/disclosures.ts'
export { addQuestion, answerQuestion } from './store/questions.ts'
export { claimReport, decideReport, queueOf } from './store/reports.ts'
export { type Withdrawn, withdrawConsent } from './withdraw-consent.ts'
