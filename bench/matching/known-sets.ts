import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dedupeFile } from '../../src/matching/index.ts'

export interface KnownSet {
  readonly set: string
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** by record, of precision and recall */
  readonly bCubed: number
}

/** Public sets whose ids say who is who: the part of an id that stands for the person. */
const SETS: readonly { readonly file: string; readonly personOf: (id: string) => string }[] = [
  ...['febrl1', 'febrl2', 'febrl3'].map((name) => ({
    file: `${name}.csv`,
    personOf: (id: string) => id.split('-')[1]!,
  })),
  { file: 'historical_half.csv', personOf: (id: string) => id.split('-')[0]! },
]

/** Matches the public sets that lie in a folder; they are no part of this project. */
export async function matchKnownSets(folder: string): Promise<KnownSet[]> {
  const found: KnownSet[] = []
  for (const { file, personOf } of SETS) {
    const path = join(folder, file)
    if (!existsSync(path)) continue
    const matched = await dedupeFile(path)
    if ('refused' in matched) throw new Error(matched.refused)
    const ids = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, line.indexOf(',')))
    found.push({ set: file.replace('.csv', ''), ...agreementOf(ids, personOf, matched.pairs) })
  }
  return found
}

function agreementOf(
  ids: readonly string[],
  personOf: (id: string) => string,
  pairs: Iterable<{ left: string; right: string }>,
): Omit<KnownSet, 'set'> {
  const records = new Map<string, number>()
  for (const id of ids) records.set(personOf(id), (records.get(personOf(id)) ?? 0) + 1)
  const mates = new Map(ids.map((id) => [id, [id]]))
  let claimed = 0
  let right = 0
  for (const { left, right: other } of pairs) {
    claimed++
    if (personOf(left) === personOf(other)) right++
    mates.get(left)!.push(other)
    mates.get(other)!.push(left)
  }
  let all = 0
  for (const n of records.values()) all += (n * (n - 1)) / 2
  let precise = 0
  let complete = 0
  for (const [id, together] of mates) {
    const same = together.filter((mate) => personOf(mate) === personOf(id)).length
    precise += same / together.length / ids.length
    complete += same / records.get(personOf(id))! / ids.length
  }
  return {
    precision: right / Math.max(claimed, 1),
    recall: right / all,
    f1: (2 * right) / (claimed + all),
    bCubed: (2 * precise * complete) / (precise + complete),
  }
}
