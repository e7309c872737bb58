// A real PostgreSQL of our own in the data folder: made once, run as a supervised child on a unix socket, found again after a kill.
import type { ChildProcess } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PoolConfig } from 'pg'
import { findPlace, isAlive, lockHolder, makeCluster, type Place, spawnServer } from './cluster.ts'
import type { Log } from './log.ts'
import { errorCode, Fault } from './problems.ts'

export interface EmbeddedServer {
  /** How to connect, for a database of the cluster. */
  address(database?: string): PoolConfig
  /** True when a server was already running there. */
  readonly adopted: boolean
  /** Ends the server in order; what is committed stays. */
  stop(): Promise<void>
  /** Leaves it: stops it unless someone else is connected. */
  leave(): Promise<void>
}

/** Milliseconds that a server may be silent. */
const PATIENCE = 30_000
/** And that one may take which answers that it is not ready: after a power cut it first reads its log again, at the pace of the disk. */
const PATIENCE_WITH_RECOVERY = 600_000

/** Opens the server of a data folder, starting it (and making its cluster) where none runs. `flags` are further settings ("fsync=off" in tests). */
export async function openEmbedded(dataDir: string, log: Log, flags: readonly string[] = []): Promise<EmbeddedServer> {
  if (process.platform === 'win32')
    throw new Fault('platform.no-server', 'On Windows, set DATABASE_URL to a PostgreSQL 15 or newer.')
  const place = findPlace(dataDir, flags)
  if (!existsSync(join(place.folder, 'PG_VERSION'))) makeCluster(place, dataDir)
  const started = performance.now()
  for (;;) {
    if (await comesUp(place)) return supervise(place, undefined, log)
    const child = spawnServer(place)
    if (await comesUp(place, child)) return supervise(place, child, log)
    // It went away: most likely another start was quicker and holds the cluster. Ask that one.
    if (performance.now() - started > PATIENCE)
      throw new Fault(
        'platform.server-silent',
        `The database in ${place.folder} does not start. Its own words are in ${join(place.folder, 'server.log')}.`,
      )
    await pause(200)
  }
}

/** Whether the server answers; `not-yet` while it recovers, or ends. */
async function answers(place: Place): Promise<'yes' | 'not-yet' | 'no'> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...addressOf(place, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`select 1`)
    return 'yes'
  } catch (error) {
    return errorCode(error) === CANNOT_CONNECT_NOW ? 'not-yet' : 'no'
  } finally {
    await client.end().catch(() => {})
  }
}
const CANNOT_CONNECT_NOW = '57P03'

/** Waits for the server that was just started as `child`; without one, for a server that is there already. */
async function comesUp(place: Place, child?: ChildProcess): Promise<boolean> {
  const began = performance.now()
  let heard = began
  const over = (): boolean => {
    const now = performance.now()
    return now - heard > PATIENCE || now - began > PATIENCE_WITH_RECOVERY
  }
  while (!ended(child) && !over()) {
    const word = await answers(place)
    if (word === 'yes') return !ended(child)
    if (word === 'not-yet') heard = performance.now()
    else if (child === undefined) return false
    await pause(25)
  }
  return false
}
const ended = (child: ChildProcess | undefined): boolean =>
  child !== undefined && (child.exitCode !== null || child.signalCode !== null)

const addressOf = (place: Place, database: string): PoolConfig => ({
  host: reachable(place.socket),
  port: 5432,
  user: 'safehaven',
  database,
})

// A socket's path holds 107 bytes. A longer one is reached through the folder opened as a descriptor.
const opened = new Map<string, number>()
function reachable(folder: string): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= 100) return folder
  if (process.platform !== 'linux')
    throw new Fault(
      'platform.path-long',
      `The path ${folder} is too long for a socket. Choose a shorter one with --data DIR.`,
    )
  const known = opened.get(folder) ?? openSync(folder, 'r')
  opened.set(folder, known)
  return `/proc/self/fd/${known}`
}

function supervise(place: Place, first: ChildProcess | undefined, log: Log): EmbeddedServer {
  let ending = false
  const look = setInterval(() => void attend(), 1_000)
  look.unref()
  let attending = false
  async function attend(): Promise<void> {
    if (attending || ending || lockHolder(place) !== undefined) return
    attending = true
    try {
      log.warn('the database has ended and is started again')
      await comesUp(place, spawnServer(place))
    } catch (error) {
      log.fault('the database could not be started again', error)
    } finally {
      attending = false
    }
  }
  async function stop(): Promise<void> {
    ending = true
    clearInterval(look)
    const pid = lockHolder(place)
    if (pid === undefined) return
    process.kill(pid, 'SIGINT')
    for (let waited = 0; waited < PATIENCE && isAlive(pid) && lockHolder(place) === pid; waited += 20) await pause(20)
  }
  return {
    adopted: first === undefined,
    address: (database = 'safehaven') => addressOf(place, database),
    stop,
    async leave() {
      ending = true
      clearInterval(look)
      // A connection that was just closed, or whose program was just killed, is still counted for a moment.
      for (let tries = 0; tries < 15; tries++) {
        if (!(await othersConnected(place))) return stop()
        await pause(200)
      }
    },
  }
}

async function othersConnected(place: Place): Promise<boolean> {
  const { default: pg } = await import('pg')
  const client = new pg.Client(addressOf(place, 'postgres'))
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ others: boolean }>(
      `select exists (select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()) as others`,
    )
    return rows[0]?.others ?? true
  } catch {
    return true
  } finally {
    await client.end().catch(() => {})
  }
}
