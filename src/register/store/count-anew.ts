import { sql, type Tx } from '../../platform/index.ts'

/** So many in a hundred may be missing from a count: a name that is so much more common weighs 0.03 bits less. */
const MAY_LACK = 0.02

/** Entries were filed anew and say other terms than were counted: they are to be counted. A count that is under way begins again. */
export async function wantCount(tx: Tx): Promise<void> {
  await tx.run(
    sql`insert into register.term_count (wanted) values (true) on conflict (one) do update set wanted = true, after = 0, counted = 0`,
  )
}

export const isCountWanted = async (tx: Tx): Promise<boolean> =>
  (await tx.maybe<{ wanted: boolean }>(sql`select wanted from register.term_count`))?.wanted === true

export interface ToCount {
  readonly id: number
  readonly prepared: Buffer
}

/** The next entries to be counted, in the order of their ids; undefined where no count is wanted. Nobody else counts until the transaction ends. */
export async function nextToCount(tx: Tx, atMost: number): Promise<readonly ToCount[] | undefined> {
  const at = await tx.maybe<{ wanted: boolean; after: number }>(
    sql`select wanted, after from register.term_count for update`,
  )
  if (at?.wanted !== true) return undefined
  if (at.after === 0) await tx.run(sql`delete from register.term_anew`)
  return tx.query<ToCount>(sql`select id, prepared from register.entry
    where id > ${at.after} and removed_at is null and not shielded order by id limit ${atMost}`)
}

/** Adds to the counts that are made anew, and notes that all up to this entry are in them. */
export async function addToCount(
  tx: Tx,
  terms: ReadonlyMap<string, number>,
  counted: readonly ToCount[],
): Promise<void> {
  const rows = [...terms].map(([term, n]) => [...term.split(':').map(Number), n] as number[])
  await tx.run(sql`insert into register.term_anew (kind, key, n)
    select * from unnest(${rows.map((one) => one[0])}::smallint[], ${rows.map((one) => one[1])}::int[], ${rows.map((one) => one[2])}::bigint[])
    on conflict (kind, key) do update set n = term_anew.n + excluded.n`)
  await tx.run(
    sql`update register.term_count set after = ${counted.at(-1)?.id ?? 0}, counted = counted + ${counted.length}`,
  )
}

/**
 * The counts take the place of those that stand, and only what differs is touched. False where a feed that was under way brought so many meanwhile that they must be
 * counted from the beginning.
 */
export async function putInPlace(tx: Tx, now: Date): Promise<boolean> {
  await tx.query(sql`select set_config('statement_timeout', '0', true)`)
  const { lacks } = await tx.one<{
    lacks: boolean
  }>(sql`select (select count(*) from register.entry where removed_at is null and not shielded)
    > counted * ${1 + MAY_LACK}::float8 as lacks from register.term_count`)
  if (lacks) {
    await wantCount(tx)
    return false
  }
  await tx.run(sql`insert into register.term (kind, key, n) select kind, key, n from register.term_anew
    on conflict (kind, key) do update set n = excluded.n where term.n <> excluded.n`)
  await tx.run(sql`delete from register.term where not exists (
    select from register.term_anew anew where anew.kind = term.kind and anew.key = term.key)`)
  await tx.run(sql`delete from register.term_anew`)
  await tx.run(sql`update register.term_count set wanted = false, after = 0, counted = 0, counted_at = ${now}`)
  return true
}
