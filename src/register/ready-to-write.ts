import { setImmediate as breathe } from 'node:timers/promises'
import { keysFor, normalise, termsFor } from '../matching/index.ts'
import { isNamed } from './entry.ts'
import { asPerson } from './rules/as-person.ts'
import { layTogether } from './rules/lay-together.ts'
import type { EntryToWrite } from './store/write-entries.ts'
import type { News } from './weigh-batch.ts'

/** Makes entries ready for being found: the words and keys of matching/. Counts the terms of those who are new. Lets other work run in between. */
export async function readyToWrite(
  authority: string,
  news: readonly News[],
  terms: Map<string, number>,
): Promise<EntryToWrite[]> {
  const ready: EntryToWrite[] = []
  for (const [index, { localId, parts, known }] of news.entries()) {
    if (index % 50 === 49) await breathe()
    const record = layTogether(parts)
    const prepared = normalise(asPerson(record, authority, localId))
    // How often a name occurs weighs in what others are shown, so a shielded entry does not count there.
    if (!known && record.shielded === undefined)
      for (const { kind, key } of termsFor(prepared)) {
        const term = `${kind}:${key}`
        terms.set(term, (terms.get(term) ?? 0) + 1)
      }
    const { buffer, byteOffset, byteLength } = prepared.words
    ready.push({
      localId,
      parts,
      record,
      prepared: Buffer.from(buffer, byteOffset, byteLength),
      named: isNamed(record),
      keys: keysFor(prepared),
    })
  }
  return ready
}
