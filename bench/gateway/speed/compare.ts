// Accept + check + deliver of 10 KB messages from 20 sessions, against Postfix alone in the same run: one sender, one next hop (smtp-sink), one machine.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownCertificate } from '../../../src/platform/index.ts'
import { startPostfix } from './postfix.ts'
import type { Sending } from './sender.ts'

const sessions = 20
const bytes = 10_000
const messages = Number(process.env.MESSAGES ?? 2000)
const rounds = Number(process.env.ROUNDS ?? 3)
/** Handed to each server before anything is measured. */
const warming = Number(process.env.WARMING ?? messages)
const wanted = process.env.ONLY?.split(',')
const ports = { sink: 21025, tls: 21465, plain: 21026, postfixPlain: 21587, postfixTls: 21588 }
const folder = mkdtempSync(join(tmpdir(), 'gateway-speed-'))
const ending: (() => unknown)[] = []

function open(script: string, settings: object = {}): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [JSON.stringify(settings)], {
    execArgv: ['--import', 'tsx', ...(script === './house.ts' ? (process.env.HOUSE_FLAGS?.split(' ') ?? []) : [])],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  ending.push(
    () =>
      new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  )
  return hear(child, () => true).then((said) => Object.assign(child, { said }))
}

function hear<Said extends object>(child: ChildProcess, is: (said: Said) => boolean): Promise<Said> {
  return new Promise((resolve, reject) => {
    const left = setTimeout(() => reject(new Error('no answer for two minutes')), 120_000)
    const listen = (said: Said) => {
      if ('error' in said) reject(new Error(String(said.error)))
      if (!is(said)) return
      clearTimeout(left)
      child.off('message', listen as never)
      resolve(said)
    }
    child.on('message', listen as never)
  })
}

function ask<Said extends object>(child: ChildProcess, what: string, is: (said: Said) => boolean): Promise<Said> {
  const answer = hear(child, is)
  child.send(what)
  return answer
}

interface Result {
  readonly server: string
  readonly rate: number
  readonly accepted: number
  readonly p50: number
  readonly p99: number
}

async function measure(
  server: string,
  hop: ChildProcess,
  sender: ChildProcess,
  sending: Omit<Sending, 'sessions' | 'messages' | 'bytes' | 'run'>,
  count: number,
  run: string,
): Promise<Result> {
  hop.send({ expect: count })
  await hear(hop, (said) => 'counting' in said)
  const all = hear<{ all: number }>(hop, (said) => 'all' in said)
  const handed = hear<{ began: number; accepted: number; p50: number; p99: number }>(sender, (said) => 'began' in said)
  sender.send({ ...sending, sessions, messages: count, bytes, run } satisfies Sending)
  const { began, accepted, p50, p99 } = await handed
  const delivered = (await all).all
  const each = (until: number) => Math.round((count / (until - began)) * 1000)
  return { server, rate: each(delivered), accepted: each(accepted), p50: Math.round(p50), p99: Math.round(p99) }
}

const middle = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

try {
  const certificate = await ownCertificate(new Date(), ['localhost'])
  const hop = await open('./hop.ts', {
    ...certificate,
    sinkPort: ports.sink,
    tlsPort: ports.tls,
    plainPort: ports.plain,
  })
  const sender = await open('./sender.ts')
  const house = (await open('./house.ts', {
    dataDir: join(folder, 'house'),
    relay: { url: `smtps://localhost:${ports.tls}`, ca: certificate.cert },
  })) as ChildProcess & {
    said: { port: number; ca: string; login: Sending['login']; emails: string[] }
  }
  const { port, ca, login, emails } = house.said
  const people = { senders: emails, recipients: emails }
  ending.push(startPostfix(folder, { in: ports.postfixPlain, hop: ports.plain }, undefined))
  ending.push(startPostfix(folder, { in: ports.postfixTls, hop: ports.tls }, certificate))
  const servers = [
    { server: 'Safehaven, TLS in and out', to: { port, ca, ...(login ? { login } : {}), ...people } },
    { server: 'Postfix alone, TLS in and out', to: { port: ports.postfixTls, ca: certificate.cert, ...people } },
    { server: 'Postfix alone, in the clear', to: { port: ports.postfixPlain, ...people } },
  ].filter((_, at) => wanted === undefined || wanted.includes(String(at)))
  const results: Result[] = []
  const cpu = () => ask<{ node: number; database: number }>(house, 'cpu', (said) => 'node' in said)
  const spent = { node: 0, database: 0, messages: 0 }
  for (const { server, to } of servers) await measure(server, hop, sender, to, warming, `warm ${server}`)
  for (let round = 0; round < rounds; round++)
    for (const [at, { server, to }] of servers.entries()) {
      const before = await cpu()
      results.push(await measure(server, hop, sender, to, messages, `round ${round} ${server}`))
      const after = await cpu()
      if (at > 0) continue
      spent.node += after.node - before.node
      spent.database += after.database - before.database
      spent.messages += messages
    }
  const each = (milliseconds: number) => Number((milliseconds / spent.messages).toFixed(2))
  const cost = { node: each(spent.node), database: each(spent.database) }
  console.table(results)
  const rows = servers.map(({ server }) => {
    const own = results.filter((one) => one.server === server)
    return {
      server,
      rate: middle(own.map((one) => one.rate)),
      accepted: middle(own.map((one) => one.accepted)),
      p50: middle(own.map((one) => one.p50)),
      p99: middle(own.map((one) => one.p99)),
    }
  })
  console.log(JSON.stringify(await ask(house, 'states', (said) => 'states' in said)))
  console.log(
    `Safehaven's milliseconds of processor time a message: ${cost.node} of Node, ${cost.database} of PostgreSQL`,
  )
  const [ours, encrypted, plain] = rows
  if (ours && encrypted && plain) {
    const ratios = { encrypted: ours.rate / encrypted.rate, plain: ours.rate / plain.rate }
    const added = { encrypted: ours.p99 - encrypted.p99, plain: ours.p99 - plain.p99 }
    console.log(
      `accept + check + deliver, ${sessions} sessions, ${bytes / 1000} KB: ${ours.rate} messages/s, ${ratios.encrypted.toFixed(2)} × Postfix with TLS (${encrypted.rate}), ${ratios.plain.toFixed(2)} × Postfix in the clear (${plain.rate}); goal 1.0. p99 ${ours.p99} ms, added to Postfix's ${added.encrypted} ms and ${added.plain} ms (Postfix with in_flow_delay = 0, so that it does not slow its senders down); goal 100.`,
    )
    const results = new URL('../../results/', import.meta.url)
    mkdirSync(results, { recursive: true })
    writeFileSync(
      new URL('gateway-speed.json', results),
      `${JSON.stringify({ goal: { ratio: 1, addedP99: 100 }, sessions, bytes, messages, rounds, ratios, added, cost, rows }, null, 2)}\n`,
    )
  }
} finally {
  for (const end of ending.reverse()) await end()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
