// Transfer: what was decided goes its way by a route that is secure for its recipient, and every hand is written down.
// Sharing asks for it by the job `transfer.dispatch`; the portal and the gateway tell here what came of it.
// Each route is one file in `routes/`; packing holds the AES-256 archives.

export { statementsFor } from './composing/statements.ts'
export type { Consignment, Dispatch, Sender, SentDocument, State, Step, Task } from './consignment.ts'
export { consignmentOf } from './consignment-of.ts'
export { dispatch } from './dispatch.ts'
export { portalInvite } from './jobs/portal-invite.ts'
export { portalRecall } from './jobs/portal-recall.ts'
export { type Budget, defaultBudget } from './packing/open-zip.ts'
export { type PackedDocument, packDocuments } from './packing/pack.ts'
export { type UnpackAnswer, unpackArchive } from './packing/unpack.ts'
export { recordArrival, type StepAnswer } from './record-step.ts'
export { recordRecall } from './stop-disclosure.ts'
export { costsByAgency } from './store/dispatches.ts'
