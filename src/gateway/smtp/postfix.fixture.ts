// For tests: an instance of Debian's Postfix of our own, on loopback, in a folder of its own. Postfix starts only as root.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const daemons = [
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'smtp unix - - n - - smtp',
  'error unix - - n - - error',
  'virtual unix - n n - - virtual',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'proxymap unix - - n - - proxymap',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'postlog unix-dgram n - n - 1 postlogd',
  'retry unix - - n - - error',
]

/** Starts it with these further lines of main.cf; gives what stops it. `folder` must be open to all. */
export function startPostfix(folder: string, name: string, main: string, port: number): () => void {
  if (process.getuid?.() !== 0) throw new Error('Postfix starts only as root. Run: sudo npm test')
  const base = join(folder, name)
  for (const one of ['etc', 'spool', 'data']) mkdirSync(join(base, one), { recursive: true, mode: 0o755 })
  execFileSync('chown', ['postfix', join(base, 'data')])
  const common = `compatibility_level = 3.6\nqueue_directory = ${base}/spool\ndata_directory = ${base}/data\ninet_interfaces = loopback-only\ninet_protocols = ipv4
mydestination =\nmynetworks = 127.0.0.0/8\nmyhostname = ${name}.example\nalias_maps =\nalias_database =\nmaillog_file = ${base}/data/log\nmaillog_file_prefixes = ${base}\nsmtpd_relay_restrictions = permit_mynetworks, reject\n`
  writeFileSync(join(base, 'etc/main.cf'), common + main)
  writeFileSync(join(base, 'etc/master.cf'), `127.0.0.1:${port} inet n - n - - smtpd\n${daemons.join('\n')}\n`)
  chmodSync(folder, 0o755)
  execFileSync('postfix', ['-c', join(base, 'etc'), 'start'], { stdio: 'ignore' })
  return () => void execFileSync('postfix', ['-c', join(base, 'etc'), 'stop'], { stdio: 'ignore' })
}
