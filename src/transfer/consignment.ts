import type { Decision, Disclosure, Party, Route } from '../protocols/index.ts'

/** A file that goes with the letter; `blobId` finds it among the kept files, `size` in bytes. */
export interface SentDocument {
  readonly blobId: string
  readonly name: string
  readonly type: string
  readonly size: number
}

export interface Sender {
  readonly userId: string
  readonly name: string
  /** The id of the agency. */
  readonly agency: string
  readonly agencyName?: string
  readonly address?: string
  readonly telephone?: string
  readonly postal?: string
}

/** What is sent: a disclosure that was decided and released, with its letter and documents. */
export interface Consignment {
  /** The disclosure's id. */
  readonly id: string
  readonly disclosure: Disclosure
  readonly decision: Decision
  /** The record of the decision; another one means that it was decided anew. */
  readonly decisionId?: string
  readonly sender: Sender
  readonly documents: readonly SentDocument[]
  /** The text that the recipient reads. */
  readonly letter: string
  readonly recipients: readonly { readonly index: number; readonly party: Party; readonly route: Route }[]
}

/** Where a dispatch stands. `uncertain`: it may have been handed over when the connection or the machine failed. */
export type State = 'prepared' | 'sending' | 'sent' | 'arrived' | 'read' | 'acted-on' | 'failed' | 'uncertain'

export interface Dispatch {
  readonly id: string
  readonly disclosure: string
  readonly recipientIndex: number
  readonly reference: string
  readonly recipientName: string
  readonly recipientAgency: string | null
  readonly route: Route
  readonly state: State
  readonly attempt: number
  readonly tried: readonly Route[]
  readonly handedAt: Date | null
  readonly createdAt: Date
  readonly changedAt: Date
}

export interface Step {
  readonly at: Date
  readonly what: string
  readonly state: State
  readonly route: Route
  readonly attempt: number
  readonly byName: string
  readonly detail: string
}

export interface Task {
  readonly id: string
  readonly disclosure: string
  readonly dispatch: string | null
  readonly reference: string | null
  readonly kind: string
  readonly text: string
  readonly cites: readonly string[]
  readonly ownerUser: string
  readonly ownerName: string
  readonly due: Date
  readonly doneAt: Date | null
  readonly doneByName: string | null
  readonly note: string | null
}

/** The recipient of a dispatch. Throws when the consignment has no such recipient. */
export function recipientOf(consignment: Consignment, index: number): Party {
  const party = consignment.recipients.find((recipient) => recipient.index === index)?.party
  if (!party) throw new Error(`the consignment has no recipient ${index}`)
  return party
}
