/** What is found in a message, and what each finding asks for. */

/**
 * `note`: said, and nothing follows. `add`: the gateway adds what is missing. `convert`: it goes by portal or encrypted.
 * `hold`: only a person can settle it. `reject`: it must not go.
 */
export type Weight = 'note' | 'add' | 'convert' | 'hold' | 'reject'

export interface MailFinding {
  /** The rule's id, such as `CUM-20`. */
  readonly rule: string
  /** `subject`, `body`, `thread`, `to`, `headers/Thread-Topic`, `attachments/1/minutes.docx/comments` … */
  readonly part: string
  /** UTF-16 offsets into the part's text, end exclusive; 0 and 0 where something is missing. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly sentence: string
  readonly weight: Weight
  /** A hold that guards the channel or the need to know: nobody releases it, the message is mended or withdrawn. */
  readonly binding?: true
}

export interface MailAttachment {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly encrypted: 'aes-256' | 'weak' | false
  readonly part: string
}

export type Action = 'deliver' | 'convert' | 'hold' | 'reject'
