/** Asks a mail server for encryption as a sender would, and writes down what it agrees to; no mail is begun. */
import { createConnection, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { Lookout, Probed, ShownCertificate } from './types.ts'

const longestAnswer = 64 * 1024
const longestChain = 10

export async function probe(host: string, addresses: readonly string[], lookout: Lookout): Promise<Probed> {
  const ip = addresses.find(lookout.mayReach)
  const none = (why: string): Probed => ({ host, chain: [], vouched: false, why })
  if (ip === undefined) return none(`${host} has no address that may be looked at.`)
  let plain: Socket | undefined
  let safe: TLSSocket | undefined
  try {
    plain = await opened(ip, lookout)
    const session = new Session(plain, lookout.patience)
    if (!(await session.answer()).startsWith('220')) return none(`${host} did not greet.`)
    const offers = await session.say('EHLO safehaven.invalid')
    if (!/^250[ -]STARTTLS\r?$/im.test(offers)) return none(`${host} offers no encryption.`)
    if (!(await session.say('STARTTLS')).startsWith('220'))
      return none(`${host} offers encryption and then refuses it.`)
    // What was sent ahead of the handshake would be read as if it had come encrypted.
    if (session.left !== '') return none(`${host} spoke on before the encryption began.`)
    plain.removeAllListeners()
    safe = await secured(plain, host, lookout)
    return { host, ...seen(safe), why: '' }
  } catch (error) {
    return none(
      `${host} could not be looked at (${error instanceof Error ? error.message.slice(0, 100) : 'no reason'}).`,
    )
  } finally {
    safe?.destroy()
    plain?.destroy()
  }
}

function opened(ip: string, { ports, patience }: Lookout): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: ip, port: ports.smtp, timeout: patience })
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => reject(new Error('no connection')))
    socket.once('timeout', () => {
      socket.destroy()
      reject(new Error('no connection in time'))
    })
  })
}

// Whoever vouches is written down, not asked for: DANE and MTA-STS each ask for something else.
function secured(socket: Socket, host: string, { ca, patience }: Lookout): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no handshake in time')), patience)
    const safe = connect({
      socket,
      servername: host,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      // Old versions are let in to be told, not to be used: nothing is ever sent over this connection.
      ciphers: 'DEFAULT@SECLEVEL=0',
      ...(ca === undefined ? {} : { ca }),
    })
    safe.once('secureConnect', () => {
      clearTimeout(timer)
      resolve(safe)
    })
    for (const event of ['error', 'close'])
      safe.once(event, () => {
        clearTimeout(timer)
        reject(new Error('the handshake failed'))
      })
  })
}

function seen(safe: TLSSocket): Pick<Probed, 'tls' | 'chain' | 'vouched'> {
  const version = /^TLSv(1(?:\.\d)?)$/.exec(safe.getProtocol() ?? '')?.[1]
  const chain: ShownCertificate[] = []
  for (
    let one = safe.getPeerX509Certificate();
    one !== undefined && chain.length < longestChain;
    one = one.issuerCertificate
  ) {
    if (chain.some((before) => before.fingerprint256 === one!.fingerprint256)) break
    chain.push(one)
  }
  return {
    ...(version === undefined ? {} : { tls: version.includes('.') ? version : '1.0' }),
    chain,
    vouched: safe.authorized,
  }
}

class Session {
  left = ''
  private readonly socket: Socket
  private readonly patience: number
  private wake: (() => void) | undefined
  private ended = false

  constructor(socket: Socket, patience: number) {
    this.socket = socket
    this.patience = patience
    socket.on('data', (piece) => {
      this.left += piece.toString('latin1')
      if (this.left.length > longestAnswer) socket.destroy()
      this.wake?.()
    })
    for (const event of ['close', 'error', 'timeout'])
      socket.on(event, () => {
        this.ended = true
        this.wake?.()
      })
  }

  say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`)
    return this.answer()
  }

  async answer(): Promise<string> {
    const until = Date.now() + this.patience
    while (true) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.left)?.[0]
      if (whole !== undefined) {
        this.left = this.left.slice(whole.length)
        return whole
      }
      const rest = until - Date.now()
      if (this.ended || rest <= 0) throw new Error('no answer in time')
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}
