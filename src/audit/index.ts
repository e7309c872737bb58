// Audit: the append-only log of acts. Every act has an entry in its own transaction, reads included; no entry, no answer.
// Committed entries are chained and signed afterwards, so that writers never wait for one another.
// `verifyLog` proves the log whole, or names the first entry that is not.
export { exportLog } from './export.ts'
export { type ActFound, type ActsSought, findActs } from './find-acts.ts'
export type { EntryText } from './leaf.ts'
export { type Proof, proofHolds, prove } from './prove.ts'
export { record } from './record.ts'
export { HEADS_FILE, sealLog } from './seal.ts'
export { type Flaw, type Verdict, verifyLog } from './verify.ts'
