// For tests: an authority, mail servers and a server of policies on loopback, to be looked at.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Authority {
  readonly ca: string
  issue(names: readonly string[]): {
    cert: string
    key: string /** SHA-256 of its public key, as TLSA 3 1 1 has it. */
    digest: string
  }
  remove(): void
}

/** An authority of our own. What it issues is in these names for two days. */
export function openAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-authority-'))
  const openssl = (args: string[], input?: Buffer) =>
    execFileSync('openssl', args, {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl(['req', '-x509', ...ec, '-days', '2', '-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.pem'])
  let number = 0
  return {
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    issue(names) {
      const at = ++number
      openssl(['req', ...ec, '-subj', '/CN=server', '-keyout', `${at}.key`, '-out', `${at}.csr`])
      writeFileSync(join(folder, `${at}.ext`), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`)
      openssl([
        'x509',
        '-req',
        '-in',
        `${at}.csr`,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        `${at}.ext`,
        '-out',
        `${at}.pem`,
      ])
      const spki = openssl(
        ['pkey', '-pubin', '-outform', 'DER'],
        openssl(['x509', '-in', `${at}.pem`, '-noout', '-pubkey']),
      )
      const digest = openssl(['dgst', '-sha256', '-r'], spki).toString().slice(0, 64)
      return {
        cert: readFileSync(join(folder, `${at}.pem`), 'utf8'),
        key: readFileSync(join(folder, `${at}.key`), 'utf8'),
        digest,
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A mail server on one address of loopback. */
export async function openMailServer(
  host: string,
  port: number,
  options: SMTPServerOptions,
): Promise<() => Promise<void>> {
  const server = new SMTPServer({ authOptional: true, disableReverseLookup: true, ...options })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return () => new Promise((resolve) => server.close(() => resolve()))
}

export interface Handed {
  readonly status?: number
  readonly type?: string
  readonly body: string
}

/** Hands out policies by the name that is asked for. */
export async function openPolicies(
  port: number,
  certificate: { cert: string; key: string },
  policies: Readonly<Record<string, Handed>>,
): Promise<() => Promise<void>> {
  const server = createServer(certificate, (request, response) => {
    const found = policies[request.headers.host?.replace(/:\d+$/, '') ?? '']
    if (found === undefined || request.url !== '/.well-known/mta-sts.txt') return void response.writeHead(404).end()
    response
      .writeHead(found.status ?? 200, {
        'content-type': found.type ?? 'text/plain',
        location: '/.well-known/mta-sts.txt',
      })
      .end(found.body)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
}
