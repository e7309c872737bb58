import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startWorker, systemClock } from '../../platform/index.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { jobs } from '../room.ts'
import { letter, messagesIn, openGateway, submit } from '../smtp/house.fixture.ts'
import type { ChildSettings } from './gateway-child.fixture.ts'
import { openCarrier } from './index.ts'
import { finalStates } from './types.ts'

// The long form kills before every statement, the short one before some: SAFEHAVEN_LONG=1 npx vitest run src/gateway/queue/kill.test.ts
const long = process.env.SAFEHAVEN_LONG === '1'
const ways = [
  ['carried from memory', true, 5],
  ['carried by the worker', false, 4],
] as const
const stages = ['mail', 'data', 'piece', 'end'] as const

const gateway = await openGateway()
const { test, sink } = gateway
const login = await gateway.password('alice')
const { pool } = test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]

interface Run {
  readonly child: ChildProcess
  readonly port: number
  readonly ended: Promise<void>
  /** Statements of its database so far. */
  statements(): Promise<number>
}

async function start(fromMemory: boolean, dieAt?: number): Promise<Run> {
  const { host, port: databasePort, user, password, database } = pool.options
  const settings: ChildSettings = {
    database: JSON.parse(JSON.stringify({ host, port: databasePort, user, password, database })),
    dataDir: test.house.config.dataDir,
    secret: 'a secret for tests of 32 characters or more',
    relay: { url: sink.url, ca: sink.ca },
    fromMemory,
    ...(dieAt === undefined ? {} : { dieAt }),
  }
  const script = fileURLToPath(new URL('gateway-child.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, SAFEHAVEN_CHILD: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  let said = ''
  child.stdout!.on('data', (piece) => {
    said += piece
  })
  const hear = async (what: RegExp): Promise<number> => {
    for (let turn = 0; turn < 1200; turn++) {
      const found = what.exec(said)?.[1]
      if (found !== undefined) return Number(found)
      if (child.exitCode !== null || child.signalCode !== null) throw new Error('the child ended before it answered')
      await pause(50)
    }
    throw new Error('the child does not answer')
  }
  const port = await hear(/port (\d+)/)
  return {
    child,
    port,
    ended,
    statements() {
      said = ''
      child.kill('SIGUSR2')
      return hear(/statements (\d+)/)
    },
  }
}

const pause = (wait: number) => new Promise<void>((resolve) => setTimeout(resolve, wait))

/** Runs Safehaven anew until nothing is under way; `subject` names the message. */
async function restart(): Promise<void> {
  const house = { ...test.house, clock: systemClock }
  const worker = await startWorker(house, [...jobs, ...transferJobs])
  const carrier = await openCarrier(house)
  try {
    for (let turn = 0; turn < 400; turn++) {
      const { rows: left } = await pool.query(`select from gateway.recipient where state in ('waiting', 'sending')`)
      const { rows: queued } = await pool.query(`select from graphile_worker.jobs where task_identifier like 'gateway.%'
        and task_identifier <> 'gateway.resume'`)
      if (left.length === 0 && queued.length === 0) return
      await pause(50)
    }
    throw new Error('a message was lost: it is still under way')
  } finally {
    await carrier.stop()
    await worker.stop()
  }
}

async function prove(name: string, acknowledged: boolean): Promise<string> {
  await restart()
  const kept = await messagesIn(gateway)
  const copies = sink.received.filter((one) => one.raw.includes(`Subject: ${name}\r\n`))
  if (acknowledged) expect(kept).toHaveLength(1)
  expect(kept.length).toBeLessThanOrEqual(1)
  expect(copies.length).toBeLessThanOrEqual(1)
  if (kept.length === 0) {
    expect(copies).toEqual([])
    return 'not taken'
  }
  const [recipient] = kept[0]!.recipients!
  expect(finalStates).toContain(recipient!.state)
  if (recipient!.state === 'sent') expect(copies).toHaveLength(1)
  else {
    expect(recipient!.state).toBe('uncertain')
    expect(sink.received.some((one) => one.raw.includes('may not have arrived'))).toBe(true)
  }
  return recipient!.state
}

const clean = async () => {
  await pool.query('delete from gateway.message')
  sink.received.length = 0
  sink.onStage = () => {}
}
const raw = (name: string) => letter(alice, bashir, name, 'The meeting is on Tuesday at ten.')

const hasEnded = async () =>
  (await messagesIn(gateway)).some(({ recipients }) =>
    recipients?.every((one) => finalStates.includes(one.state as never)),
  )

/** Hands a message in, and ends the process before its n-th statement, or when the message has come to its end. */
async function killBefore(dieAt: number, fromMemory: boolean): Promise<string> {
  await clean()
  const name = `Statement ${dieAt}`
  const run = await start(fromMemory, dieAt)
  const reply = await submit({ ...gateway.open, port: run.port }, login, { from: alice, to: [bashir] }, raw(name))
  for (let turn = 0; turn < 200 && run.child.signalCode === null && !(await hasEnded()); turn++) await pause(50)
  run.child.kill('SIGKILL')
  await run.ended
  return prove(name, reply.code === 250)
}

/** Statements of a message from the hand-in to the final state. */
async function statementsOf(fromMemory: boolean): Promise<number> {
  await clean()
  const run = await start(fromMemory)
  await submit({ ...gateway.open, port: run.port }, login, { from: alice, to: [bashir] }, raw('Count'))
  for (let turn = 0; turn < 1200 && !(await hasEnded()); turn++) await pause(50)
  // What ends the last transaction comes a moment later.
  await pause(200)
  const count = await run.statements()
  run.child.kill('SIGKILL')
  await run.ended
  return count
}

describe('kill -9 between the hand-in and the final state: nothing acknowledged is lost, nothing is sent twice unsaid', () => {
  it.each(ways)(
    'before each statement of the database, %s',
    async (_way, fromMemory, some) => {
      const count = await statementsOf(fromMemory)
      const all = Array.from({ length: count + 1 }, (_, at) => at + 1)
      const chosen = long ? all : all.filter((at) => at % Math.ceil(all.length / some) === 0)
      const outcomes: Record<string, number> = {}
      for (const dieAt of chosen) {
        const outcome = await killBefore(dieAt, fromMemory)
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
      if (long) console.log(`${count} statements, killed before each: ${JSON.stringify(outcomes)}`)
      expect(Object.keys(outcomes).length).toBeGreaterThan(1)
      if (long) expect(Object.keys(outcomes).sort()).toEqual(['not taken', 'sent', 'uncertain'])
    },
    long ? 3_600_000 : 300_000,
  )

  it.each(ways.flatMap(([way, fromMemory]) => stages.map((stage) => [stage, way, fromMemory] as const)))(
    'when the next hop has come to "%s", %s',
    async (wanted, _way, fromMemory) => {
      await clean()
      const name = `Stage ${wanted}`
      const run = await start(fromMemory)
      let killed = false
      sink.onStage = async (stage) => {
        if (stage !== wanted || killed) return
        killed = true
        run.child.kill('SIGKILL')
        await run.ended
      }
      const reply = await submit({ ...gateway.open, port: run.port }, login, { from: alice, to: [bashir] }, raw(name))
      // From memory it may be on its way before the answer is.
      if (!fromMemory) expect(reply.code).toBe(250)
      await run.ended
      sink.onStage = () => {}
      const outcome = await prove(name, true)
      if (wanted === 'mail') expect(outcome).toBe('sent')
      if (wanted === 'end') expect(outcome).toBe('uncertain')
    },
  )
})
