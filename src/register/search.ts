import {
  acceptThreshold,
  keysFor,
  normalise,
  type PersonInput,
  type PreparedPerson,
  type Score,
  score,
} from '../matching/index.ts'
import { type Context, sql } from '../platform/index.ts'
import type { Entry } from './entry.ts'
import { frequenciesNow } from './frequencies.ts'

/** Most entries that are looked at under one key; a key with more says little. */
const KEY_LIMIT = 100
/** Most candidates that are weighed. */
const WEIGHED = 25

/** An entry that may be the person sought, with the weight of every field. */
export interface Candidate {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly record: Entry
  readonly shielded: boolean
  readonly version: number
  readonly prepared: PreparedPerson
  readonly score: Score
  /** Whether it is believed to be the person, in a population of this size. */
  readonly accepted: boolean
}

interface Row {
  id: number
  authority: string
  localId: string
  record: Entry
  shielded: boolean
  version: number
  prepared: Buffer
}

/** Everyone in any register who may be the person, the likeliest first. Needs to stand past the wall. */
export async function candidatesFor(
  ctx: Pick<Context, 'tx' | 'secrets' | 'now'>,
  person: PersonInput,
): Promise<{ candidates: Candidate[]; population: number; threshold: number }> {
  const frequencies = await frequenciesNow(ctx)
  const sought = normalise(person)
  const keys = keysFor(sought).map(String)
  const threshold = acceptThreshold(frequencies.population)
  const rows = await ctx.tx.query<Row>(sql`
    with found as (
      select entry_id, count(*) over (partition by k) as n from unnest(${keys}::bigint[]) as k
      cross join lateral (select entry_id from register.match_key where match_key.k = k.k order by match_key.k, entry_id limit ${KEY_LIMIT}) one),
    ranked as (select entry_id, sum(1.0 / n) as rarity from found group by entry_id order by rarity desc, entry_id limit ${WEIGHED * 2})
    select id, authority, local_id as "localId", record, shielded, version, prepared from ranked join register.entry on id = entry_id
    where removed_at is null order by rarity desc, id limit ${WEIGHED}`)
  const candidates = rows.map((row): Candidate => {
    const prepared = preparedFrom(row.prepared)
    const weighed = score(sought, prepared, frequencies)
    return { ...row, prepared, score: weighed, accepted: weighed.weight - weighed.prior >= threshold }
  })
  candidates.sort((one, other) => other.score.weight - one.score.weight || one.id - other.id)
  return { candidates, population: frequencies.population, threshold }
}

/** The words of matching/ as they were kept. */
export function preparedFrom(bytes: Buffer): PreparedPerson {
  return { words: new Int32Array(Uint8Array.from(bytes).buffer) }
}
