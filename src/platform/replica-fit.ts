import type { Pool, PoolClient } from 'pg'
import { errorCode } from './problems.ts'

/** What tells whether a server follows another. */
interface Described {
  readonly follows: boolean
  readonly cluster: string
  readonly database: string
  readonly schema: string
  /** How far it has written, or replayed, its log: a number of bytes. */
  readonly at: string
}

/** What must be so on a replica as on its primary. A database that holds no Safehaven has no schema. */
export async function describe(server: Pool | PoolClient): Promise<Described> {
  const { rows } = await server.query<
    Omit<Described, 'schema'> & { ours: boolean }
  >(`select pg_is_in_recovery() as follows,
      (select system_identifier::text from pg_control_system()) as cluster,
      (select oid::text from pg_database where datname = current_database()) as database,
      (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - '0/0')::text as at,
      to_regclass('platform.migration') is not null as ours`)
  const { ours, ...described } = rows[0]!
  if (!ours) return { ...described, schema: '' }
  const { rows: schema } = await server.query<{ schema: string }>(
    `select string_agg(name || ' ' || checksum, ', ' order by name) as schema from platform.migration`,
  )
  return { ...described, schema: schema[0]!.schema }
}

/** Why this server is no replica of that primary, with what to do; undefined when it is one. */
export function unfit(replica: Described, primary: Described): string | undefined {
  if (replica.cluster !== primary.cluster)
    return 'It belongs to another cluster than the server of DATABASE_URL. Make it anew with pg_basebackup -R from that one, or take it out of DATABASE_READ_URL.'
  if (!replica.follows)
    return 'It is a primary and follows nobody. Make it anew with pg_basebackup -R from the server of DATABASE_URL, or take it out of DATABASE_READ_URL.'
  if (replica.database !== primary.database)
    return 'Its address names another database than DATABASE_URL. Put the same name at the end of both.'
  if (replica.schema !== primary.schema)
    return 'Its tables are those of another version of Safehaven. It is asked again until it has replayed the upgrade; if that does not come, look why it no longer follows.'
  return undefined
}

/** The server was reached, and what it says will not change by waiting. */
export function refusal(error: unknown): string | undefined {
  switch (errorCode(error)) {
    case '28P01':
    case '28000':
      return 'It refuses the user or the password in DATABASE_READ_URL.'
    case '3D000':
      return 'It has no database of the name in DATABASE_READ_URL.'
    default:
      return undefined
  }
}
