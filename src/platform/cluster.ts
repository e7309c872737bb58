// Where the embedded PostgreSQL lies, how its cluster is made, and how its server is set going.
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
import { newToken } from './crypto.ts'
import { Fault } from './problems.ts'
import { type Account, serverAccount } from './server-account.ts'
import { serverBinaries } from './server-binaries.ts'
import { roomAt, sizeFlags } from './server-size.ts'

export interface Place {
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
  'jit=off',
]
const CWD = '/proc/self/cwd'

export function findPlace(dataDir: string, flags: readonly string[]): Place {
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
  return {
    folder,
    socket: folder,
    account,
    binaries: serverBinaries(account),
    flags: [...FLAGS, ...sizeFlags(roomAt(dataDir)), ...flags],
  }
}

// As root on Linux the data folder may lie where the server's account cannot walk (/root). A working directory needs no walk, so the cluster is
// named by it. Elsewhere the path is named as it is.
const inPlace = (place: Place): string =>
  place.account !== undefined && process.platform === 'linux' ? CWD : place.folder

// Another account's shell settings must not reach the server; PGDATA and the like least of all.
const environment = () => ({ PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' })

export function makeCluster(place: Place, dataDir: string): void {
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

export function spawnServer(place: Place): ChildProcess {
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
export function lockHolder(place: Place): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(place.folder, 'postmaster.pid'), 'utf8'), 10)
    return pid > 0 && isAlive(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
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
