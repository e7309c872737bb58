import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly secure: boolean
}

export interface Sink {
  readonly url: string
  readonly ca: string
  readonly received: Received[]
  /** Told at each stage of a session: 'connect', 'mail', 'rcpt', 'data', 'piece', 'end'. */
  onStage: (stage: string) => void | Promise<void>
  /** Refuses these addresses for good. */
  readonly refused: Set<string>
  stop(): Promise<void>
}

/** A certificate for "localhost" and its key, fresh. */
export function certificate(): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-cert-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const args = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
    ]
    execFileSync('openssl', [...args, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], {
      stdio: 'pipe',
    })
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** For tests: a real SMTP server on loopback that keeps what it accepts. STARTTLS unless `plain`. */
export async function openSink(options: { plain?: boolean } = {}): Promise<Sink> {
  const { cert, key } = certificate()
  const received: Received[] = []
  const refused = new Set<string>()
  const settings: SMTPServerOptions = {
    cert,
    key,
    authOptional: true,
    disabledCommands: options.plain ? ['STARTTLS', 'AUTH'] : ['AUTH'],
    disableReverseLookup: true,
    size: 64 << 20,
    onConnect: (_session, done) => void stage('connect').then(() => done()),
    onMailFrom: (_address, _session, done) => void stage('mail').then(() => done()),
    onRcptTo: ({ address }, _session, done) =>
      void stage('rcpt').then(() =>
        done(
          refused.has(address) ? Object.assign(new Error('5.1.1 No such mailbox'), { responseCode: 550 }) : undefined,
        ),
      ),
    async onData(stream, session, done) {
      const pieces: Buffer[] = []
      await stage('data')
      try {
        for await (const piece of stream) {
          pieces.push(piece as Buffer)
          if (pieces.length === 1) await stage('piece')
        }
      } catch {
        return done(new Error('half a message is none'))
      }
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom === false ? '' : mailFrom.address
      received.push({ from, to: rcptTo.map((one) => one.address), raw: Buffer.concat(pieces), secure: session.secure })
      await stage('end')
      done(null, 'kept')
    },
  }
  const server = new SMTPServer(settings)
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.server.address() as { port: number }
  const sink: Sink = {
    url: `smtp://localhost:${port}`,
    ca: cert,
    received,
    refused,
    onStage: () => {},
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const stage = async (name: string) => sink.onStage(name)
  return sink
}
