// Audit: the append-only log of acts. Every act has an entry in its own transaction, reads included; no entry, no answer.
// Committed entries are chained and signed afterwards, so that writers never wait for one another.
// `verifyLog` proves the log whole, or names the first entry that is not.
export { record } from './record.ts'
