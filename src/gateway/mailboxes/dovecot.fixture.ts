// For tests: Debian's Dovecot with one mailbox on loopback, started for us alone. It starts only as root.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../evidence/names.fixture.ts'

export interface MailServer {
  readonly port: number
  readonly stop: () => Promise<void>
}

export async function startDovecot(
  certificate: { cert: string; key: string },
  user: { name: string; password: string },
): Promise<MailServer> {
  if (process.getuid?.() !== 0) throw new Error('Dovecot starts only as root. Run: sudo npm test')
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-dovecot-'))
  execFileSync('chmod', ['755', folder])
  mkdirSync(join(folder, 'mail'), { mode: 0o700 })
  execFileSync('chown', ['nobody', join(folder, 'mail')])
  writeFileSync(join(folder, 'cert.pem'), certificate.cert)
  writeFileSync(join(folder, 'key.pem'), certificate.key, { mode: 0o600 })
  const [uid, gid] = ['-u', '-g'].map((flag) => execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())
  writeFileSync(join(folder, 'users'), `${user.name}:{PLAIN}${user.password}:${uid}:${gid}::${folder}/mail\n`, {
    mode: 0o644,
  })
  const port = await freePort()
  writeFileSync(
    join(folder, 'dovecot.conf'),
    `base_dir = ${folder}/run\nprotocols = imap\nlisten = 127.0.0.1\nlog_path = ${folder}/log\nmail_location = maildir:~/box\nfirst_valid_uid = 1
ssl = required\nssl_cert = <${folder}/cert.pem\nssl_key = <${folder}/key.pem\nssl_min_protocol = TLSv1.2
passdb {\n  driver = passwd-file\n  args = ${folder}/users\n}\nuserdb {\n  driver = passwd-file\n  args = ${folder}/users\n}
service imap-login {\n  inet_listener imap {\n    port = 0\n  }\n  inet_listener imaps {\n    port = ${port}\n    ssl = yes\n  }\n}
service stats {\n  unix_listener stats-writer {\n    mode = 0666\n  }\n}
namespace inbox {\n  inbox = yes\n  mailbox Sent {\n    auto = create\n    special_use = \\Sent\n  }\n  mailbox Trash {\n    auto = create\n    special_use = \\Trash\n  }\n  mailbox Cases {\n    auto = create\n  }\n}\n`,
  )
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  for (let turn = 0; turn < 200; turn++) {
    if (await answers(port)) return { port, stop }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const log = readFileSync(join(folder, 'log'), 'utf8').slice(-2_000)
  await stop()
  throw new Error(`dovecot did not answer: ${log}`)
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
