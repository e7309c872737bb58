import type { Disclosure } from '../../protocols/index.ts'

/** What was asked, without the words of the message: a decision is kept for years and by many read, the words are not its to keep. */
export function withoutWords({ disclosure }: { readonly disclosure?: Disclosure | undefined }): Disclosure | undefined {
  if (disclosure === undefined) return undefined
  const { message: _words, ...facts } = disclosure
  return facts
}
