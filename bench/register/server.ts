import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { serverAccount } from '../../src/platform/server-account.ts'
import { serverBinaries } from '../../src/platform/server-binaries.ts'

/** A PostgreSQL of this measurement's own, on a socket in its folder. */
export interface Server {
  readonly folder: string
  readonly major: number
  at(database: string): pg.PoolConfig
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const account = serverAccount()
const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Debian's programs (with pg_trgm and pg_basebackup) where they are installed, else those that came with the packages. */
export function binaries(which: 'debian' | 'embedded'): string {
  if (which === 'embedded') return join(serverBinaries(account), 'bin')
  const root = '/usr/lib/postgresql'
  const newest = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .sort((a, b) => b - a)[0]
    : undefined
  if (newest === undefined) throw new Error('Debian’s PostgreSQL is missing: apt-get install postgresql')
  return join(root, String(newest), 'bin')
}

/** Runs one of PostgreSQL's programs to its end; its output. Throws with its last words when it fails. */
export function run(program: string, words: readonly string[]): string {
  const done = spawnSync(program, words, { ...account, cwd: '/', env: environment, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr || done.error?.message}`)
  return done.stdout
}

/** An empty folder that belongs to the server's account. */
export function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account !== undefined) chownSync(folder, account.uid, account.gid)
  return folder
}

/**
 * Starts a server on a folder, which is made a cluster first when it is none. `settings` are lines such as `shared_buffers=2GB`. With a port it
 * is reached over loopback, else on a socket in its folder.
 */
export async function startServer(
  programs: string,
  folder: string,
  settings: readonly string[],
  port?: number,
): Promise<Server> {
  ownFolder(folder)
  if (!existsSync(join(folder, 'PG_VERSION')))
    run(join(programs, 'initdb'), ['-D', folder, '-U', 'safehaven', '--auth=trust', '--encoding=UTF8', '--locale=C'])
  const words = openSync(join(folder, 'server.log'), 'a', 0o644)
  const listen = port === undefined ? ['listen_addresses='] : ['listen_addresses=127.0.0.1', `port=${port}`]
  const flags = [...listen, `unix_socket_directories=${folder}`, 'timezone=UTC', 'jit=off', ...settings]
  const child = spawn(join(programs, 'postgres'), ['-D', folder, ...flags.flatMap((flag) => ['-c', flag])], {
    ...account,
    cwd: folder,
    env: environment,
    stdio: ['ignore', words, words],
  })
  const at = (database: string): pg.PoolConfig => ({
    ...(port === undefined ? { host: folder } : { host: '127.0.0.1', port }),
    user: 'safehaven',
    database,
  })
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(at('postgres'))
    try {
      await client.connect()
      const { rows } = await client.query<{ n: string }>(`select current_setting('server_version_num') as n`)
      await client.end()
      return {
        folder,
        at,
        major: Math.floor(Number(rows[0]!.n) / 10_000),
        stop: () => end(child, 'SIGINT'),
        kill: () => end(child, 'SIGQUIT'),
      }
    } catch (error) {
      if (tries > 600 || child.exitCode !== null)
        throw new Error(`The server in ${folder} did not start.`, { cause: error })
      await pause(100)
    }
  }
}

async function end(child: ReturnType<typeof spawn>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}
