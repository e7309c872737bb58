/** The sender's own copy: what a protocol wants out of the mailbox is a task with a day, and done by the gateway where the mailbox is connected. */
export { oweTidying } from './jobs/owe-tidying.ts'
export { tidyMailboxes } from './jobs/tidy-mailboxes.ts'
export { forgetMailbox, keepMailbox, mailboxOf, owedBy, settleTidying, tidyingOf } from './store.ts'
