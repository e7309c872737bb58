import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool, PoolClient } from 'pg'
import { sha256Hex } from './crypto.ts'
import { Fault } from './problems.ts'
import { APPLICATION_ROLE } from './transaction.ts'

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url))

interface Migration {
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** The migrations of a folder in the order of their numbers. Throws when a name is malformed or a number stands twice. */
export function readMigrations(folder = MIGRATIONS_FOLDER): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  names.forEach((name, index) => {
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name))
      throw new Fault('platform.migration-misnamed', `The migration ${name} is not named like 0042-what-it-does.sql.`)
    if (names[index + 1]?.slice(0, 4) === name.slice(0, 4))
      throw new Fault('platform.migration-twice', `Two migrations have the number ${name.slice(0, 4)}.`)
  })
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    return { name, text, checksum: sha256Hex(text) }
  })
}

/**
 * Brings the schema up to date: the job queue's own, then each migration not yet applied, in the order of its number and in a transaction of its own.
 * A migration that was changed after it was applied stops everything. Gives the names applied now.
 */
export async function migrate(pool: Pool, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const migrations = readMigrations(folder)
  const client = await pool.connect()
  try {
    // One at a time, however many processes start at once.
    await client.query(`select pg_advisory_lock(hashtext('safehaven.migrations'))`)
    await checkServer(client)
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from platform.migration',
    )
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    for (const { name, checksum } of migrations) {
      const known = applied.get(name)
      if (known !== undefined && known !== checksum)
        throw new Fault(
          'platform.migration-changed',
          `The migration ${name} was changed after it was applied here. Put it back, and write a new one.`,
        )
    }
    const wanting = migrations.filter(({ name }) => !applied.has(name))
    if (wanting.length === 0) return []
    await makeRole(client)
    await makeQueue(pool)
    for (const migration of wanting) await apply(client, migration)
    return wanting.map(({ name }) => name)
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('safehaven.migrations'))`).catch(() => {})
    client.release()
  }
}

async function apply(client: PoolClient, { name, text, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into platform.migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Fault(
      'platform.migration-failed',
      `The migration ${name} could not be applied: ${cause instanceof Error ? cause.message : 'unknown'}. Nothing of it was kept.`,
      { cause },
    )
  }
}

async function checkServer(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  if ((rows[0]?.version ?? 0) < 150_000)
    throw new Fault('platform.server-old', 'Safehaven needs PostgreSQL 15 or newer.')
}

// Roles belong to the whole server, not to one database, so this is no migration. Two databases of one server may come here at once.
async function makeRole(client: PoolClient): Promise<void> {
  try {
    await client.query(
      `do $$ begin create role ${APPLICATION_ROLE} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    )
    await client.query(`do $$ begin
      if not pg_has_role(current_user, '${APPLICATION_ROLE}', 'usage') then execute format('grant ${APPLICATION_ROLE} to %I', current_user); end if; end $$`)
  } catch (cause) {
    throw new Fault(
      'platform.role-refused',
      `The user in DATABASE_URL may not make the role ${APPLICATION_ROLE}. As a superuser run: create role ${APPLICATION_ROLE} nologin; grant ${APPLICATION_ROLE} to that user.`,
      { cause },
    )
  }
}

async function makeQueue(pool: Pool): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker')
  await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
}
