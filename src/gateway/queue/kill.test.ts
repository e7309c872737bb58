import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startWorker, systemClock } from '../../platform/index.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { jobs } from '../room.ts'
import { letter, messagesIn, openGateway, submit } from '../smtp/house.fixture.ts'
import type { ChildSettings } from './gateway-child.fixture.ts'
import { finalStates } from './types.ts'

// The long form kills before every statement: SAFEHAVEN_LONG=1 npx vitest run src/gateway/queue/kill.test.ts
const long = process.env.SAFEHAVEN_LONG === '1'
const statements = long ? Array.from({ length: 110 }, (_, at) => at + 1) : [12, 24, 36, 48, 60, 72]
const stages = ['mail', 'data', 'piece', 'end'] as const

const gateway = await openGateway()
const { test, sink } = gateway
const login = await gateway.password('alice')
const { pool } = test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]

async function start(dieAt?: number): Promise<{ child: ChildProcess; port: number; ended: Promise<void> }> {
  const { host, port, user, password, database } = pool.options
  const settings: ChildSettings = {
    database: JSON.parse(JSON.stringify({ host, port, user, password, database })),
    dataDir: test.house.config.dataDir,
    secret: 'a secret for tests of 32 characters or more',
    relay: { url: sink.url, ca: sink.ca },
    ...(dieAt === undefined ? {} : { dieAt }),
  }
  const script = fileURLToPath(new URL('gateway-child.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, SAFEHAVEN_CHILD: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const opened = await new Promise<number>((resolve, reject) => {
    let said = ''
    child.stdout!.on('data', (piece) => {
      said += piece
      const found = /port (\d+)/.exec(said)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.on('exit', () => reject(new Error('the child ended before it was open')))
  })
  return { child, port: opened, ended }
}

/** Runs Safehaven anew until nothing is under way; `subject` names the message. */
async function restart(): Promise<void> {
  const worker = await startWorker({ ...test.house, clock: systemClock }, [...jobs, ...transferJobs])
  try {
    for (let turn = 0; turn < 400; turn++) {
      const { rows: left } = await pool.query(`select from gateway.recipient where state in ('waiting', 'sending')`)
      const { rows: queued } = await pool.query(`select from graphile_worker.jobs where task_identifier like 'gateway.%'
        and task_identifier <> 'gateway.resume'`)
      if (left.length === 0 && queued.length === 0) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('a message was lost: it is still under way')
  } finally {
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

describe('kill -9 between the hand-in and the final state: nothing acknowledged is lost, nothing is sent twice unsaid', () => {
  it.each(statements)('before statement %i of the database', async (dieAt) => {
    await clean()
    const name = `Statement ${dieAt}`
    const run = await start(dieAt)
    const reply = await submit({ ...gateway.open, port: run.port }, login, { from: alice, to: [bashir] }, raw(name))
    // Beyond the end of the work it lives on, and is ended when the message has gone.
    for (let turn = 0; turn < 60 && run.child.exitCode === null && run.child.signalCode === null; turn++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    run.child.kill('SIGKILL')
    await run.ended
    await prove(name, reply.code === 250)
  })

  it.each(stages)('when the next hop has come to "%s"', async (wanted) => {
    await clean()
    const name = `Stage ${wanted}`
    const run = await start()
    let killed = false
    sink.onStage = async (stage) => {
      if (stage !== wanted || killed) return
      killed = true
      run.child.kill('SIGKILL')
      await run.ended
    }
    const reply = await submit({ ...gateway.open, port: run.port }, login, { from: alice, to: [bashir] }, raw(name))
    expect(reply.code).toBe(250)
    await run.ended
    sink.onStage = () => {}
    const outcome = await prove(name, true)
    if (wanted === 'mail') expect(outcome).toBe('sent')
    if (wanted === 'end') expect(outcome).toBe('uncertain')
  })
})
