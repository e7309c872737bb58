// Portal: pages for people outside, such as carers, schools and charities, whose mail is not secure.
// Someone invited sets a password, proves who they are by a code that the sender gives them by telephone, reads, downloads and replies.
// What they do is told to transfer, so that it stands in the custody chain.
export type { Carried } from './store.ts'
