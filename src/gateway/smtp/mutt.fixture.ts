// For tests: Debian's mutt as a user's mail program, set up as docs/how-to/mail-programs.md says.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Letter {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly file?: { readonly name: string; readonly content: Buffer | string }
}

export interface Gateway {
  readonly port: number
  /** PEM of the gateway. */
  readonly certificate: string
  readonly name: string
  readonly password: string
}

/** Sends by STARTTLS and AUTH. `code` 0: it is gone from the mail program's hands; what it `said` is what the user reads. */
export async function sendWithMutt(gateway: Gateway, letter: Letter): Promise<{ code: number; said: string }> {
  const home = mkdtempSync(join(tmpdir(), 'safehaven-mutt-'))
  try {
    writeFileSync(join(home, 'gateway.pem'), gateway.certificate)
    const user = encodeURIComponent(gateway.name)
    writeFileSync(
      join(home, 'muttrc'),
      `set smtp_url = "smtp://${user}@localhost:${gateway.port}/"\nset smtp_pass = "${gateway.password}"\nset smtp_authenticators = "plain"
set ssl_starttls = yes\nset ssl_force_tls = yes\nset certificate_file = "${home}/gateway.pem"\nset ssl_verify_host = yes
set from = "${letter.from}"\nset use_from = yes\nset use_envelope_from = yes\nset hostname = "mutt.example"\nset copy = no\nset record = ""\nset folder = "${home}"\nset charset = "utf-8"\n`,
      { mode: 0o600 },
    )
    const attached: string[] = []
    if (letter.file !== undefined) {
      const path = join(home, letter.file.name)
      writeFileSync(path, letter.file.content)
      attached.push('-a', path)
    }
    const child = spawn(
      'mutt',
      ['-F', join(home, 'muttrc'), '-n', '-s', letter.subject, ...attached, '--', letter.to],
      {
        env: { PATH: process.env.PATH, HOME: home, TERM: 'dumb', LANG: 'C.UTF-8' },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
    let said = ''
    child.stdout.on('data', (piece) => {
      said += piece
    })
    child.stderr.on('data', (piece) => {
      said += piece
    })
    child.stdin.end(letter.text)
    const late = setTimeout(() => child.kill(), 120_000)
    const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)))
    clearTimeout(late)
    return { code, said }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
