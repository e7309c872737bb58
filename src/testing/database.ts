// One real PostgreSQL for a test run, made when the first test asks for it; a fresh database for each that asks.
import { mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll } from 'vitest'
import {
  type Clock,
  type Database,
  type EmbeddedServer,
  handClock,
  MIGRATIONS_FOLDER,
  migrate,
  newToken,
  openDatabase,
  openEmbedded,
  quietLog,
} from '../platform/index.ts'

/** Settings for speed: what these databases hold is thrown away. */
const FLAGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'autovacuum=off']
const TEMPLATE = 'safehaven_template'

let server: Promise<EmbeddedServer> | undefined

/** The run's server; every worker finds the same one in the folder that the global setup named. */
export function testServer(): Promise<EmbeddedServer> {
  server ??= (async () => {
    const folder = process.env.SAFEHAVEN_TEST_FOLDER ?? join(tmpdir(), `safehaven-tests-${userInfo().uid}`)
    mkdirSync(folder, { recursive: true })
    const opened = await openEmbedded(folder, quietLog, FLAGS)
    await makeTemplate(opened)
    return opened
  })()
  return server
}

async function makeTemplate(opened: EmbeddedServer): Promise<void> {
  await asOwner(opened, 'postgres', async (pool) => {
    // The lock is the session's: the workers of a run come here at once, and only the first makes the template.
    const client = await pool.connect()
    try {
      await client.query(`select pg_advisory_lock(1)`)
      const { rows } = await client.query<{ ready: boolean }>(
        `select datistemplate as ready from pg_database where datname = $1`,
        [TEMPLATE],
      )
      if (rows[0]?.ready) return
      await client.query(`drop database if exists ${TEMPLATE} with (force)`)
      await client.query(`create database ${TEMPLATE}`)
      await asOwner(opened, TEMPLATE, async (template) => void (await migrate(template, MIGRATIONS_FOLDER)))
      await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`)
    } finally {
      await client.query(`select pg_advisory_unlock(1)`)
      client.release()
    }
  })
}

async function asOwner(opened: EmbeddedServer, name: string, work: (pool: Pool) => Promise<void>): Promise<void> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ ...opened.address(name), max: 2 })
  pool.on('error', () => {})
  try {
    await work(pool)
  } finally {
    await pool.end()
  }
}

/** A fresh database with the whole schema, closed and dropped after the test file. `database.pool` is the owner's, past row security. */
export async function testDatabase(clock: Clock = handClock()): Promise<Database> {
  const { database, drop } = await freshDatabase(clock)
  afterAll(drop)
  return database
}

/** The same, for callers outside a test file, who call `drop` themselves. */
export async function freshDatabase(clock: Clock): Promise<{ database: Database; drop(): Promise<void> }> {
  const opened = await testServer()
  const name = `test_${newToken(9)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '_')}`
  await asOwner(
    opened,
    'postgres',
    async (pool) => void (await pool.query(`create database ${name} template ${TEMPLATE}`)),
  )
  const database = await openDatabase({ ...opened.address(name), max: 10 }, clock)
  return {
    database,
    async drop() {
      await database.close()
      await asOwner(
        opened,
        'postgres',
        async (pool) => void (await pool.query(`drop database if exists ${name} with (force)`)),
      )
    },
  }
}
