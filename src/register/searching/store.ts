import type { PreparedPerson } from '../../matching/index.ts'
import { type Sql, sql, type Tx } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'

/** Most entries that are looked at under one key; a key with more says little, and what it says is weighed as if it had this many. */
export const KEY_LIMIT = 100

/** A row of the register as a search gives it back. */
export interface Detail {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly record: Entry
  readonly shielded: boolean
  readonly version: number
}

/**
 * The entries under each key, as 8 bytes each, and how many entries all registers hold together. Packed, because a search meets hundreds of
 * them: as rows they cost more than finding them did.
 */
export async function postingsUnder(
  tx: Tx,
  keys: readonly bigint[],
): Promise<{ population: number; postings: Buffer[] }> {
  const rows = await tx.query<{ n: number | null; ids: Buffer | null }>(
    named(
      'register.postings',
      sql`select coalesce(sum(entries), 0)::bigint as n, null::bytea as ids from register.standing union all
      select null, (select string_agg(int8send(entry_id), ''::bytea) from
        (select entry_id from register.match_key where match_key.k = sought.k order by match_key.k, entry_id limit ${KEY_LIMIT}) one)
      from unnest(${keys.map(String)}::bigint[]) as sought (k)`,
    ),
  )
  return { population: rows[0]?.n ?? 0, postings: rows.flatMap(({ ids }) => (ids === null ? [] : [ids])) }
}

/** The words of matching/ of these entries, of those that have not left the register. One packed answer for all. */
export async function preparedOf(tx: Tx, ids: readonly number[]): Promise<{ id: number; prepared: PreparedPerson }[]> {
  // Asked also when nobody shares a key: that a withheld record does must not be seen by how long it takes.
  const { packed } = await tx.one<{ packed: Buffer | null }>(
    named(
      'register.prepared',
      sql`select string_agg(int8send(id) || int4send(length(prepared)) || prepared, ''::bytea) as packed
      from register.entry where id = any(${[...ids]}::bigint[]) and removed_at is null`,
    ),
  )
  const found: { id: number; prepared: PreparedPerson }[] = []
  for (let at = 0; packed !== null && at < packed.length; ) {
    const id = Number(packed.readBigInt64BE(at))
    const length = packed.readInt32BE(at + 8)
    found.push({ id, prepared: preparedFrom(packed.subarray(at + 12, at + 12 + length)) })
    at += 12 + length
  }
  return found
}

/** What stands in these entries, in no order. */
export function detailsOf(tx: Tx, ids: readonly number[]): Promise<Detail[]> {
  return tx.query<Detail>(
    named(
      'register.details',
      sql`select id, authority, local_id as "localId", record, shielded, version from register.entry where id = any(${[...ids]}::bigint[])`,
    ),
  )
}

/** The words of matching/ as they were kept. */
export function preparedFrom(bytes: Buffer): PreparedPerson {
  return { words: new Int32Array(Uint8Array.from(bytes).buffer) }
}

/** A statement that each connection plans once: planning took as long as searching. */
const named = (name: string, statement: Sql): Sql => Object.assign(statement, { name })
