// A real PostgreSQL of our own in the data folder: made once, run as a supervised child on a unix socket, found again after a kill.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PoolConfig } from 'pg'
import { newToken } from './crypto.ts'
import type { Log } from './log.ts'
import { Fault } from './problems.ts'
import { type Account, serverAccount } from './server-account.ts'
import { serverBinaries } from './server-binaries.ts'

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

interface Place {
  readonly folder: string
  readonly socket: string
  readonly account: Account | undefined
  readonly binaries: string
  readonly flags: readonly string[]
}

// Nothing that a person's record says may reach the server's log: no statements, no parameters, no detail lines.
const FLAGS = [
  'listen_addresses=',
  'unix_socket_directories=.',
  'unix_socket_permissions=0700',
  'max_connections=100',
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_parameter_max_length_on_error=0',
  'log_error_verbosity=terse',
  'idle_in_transaction_session_timeout=120s',
  'timezone=UTC',
  'cluster_name=safehaven',
  'shared_buffers=128MB',
  'jit=off',
]
const CWD = '/proc/self/cwd'
const PATIENCE = 30_000

/** Opens the server of a data folder, starting it (and making its cluster) where none runs. `flags` are further settings ("fsync=off" in tests). */
export async function openEmbedded(dataDir: string, log: Log, flags: readonly string[] = []): Promise<EmbeddedServer> {
  if (process.platform === 'win32')
    throw new Fault('platform.no-server', 'On Windows, set DATABASE_URL to a PostgreSQL 15 or newer.')
  const place = findPlace(dataDir, [...FLAGS, ...flags])
  if (!existsSync(join(place.folder, 'PG_VERSION'))) makeCluster(place, dataDir)
  const started = performance.now()
  for (;;) {
    if (await answers(place)) return supervise(place, undefined, log)
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

function findPlace(dataDir: string, flags: readonly string[]): Place {
  const folder = join(dataDir, 'postgres')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new Fault(
      'platform.data-unwritable',
      `The folder ${dataDir} cannot be made. Choose another with --data DIR.`,
      { cause },
    )
  }
  const account = serverAccount()
  return { folder, socket: folder, account, binaries: serverBinaries(account), flags }
}

// As root on Linux the data folder may lie where the server's account cannot walk (/root). A working directory needs no walk, so the cluster is
// named by it. Elsewhere the path is named as it is.
const inPlace = (place: Place): string =>
  place.account !== undefined && process.platform === 'linux' ? CWD : place.folder

// Another account's shell settings must not reach the server; PGDATA and the like least of all.
const environment = () => ({ PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' })

function makeCluster(place: Place, dataDir: string): void {
  for (const left of readdirSync(dataDir)) {
    const [, maker] = /^postgres\.half-(\d+)-/.exec(left) ?? []
    if (maker !== undefined && !isAlive(Number(maker))) rmSync(join(dataDir, left), { recursive: true, force: true })
  }
  const half = { ...place, folder: join(dataDir, `postgres.half-${process.pid}-${newToken(6)}`) }
  mkdirSync(half.folder, { mode: 0o700 })
  if (place.account) chownSync(half.folder, place.account.uid, place.account.gid)
  const made = spawnSync(
    join(place.binaries, 'bin', 'initdb'),
    [
      '-D',
      inPlace(half),
      '-U',
      'safehaven',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
    ],
    { cwd: half.folder, ...place.account, encoding: 'utf8', env: environment(), timeout: 120_000 },
  )
  if (made.status !== 0) {
    rmSync(half.folder, { recursive: true, force: true })
    throw new Fault(
      'platform.cluster-unmade',
      `The database could not be made in ${dataDir}: ${lastLine(made.stderr) ?? made.error?.message ?? 'initdb failed'}`,
    )
  }
  try {
    renameSync(half.folder, place.folder)
  } catch (cause) {
    rmSync(half.folder, { recursive: true, force: true })
    if (!existsSync(join(place.folder, 'PG_VERSION')))
      throw new Fault('platform.cluster-unmade', `The database could not be put into ${place.folder}.`, { cause })
  }
}

const lastLine = (text: string | null): string | undefined => text?.trim().split('\n').at(-1)

function spawnServer(place: Place): ChildProcess {
  dropStaleLock(place)
  const words = openSync(join(place.folder, 'server.log'), 'a', 0o600)
  try {
    // Detached: Ctrl-C in a terminal ends Safehaven, which then ends the server in order.
    const child = spawn(
      join(place.binaries, 'bin', 'postgres'),
      ['-D', inPlace(place), ...place.flags.flatMap((flag) => ['-c', flag])],
      {
        cwd: place.folder,
        ...place.account,
        env: environment(),
        detached: true,
        stdio: ['ignore', 'ignore', words],
      },
    )
    child.on('error', () => {})
    child.unref()
    return child
  } finally {
    closeSync(words)
  }
}

/** The pid in the cluster's lock file when a process of that number lives. */
function lockHolder(place: Place): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(place.folder, 'postmaster.pid'), 'utf8'), 10)
    return pid > 0 && isAlive(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// After a container is started anew, the number in the lock file may belong to some other program, which PostgreSQL takes for its twin.
function dropStaleLock(place: Place): void {
  const pid = lockHolder(place)
  if (pid === undefined || process.platform !== 'linux') return
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres'))
      rmSync(join(place.folder, 'postmaster.pid'), { force: true })
  } catch {
    // It ended meanwhile.
  }
}

async function answers(place: Place): Promise<boolean> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...addressOf(place, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`select 1`)
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function comesUp(place: Place, child: ChildProcess): Promise<boolean> {
  const began = performance.now()
  while (child.exitCode === null && child.signalCode === null && performance.now() - began < PATIENCE) {
    if (await answers(place)) return child.exitCode === null
    await pause(25)
  }
  return false
}

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
      if (!(await othersConnected(place))) await stop()
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
