// The next hop of both: Debian's smtp-sink behind a small front that ends TLS and counts whole messages. A process of its own.
import { spawn } from 'node:child_process'
import { connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

const { cert, key, sinkPort, tlsPort, plainPort } = JSON.parse(process.argv[2]!) as Record<string, string> & {
  sinkPort: number
  tlsPort: number
  plainPort: number
}
const sink = spawn('/usr/sbin/smtp-sink', ['-u', 'nobody', `127.0.0.1:${sinkPort}`, '1000'], { stdio: 'ignore' })
process.on('exit', () => sink.kill())
process.on('SIGTERM', () => process.exit(0))

let taken = 0
const wanted: { count: number; tell: () => void }[] = []
const end = Buffer.from('\r\n.\r\n')

function front(client: Socket): void {
  const back = connect({ port: sinkPort, host: '127.0.0.1' })
  let tail = Buffer.alloc(0)
  client.setNoDelay(true)
  back.setNoDelay(true)
  client.on('data', (piece: Buffer) => {
    back.write(piece)
    const seen = Buffer.concat([tail, piece])
    for (let at = seen.indexOf(end); at >= 0; at = seen.indexOf(end, at + 1)) {
      taken++
      for (const one of wanted) if (taken === one.count) one.tell()
    }
    tail = seen.subarray(Math.max(0, seen.length - 4))
    if (tail.length > 4) tail = tail.subarray(-4)
  })
  back.on('data', (piece) => void client.write(piece))
  const over = () => {
    client.destroy()
    back.destroy()
  }
  for (const one of [client, back]) for (const event of ['end', 'error', 'close']) one.on(event, over)
}

createTlsServer({ cert: cert!, key: key! }, front as never).listen(tlsPort, '127.0.0.1')
createServer(front).listen(plainPort, '127.0.0.1', () => process.send!({ ready: true }))

process.on('message', ({ expect }: { expect: number }) => {
  taken = 0
  wanted.length = 0
  wanted.push({ count: expect, tell: () => process.send!({ all: performance.timeOrigin + performance.now() }) })
  process.send!({ counting: true })
})
setInterval(() => process.send!({ taken }), 2_000).unref()
