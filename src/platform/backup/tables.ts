// What of the database goes into a backup: the rows of every table but the list of migrations, and where each sequence stands.
import type { PoolClient } from 'pg'

export interface Table {
  /** "people.user_account", quoted as PostgreSQL needs it. */
  readonly name: string
  /** Its columns that are written and not computed, quoted, in their order. */
  readonly columns: readonly string[]
}
export interface Sequence {
  readonly name: string
  /** The last number given out, as text because it may pass 2^53; null when none was. */
  readonly last: string | null
}

// What migrating writes itself, which is the same again where the same migrations were applied; and what filling the other tables counts anew.
const MADE_ANEW = ['platform.migration', 'graphile_worker.migrations', 'people.change', 'register.change']

/** All tables, each after those that its foreign keys point to. Throws when two need one another. */
export async function tablesInOrder(client: PoolClient): Promise<Table[]> {
  const { rows: tables } = await client.query<{ oid: string; name: string; columns: string[] }>(`
    select c.oid::text as oid, format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 2`)
  const { rows: needs } = await client.query<{ from: string; to: string }>(`
    select distinct conrelid::text as from, confrelid::text as to from (
      select conrelid::oid, confrelid::oid from pg_constraint where contype = 'f' and conrelid <> confrelid) k`)
  const wanted = tables.filter((table) => !MADE_ANEW.includes(table.name))
  const placed: typeof wanted = []
  while (placed.length < wanted.length) {
    const ready = wanted.filter(
      (table) =>
        !placed.includes(table) &&
        needs.every((need) => need.from !== table.oid || placed.some((one) => one.oid === need.to)),
    )
    if (ready.length === 0)
      throw new Error('two tables need one another, so that neither can be filled before the other')
    placed.push(...ready)
  }
  return placed.map(({ name, columns }) => ({ name, columns }))
}

export async function sequences(client: PoolClient): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
    where schemaname !~ '^pg_' order by 1`)
  return rows
}

/** The names and check sums of the migrations applied, in their order: what two hubs must share to read one another's rows. */
export async function schemaOf(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ one: string }>(
    `select name || ' ' || checksum as one from platform.migration union all
     select 'graphile_worker ' || max(id) from graphile_worker.migrations order by 1`,
  )
  return rows.map((row) => row.one)
}

/** Text forms that any server reads back as the same value, and no limit on how long it takes. */
export const PLAIN_SETTINGS = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`
