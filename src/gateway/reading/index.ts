/**
 * Reading a message: what every mail program would see in it, or a refusal with a sentence.
 * Pure; the worst message is answered within the budgets of `limits.ts`.
 */
export { type Limits, limits } from './limits.ts'
export { readMessage } from './read-message.ts'
export { type Amendments, serialise } from './serialise.ts'
export type { Address, Defect, Entity, Envelope, Field, Leaf, Message, Reading } from './types.ts'
export { checkStream, StreamGuard, type StreamVerdict } from './wire.ts'
