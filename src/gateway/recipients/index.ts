/**
 * Who would receive a message: internal, secure, webmail, generic, a list, a look-alike, a stranger, the wrong Dave.
 * Pure; the secure domains are the protocol's, the contacts are the caller's.
 */
export { type Contact, resembles } from './look-alike.ts'
export { type Greeting, greetingOf, greets, namesNobody, nameWords, personWords } from './names.ts'
export { everyone, type Field, isList, type Known, type Recipient, recipientFacts } from './recipients.ts'
