/**
 * From a message to the facts of a disclosure, and from these to what the gateway does with it.
 * Pure; the rules are the protocol's (`decide`), the words found are `scan`'s.
 */
export { channelDecision, supplied } from './channel.ts'
export { checkMail, type MailAnswer, type MailRecipient } from './check-mail.ts'
export {
  factsFromMessage,
  type MailFacts,
  type MailOptions,
  type PartialDisclosure,
  type Place,
} from './facts-from-message.ts'
export { fixedSentence } from './look-for.ts'
export type { Action, MailAttachment, MailFinding, Weight } from './types.ts'
