/** What is inside a file: its true type, the text in it, whether it is protected, and what could not be looked into. */

export interface Piece {
  /** Where the text stands, such as `attachments/2/minutes.docx/comments`. */
  readonly part: string
  readonly text: string
}

/** `false`: anyone can open it. `weak`: protected in a way that falls quickly, or that cannot be judged. */
export type Protection = 'aes-256' | 'weak' | false

export interface Problem {
  /** `unread`: nothing here can look inside. `unsafe`: reading it would exceed the budget, or it contradicts itself. */
  readonly kind: 'unread' | 'unsafe'
  readonly code: string
  readonly part: string
  readonly sentence: string
}

export interface Inside {
  readonly part: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly encrypted: Protection
}

export interface Contents {
  readonly type: string
  readonly encrypted: Protection
  readonly pieces: readonly Piece[]
  /** Every file inside, at any depth. */
  readonly inside: readonly Inside[]
  readonly problems: readonly Problem[]
}
