/**
 * The queue: a message is put down with what becomes of it, carried on until every recipient stands in one final state, and shown to
 * its sender. `250` follows `accept`.
 */
export { type Accepted, accept, type HandedIn } from './accept.ts'
export { afterRestore } from './after-restore.ts'
export { arrivedAfterAll, otherWay } from './came-back.ts'
export { openCarrier } from './carrier.ts'
export { carryMessages } from './jobs/carry.ts'
export { deliverMessage } from './jobs/deliver.ts'
export { resumeMessages } from './jobs/resume.ts'
export { tellOf, tellSender } from './jobs/tell.ts'
export { heldOf, type Listed, ownMessages } from './lists.ts'
export { NotRemembered, rememberedOf } from './memory.ts'
export { prepared } from './prepared.ts'
export {
  changeRecipients,
  confirmMessage,
  releaseMessage,
  type Settling,
  whatSettles,
  withdrawMessage,
} from './reconsider.ts'
export { findMessage, mayRead, readRaw, readSeen, recipientsOf } from './store.ts'
export { forEach, Together } from './together.ts'
export type { MessageRow, RecipientRow, RecipientState, Seen } from './types.ts'
