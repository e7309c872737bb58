/**
 * What reading a message yields. A message is either read, with every part and every name that any mail program could
 * see in it, or refused with sentences that its sender can act on.
 */

/** Something in the message that not every mail program would read alike. A fatal one refuses the message. */
export interface Defect {
  readonly code: string
  readonly part: string
  readonly sentence: string
  readonly fatal: boolean
}

export interface Field {
  /** As written, such as `Content-Type`. */
  readonly name: string
  readonly key: string
  /** Unfolded, encoded words not decoded; one JavaScript character for each byte unless the bytes are UTF-8. */
  readonly value: string
  /** Offsets of its lines in the message. */
  readonly start: number
  readonly end: number
}

export interface Address {
  readonly name: string
  /** `local@domain`, the domain in lower case, as written otherwise. */
  readonly address: string
  /** The group it stands in, such as `undisclosed-recipients`. */
  readonly group?: string
}

/** One leaf of the message: a body, an attachment, or a file hidden in a body's text. */
export interface Leaf {
  /** Where it stands: `1`, `2.1`, and for a file found inside text `1/uuencoded-1`. */
  readonly path: string
  readonly type: string
  readonly charset?: string
  readonly disposition?: string
  /** Every name that the headers give it, the first the one to show. */
  readonly names: readonly string[]
  readonly fields: readonly Field[]
  readonly bytes: Buffer
  /** The decoded text, for bodies and other text. */
  readonly text?: string
  /** Shown by a mail program as the message itself. */
  readonly body: boolean
}

/** The headers of the message or of one nested in it, as text to be looked through. */
export interface Envelope {
  readonly path: string
  readonly subject: string
  readonly from: readonly Address[]
  readonly sender: readonly Address[]
  readonly replyTo: readonly Address[]
  readonly to: readonly Address[]
  readonly cc: readonly Address[]
  readonly bcc: readonly Address[]
  readonly messageId?: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly fields: readonly Field[]
}

export interface Entity {
  readonly path: string
  readonly type: string
  readonly fields: readonly Field[]
  /** Offsets into the message as it was read. */
  readonly start: number
  readonly bodyStart: number
  readonly end: number
  readonly children: readonly Entity[]
  readonly leaf?: Leaf
  readonly envelope?: Envelope
}

export interface Message {
  readonly raw: Buffer
  readonly root: Entity
  readonly envelope: Envelope
  /** Envelopes of messages attached to this one. */
  readonly nested: readonly Envelope[]
  readonly leaves: readonly Leaf[]
  /** Text before the first and after the last boundary, which some programs show. */
  readonly outside: readonly { readonly part: string; readonly text: string }[]
  /** What was read with tolerance. With any, the message leaves rebuilt, never as it came. */
  readonly defects: readonly Defect[]
}

export type Reading =
  | { readonly outcome: 'read'; readonly message: Message }
  | {
      readonly outcome: 'refused'
      readonly defects: readonly Defect[]
      /** One sentence or more for the sender. */
      readonly sentence: string
      /** Every attachment name that any program might see in it. */
      readonly names: readonly string[]
      readonly envelope?: Envelope
    }

/** Thrown inside the reader when a budget is spent; never leaves it. */
export class Refusal extends Error {
  readonly code: string
  readonly part: string
  constructor(code: string, part: string, sentence: string) {
    super(sentence)
    this.code = code
    this.part = part
  }
}
