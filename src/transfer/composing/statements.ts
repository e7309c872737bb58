import type { Obligation } from '../../protocols/index.ts'

// Word for word from the protocols; both stand only where a decision obliges them.
const wordings: readonly (readonly [Obligation, string])[] = [
  [
    'attachment-statement',
    'This email has an attachment which contains personal information. If you are not the intended recipient you should not open the attachment. You should permanently delete the email and attachment and contact the sender.',
  ],
  ['deletion-statement', 'This information must be deleted after use.'],
  ['no-onward-use', 'Do not pass this on except to protect a child.'],
  [
    'disclaimer',
    'This message is confidential and meant only for the person it is addressed to. If you are not that person, do not read, copy or pass it on: tell the sender and delete it.',
  ],
]

/**
 * The fixed sentences that a decision obliges, in the order in which they stand in a message (CUM-21, CUM-22, CUM-26); then what the protocol says, in its own words, to
 * whoever keeps what they are sent (CUM-53, BEX-51, BEX-52, BEX-53, BEX-59, BEX-60).
 */
export function statementsFor(obligations: readonly { readonly id: Obligation; readonly text: string }[]): string[] {
  const fixed = wordings.filter(([id]) => obligations.some((owed) => owed.id === id)).map(([, sentence]) => sentence)
  const keeping = obligations.find((owed) => owed.id === 'keep-copy-secure')
  return [...fixed, ...[...(keeping?.text ?? '').matchAll(/“([^”]+)”/g)].map(([, words]) => words!)]
}

/** Obligations that writing the message fulfils. */
export const messageFulfils: readonly Obligation[] = [
  'mark-confidential',
  'subject-without-identifiers',
  'deletion-statement',
  'disclaimer',
  'attachment-statement',
  'no-onward-use',
  'address-individually',
  'hide-addresses',
  'remove-from-mailboxes',
  'log-transmission',
  'record-decision',
]
