// A client with bad manners: what no browser would send, sent to the real server.
import { request } from 'node:http'
import { connect } from 'node:net'

export interface Answered {
  readonly status: number
  readonly text: string
  /** Bytes of the body that were handed over before the answer was there. */
  readonly sent: number
}

const ZEROS = Buffer.alloc(1 << 20)

/** Posts `head`, then zeros up to `bytes`, then `tail`, never holding more than a megabyte; stops as soon as there is an answer. */
export function pour(
  address: string,
  headers: Readonly<Record<string, string>>,
  { head, bytes, tail, stated }: { head: string; bytes: number; tail: string; stated: boolean },
): Promise<Answered> {
  const length = Buffer.byteLength(head) + bytes + Buffer.byteLength(tail)
  return new Promise((resolve, reject) => {
    let sent = 0
    let answered = false
    const asking = request(
      address,
      { method: 'POST', headers: { ...headers, ...(stated ? { 'content-length': String(length) } : {}) } },
      (answer) => {
        answered = true
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (piece: string) => {
          text += piece
        })
        answer.on('end', () => {
          asking.destroy()
          resolve({ status: answer.statusCode ?? 0, text, sent })
        })
      },
    )
    asking.on('error', (error) => (answered ? undefined : reject(error)))
    const more = (): void => {
      while (!answered && sent < bytes) {
        sent += ZEROS.length
        if (!asking.write(ZEROS)) {
          asking.once('drain', more)
          return
        }
      }
      if (!answered) asking.end(tail)
    }
    asking.write(head)
    more()
  })
}

/** Sends bytes as they are and gives what comes back until the line closes or the time (milliseconds) is over. */
export function say(port: number, words: string | Buffer, within = 5_000): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const line = connect(port, '127.0.0.1', () => line.write(words))
    const done = (): void => {
      clearTimeout(late)
      line.destroy()
      resolve(heard)
    }
    const late = setTimeout(done, within)
    line.on('data', (piece) => {
      heard += piece.toString('latin1')
    })
    line.on('error', done)
    line.on('close', done)
  })
}
