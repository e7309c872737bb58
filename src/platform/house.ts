import { mkdirSync } from 'node:fs'
import { openBlobs } from './blobs.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { House, RecordActs } from './context.ts'
import { openDatabase } from './database.ts'
import { type EmbeddedServer, openEmbedded } from './embedded.ts'
import type { Log } from './log.ts'
import { mailOut } from './mail-out.ts'
import { migrate } from './migrations.ts'
import { errorCode, Fault } from './problems.ts'
import { openReplicas } from './replicas.ts'
import { secretsFrom } from './secrets.ts'

export interface OpenHouse {
  readonly house: House
  /** Closes the pool, and ends the embedded server unless others still use it. */
  close(): Promise<void>
}

export interface Opening {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly record: RecordActs
  /** Refuse when another `start` already works on the data folder. */
  readonly alone?: boolean
}

/** Opens the database (DATABASE_URL, or the embedded server of the data folder), brings its schema up to date, and hands out the house. */
export async function openHouse({ config, clock, log, record, alone = false }: Opening): Promise<OpenHouse> {
  const secrets = secretsFrom(config.secret)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const server = config.databaseUrl === undefined ? await openEmbedded(config.dataDir, log) : undefined
  let closeAll = async () => {}
  try {
    if (server) await makeDatabase(server)
    const database = await openDatabase(server ? server.address() : { connectionString: config.databaseUrl! }, clock)
    const guard = server && alone ? await standAlone(server, config.dataDir) : undefined
    closeAll = async () => {
      await guard?.()
      await database.close()
    }
    const applied = await migrate(database.pool)
    if (applied.length > 0) log.info('the schema was brought up to date', { migrations: applied.length })
    const replicas = config.replicaUrls && (await openReplicas(config.replicaUrls, database.pool, clock, log))
    if (replicas) {
      const closeRest = closeAll
      closeAll = async () => {
        await replicas.close()
        await closeRest()
      }
    }
    const house: House = {
      config,
      clock,
      database,
      secrets,
      log,
      record,
      ...(replicas === undefined ? {} : { replicas }),
      blobs: openBlobs(config.dataDir, secrets),
      mail: mailOut(config.relayUrl === undefined ? undefined : { url: config.relayUrl }),
    }
    return {
      house,
      async close() {
        await closeAll()
        await server?.leave()
      },
    }
  } catch (error) {
    await closeAll().catch(() => {})
    await server?.leave()
    throw error
  }
}

async function makeDatabase(server: EmbeddedServer): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client(server.address('postgres'))
  await client.connect()
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'safehaven'`)
    if (rowCount === 0) await client.query(`create database safehaven`)
  } catch (error) {
    // Two first starts at once: the other one made it.
    if (errorCode(error) !== '42P04' && errorCode(error) !== '23505') throw error
  } finally {
    await client.end()
  }
}

// The one `start` of a folder holds a lock of the server for as long as it is connected: a killed process lets go of it by itself.
async function standAlone(server: EmbeddedServer, dataDir: string): Promise<() => Promise<void>> {
  const { default: pg } = await import('pg')
  let client = new pg.Client(server.address())
  let closing = false
  const hold = async () => {
    client = new pg.Client(server.address())
    client.on('error', () => {})
    client.on('end', () => {
      if (!closing) setTimeout(() => void hold().catch(() => {}), 500).unref()
    })
    await client.connect()
    const { rows } = await client.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtext('safehaven.start')) as held`,
    )
    return rows[0]?.held === true
  }
  if (!(await hold())) {
    closing = true
    await client.end()
    throw new Fault(
      'platform.already-running',
      `Safehaven is already running on ${dataDir}. Stop that one first, or choose another folder with --data DIR.`,
    )
  }
  return async () => {
    closing = true
    await client.end().catch(() => {})
  }
}
