/**
 * The mail gateway: reads an outgoing message as the protocol would, and says what becomes of it and why.
 * Reading, looking inside, facts and the answer are pure; SMTP and the queue stand around them.
 */
export { lookInside, typeOf } from './contents/index.ts'
export {
  type Action,
  checkMail,
  factsFromMessage,
  fixedSentence,
  type MailAnswer,
  type MailAttachment,
  type MailFacts,
  type MailFinding,
  type MailOptions,
  type MailRecipient,
  type PartialDisclosure,
} from './facts/index.ts' // prettier-ignore
export {
  type Amendments,
  checkStream,
  type Leaf,
  type Message,
  type Reading,
  readMessage,
  StreamGuard,
  type StreamVerdict,
  serialise,
} from './reading/index.ts'
export type { Known, Recipient } from './recipients/index.ts'
