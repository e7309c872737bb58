// PostgreSQL does not run as root. As root we let it run as a system account of its own.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Fault } from './problems.ts'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** The account under which the server runs: undefined when we are not root and it runs as we do. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = lookUp('safehaven')
  if (known) return known
  spawnSync(
    'useradd',
    ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'safehaven'],
    { stdio: 'ignore' },
  )
  // Where no account can be made (read-only /etc), one that every system has.
  const account = lookUp('safehaven') ?? lookUp('postgres') ?? lookUp('nobody')
  if (account === undefined)
    throw new Fault(
      'platform.no-account',
      'The database does not run as root, and no account "safehaven" could be made. Make one with "useradd --system safehaven", or start Safehaven as another user.',
    )
  return account
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}
