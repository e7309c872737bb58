// For tests: a next hop that stalls, lies, puts off, refuses or goes away at one step of the conversation, and is in order otherwise.
import { createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { certificate } from '../../transfer/sink.fixture.ts'

export const steps = [
  'greeting',
  'ehlo',
  'starttls',
  'handshake',
  'mail',
  'rcpt',
  'data',
  'piece',
  'end',
  'after',
] as const
export const faults = ['stall', 'close', '4xx', '5xx'] as const
export type Step = (typeof steps)[number]
export type Fault = (typeof faults)[number]

export interface CrookedHop {
  readonly url: string
  readonly ca: string
  /** Whole messages that it said 250 to, and whole messages that came, whatever it said. */
  readonly accepted: string[]
  readonly whole: string[]
  stop(): Promise<void>
}

/** `times`: it is in order after so many faults. `tls`: it may offer none, or show a certificate that nobody knows. */
export async function openCrookedHop(
  wanted: { step?: Step; fault?: Fault; times?: number; tls?: 'good' | 'none' | 'unknown' } = {},
): Promise<CrookedHop> {
  const { cert, key } = certificate()
  const shown = wanted.tls === 'unknown' ? certificate() : { cert, key }
  const accepted: string[] = []
  const whole: string[] = []
  const sockets = new Set<Socket>()
  let left = wanted.times ?? Number.POSITIVE_INFINITY

  function serve(socket: Socket, secure: boolean): void {
    let pending = ''
    let content: string | undefined
    /** Says the line, or does wrong. True: the conversation goes on. */
    const say = (step: Step, line: string): boolean => {
      if (step !== wanted.step || left <= 0) {
        if (line !== '') socket.write(`${line}\r\n`)
        return true
      }
      left--
      if (wanted.fault === 'close') socket.destroy()
      else if (wanted.fault === '4xx') socket.write('451 4.3.0 Not now.\r\n')
      else if (wanted.fault === '5xx') socket.write('554 5.0.0 Never.\r\n')
      return false
    }
    const letter = (): void => {
      const end = content!.indexOf('\r\n.\r\n')
      if (end < 0) {
        if (content!.length > 0 && wanted.step === 'piece') say('piece', '')
        return
      }
      const message = content!.slice(0, end)
      content = undefined
      whole.push(message)
      if (!say('end', '250 2.0.0 Kept.')) return
      accepted.push(message)
      if (wanted.step === 'after' && left-- > 0) socket.end()
    }
    const command = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO')
        say('ehlo', `250-crooked\r\n250-8BITMIME${secure || wanted.tls === 'none' ? '' : '\r\n250-STARTTLS'}\r\n250 OK`)
      else if (verb === 'STAR' && wanted.tls === 'none') socket.write('502 5.5.1 No such thing.\r\n')
      else if (verb === 'STAR') {
        if (!say('starttls', '220 Go on.')) return
        socket.removeAllListeners('data')
        if (wanted.step === 'handshake' && left-- > 0) {
          if (wanted.fault !== 'stall') socket.destroy()
          return
        }
        const encrypted = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(shown) })
        encrypted.on('error', () => socket.destroy())
        serve(encrypted, true)
      } else if (verb === 'MAIL') say('mail', '250 OK')
      else if (verb === 'RCPT') say('rcpt', '250 OK')
      else if (verb === 'DATA') {
        if (say('data', '354 Go on.')) content = ''
      } else if (verb === 'QUIT') socket.end('221 Bye\r\n')
      else socket.write('250 OK\r\n')
    }
    socket.on('data', (piece) => {
      if (content !== undefined) {
        content += piece.toString('latin1')
        return letter()
      }
      pending += piece.toString('latin1')
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end)
        pending = pending.slice(end + 2)
        command(line)
      }
    })
    if (!secure) say('greeting', '220 crooked ESMTP')
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    serve(socket, false)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `smtp://localhost:${port}`,
    ca: cert,
    accepted,
    whole,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
