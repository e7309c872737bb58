import type { Decision, Disclosure, Party, Route } from '../../protocols/index.ts'
import type { Action, MailAttachment, MailFinding, PartialDisclosure } from '../facts/index.ts'

export type MessageState = 'going' | 'held' | 'done' | 'refused' | 'withdrawn'
export type RecipientState =
  | 'held'
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'converted'
  | 'withdrawn'
  | 'refused'
  | 'uncertain'

/** `mail`: it goes on as an e-mail. `transfer`: it goes by the portal or as an encrypted attachment, with a custody chain. */
export type Way = 'mail' | 'transfer'

/** What was found in a message, as its page shows it. Kept sealed. */
export interface Seen {
  readonly subject: string
  readonly from: string
  readonly sentence: string
  readonly findings: readonly MailFinding[]
  readonly recipients: readonly {
    readonly address: string
    readonly name: string
    readonly secure: boolean
    readonly route: Route | null
    readonly because: string
  }[]
  readonly attachments: readonly MailAttachment[]
  /** The text of each part in which something was found. */
  readonly parts: readonly { readonly part: string; readonly text: string }[]
  readonly decision?: Decision
  readonly disclosure?: Disclosure
  /** Those of the envelope, in its order. */
  readonly envelope: readonly string[]
  readonly sender: SenderFacts
  /** What the sender and a manager stated and confirmed since. */
  readonly stated: Stated
  /** What is added to what goes by mail. */
  readonly add: Additions
}

export interface SenderFacts {
  readonly party: Party
  readonly agencyName: string
}

export interface Stated {
  readonly facts: PartialDisclosure
  /** A manager let it go although findings asked for a person. */
  readonly released?: { readonly by: string; readonly name: string; readonly why: string }
}

export interface Additions {
  readonly set: Readonly<Record<string, string>>
  readonly append?: string
}

export interface MessageRow {
  readonly id: string
  readonly reference: string
  readonly at: Date
  readonly agency: string
  readonly senderUser: string
  readonly senderName: string
  readonly senderAddress: string
  readonly action: Action
  readonly state: MessageState
  readonly rules: readonly string[]
  readonly protocol: string
  readonly decision: string | null
  readonly version: number
  readonly settledAt: Date | null
  readonly settledName: string | null
  readonly settledWhy: string | null
}

export interface RecipientRow {
  readonly message: string
  readonly place: number
  readonly address: string
  readonly way: Way
  readonly route: Route | null
  readonly state: RecipientState
  readonly handedAt: Date | null
  readonly detail: string
  readonly consignment: string | null
  readonly changedAt: Date
}

/** States in which nothing more happens by itself. */
export const finalStates: readonly RecipientState[] = ['sent', 'converted', 'withdrawn', 'refused', 'uncertain']
