// Twenty sessions that hand in message after message, each on one connection, by STARTTLS; the same for every server. A process of its own.
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface Sending {
  readonly port: number
  readonly ca?: string
  readonly login?: { readonly name: string; readonly password: string }
  readonly senders: readonly string[]
  readonly recipients: readonly string[]
  readonly sessions: number
  readonly messages: number
  readonly bytes: number
  readonly run: string
}

const prose =
  'Thank you for coming on Tuesday. The room is booked again for the same hour, and the papers follow by the end of the week. Please bring the notes of the last meeting and the list of what was left open, so that we can go through it point by point before lunch. Parking is behind the building; the door code is at the desk. '

function message(from: string, to: string, subject: string, bytes: number): string {
  const words = prose.match(/.{1,72} /g)!
  const lines: string[] = []
  for (let size = 0, at = 0; size < bytes; at++) {
    const line = `${words[at % words.length]}${at}`
    lines.push(line)
    size += line.length + 2
  }
  return `From: <${from}>\r\nTo: <${to}>\r\nSubject: ${subject}\r\nDate: Sat, 21 Nov 2026 09:00:00 +0000\r\nMessage-ID: <${subject.replace(/\W/g, '.')}@bench.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${lines.join('\r\n')}\r\n`
}

class Line {
  private socket: Socket
  private said = ''
  private wake: ((answer: string) => void) | undefined
  constructor(socket: Socket) {
    this.socket = socket
    this.listen()
  }
  private listen(): void {
    this.socket.on('data', (piece: Buffer) => {
      this.said += piece.toString('latin1')
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(this.said)?.[0]
      if (whole === undefined || this.wake === undefined) return
      this.said = this.said.slice(whole.length)
      const wake = this.wake
      this.wake = undefined
      wake(whole)
    })
  }
  answer(): Promise<string> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }
  async say(text: string, wanted: number): Promise<string> {
    const waiting = this.answer()
    this.socket.write(text)
    const said = await waiting
    if (!said.startsWith(String(wanted))) throw new Error(`${text.slice(0, 60)} → ${said}`)
    return said
  }
  async encrypt(ca: string): Promise<Line> {
    this.socket.removeAllListeners('data')
    const socket = connectTls({ socket: this.socket, ca, servername: 'localhost' })
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
    return new Line(socket)
  }
  end(): void {
    this.socket.end('QUIT\r\n')
  }
}

async function session(sending: Sending, number: number, waits: number[]): Promise<void> {
  const socket = connect({ port: sending.port, host: '127.0.0.1' })
  socket.setNoDelay(true)
  let line = new Line(socket)
  const greeting = line.answer()
  await greeting
  await line.say('EHLO bench.example\r\n', 250)
  if (sending.ca !== undefined) {
    await line.say('STARTTLS\r\n', 220)
    line = await line.encrypt(sending.ca)
    await line.say('EHLO bench.example\r\n', 250)
  }
  if (sending.login !== undefined) {
    const { name, password } = sending.login
    await line.say(`AUTH PLAIN ${Buffer.from(`\0${name}\0${password}`).toString('base64')}\r\n`, 235)
  }
  for (let turn = number; turn < sending.messages; turn += sending.sessions) {
    const from = sending.senders[turn % sending.senders.length]!
    const to = sending.recipients[turn % sending.recipients.length]!
    const raw = message(from, to, `${sending.run} ${turn}`, sending.bytes)
    const began = performance.now()
    await line.say(`MAIL FROM:<${from}>\r\n`, 250)
    await line.say(`RCPT TO:<${to}>\r\n`, 250)
    await line.say('DATA\r\n', 354)
    await line.say(`${raw}.\r\n`, 250)
    waits.push(performance.now() - began)
  }
  line.end()
}

process.on('message', async (sending: Sending) => {
  const waits: number[] = []
  const began = performance.timeOrigin + performance.now()
  try {
    await Promise.all(Array.from({ length: sending.sessions }, (_, at) => session(sending, at, waits)))
    waits.sort((a, b) => a - b)
    const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]!
    process.send!({ began, accepted: performance.timeOrigin + performance.now(), p50: at(0.5), p99: at(0.99) })
  } catch (error) {
    process.send!({ error: String(error) })
  }
})
process.send!({ ready: true })
