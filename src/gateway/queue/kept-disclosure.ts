import type { Disclosure } from '../../protocols/index.ts'
import type { Seen } from './types.ts'

/** What was asked, without the words of the message: a decision is kept for years and by many read, the words are not its to keep. */
export function withoutWords({ disclosure }: Pick<Seen, 'disclosure' | 'decision'>): Disclosure | undefined {
  if (disclosure === undefined) return undefined
  const { message: _words, ...facts } = disclosure
  return facts
}
