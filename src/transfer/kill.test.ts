import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { record } from '../audit/index.ts'
import {
  type House,
  job,
  mailOut,
  openBlobs,
  quietLog,
  secretsFrom,
  startWorker,
  system,
  systemClock,
} from '../platform/index.ts'
import { testDatabase } from '../testing/database.ts'
import { consignmentBy } from './consignment.fixture.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import type { ChildSettings } from './deliver-child.fixture.ts'
import { dispatch } from './dispatch.ts'
import { deliverJob } from './jobs/deliver.ts'
import { resume } from './jobs/resume.ts'
import { tell } from './jobs/tell.ts'
import { openSink } from './sink.fixture.ts'
import { dispatchesOf, stepsOf } from './store/dispatches.ts'
import { tasksOf } from './store/tasks.ts'

// The long form kills before every statement and at many instants: SAFEHAVEN_LONG=1 npx vitest run src/transfer/kill.test.ts
const long = process.env.SAFEHAVEN_LONG === '1'
const statements = long ? Array.from({ length: 36 }, (_, at) => at + 1) : [1, 6, 12, 17, 22, 26, 30]
const stages = ['connect', 'mail', 'rcpt', 'data', 'piece', 'end'] as const
const delays = long ? Array.from({ length: 40 }, (_, at) => at * 8) : [25, 90]

const database = await testDatabase(systemClock)
const sink = await openSink()
const dataDir = mkdtempSync(join(tmpdir(), 'safehaven-kill-'))
const secret = 'a secret for tests of 32 characters or more'
const house: House = {
  config: { demo: false, dataDir, secret: '', publicUrl: 'http://localhost', port: 0, smtpPort: 0 },
  clock: systemClock,
  database,
  secrets: secretsFrom(secret),
  record,
  log: quietLog,
  blobs: openBlobs(dataDir, secretsFrom(secret)),
  mail: mailOut({ url: sink.url, ca: sink.ca }),
}
afterAll(async () => {
  await sink.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<{ signal: string | null; output: string }>
  readonly begun: Promise<void>
}

function start(consignment: Consignment, dieAt?: number): Run {
  const { host, port, user, password, database: name } = database.pool.options
  const settings: ChildSettings = {
    database: JSON.parse(JSON.stringify({ host, port, user, password, database: name })),
    dataDir,
    secret,
    relay: { url: sink.url, ca: sink.ca },
    consignment,
    ...(dieAt === undefined ? {} : { dieAt }),
  }
  const script = fileURLToPath(new URL('deliver-child.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, SAFEHAVEN_CHILD: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  let isBegun = () => {}
  const begun = new Promise<void>((resolve) => {
    isBegun = resolve
  })
  child.stdout.on('data', (piece) => {
    output += piece
    if (output.includes('begun')) isBegun()
  })
  child.stderr.on('data', (piece) => {
    errors += piece
  })
  const ended = new Promise<{ signal: string | null; output: string }>((resolve, reject) =>
    child.on('exit', (code, signal) => {
      isBegun()
      if (code !== null && code !== 0) reject(new Error(`the child failed: ${errors}`))
      else resolve({ signal, output })
    }),
  )
  return { child, ended, begun }
}

/** Starts Safehaven anew after a kill, and waits until nothing is under way any more. */
async function restart(consignment: Consignment): Promise<Dispatch> {
  const decided = job({
    name: 'test.decided',
    audit: 'test.decided',
    payload: { parse: () => ({}) },
    run: async (ctx) => void (await dispatch(ctx, consignment)),
  })
  const worker = await startWorker(house, [decided, deliverJob, resume, tell])
  try {
    for (let turn = 0; turn < 400; turn++) {
      const [found] = await database.transaction(system, (tx) => dispatchesOf(tx, consignment.id))
      const { rows } = await database.pool.query(
        `select from graphile_worker.jobs where task_identifier like 'transfer.%' or task_identifier like 'test.%'`,
      )
      if (found && found.state !== 'prepared' && found.state !== 'sending' && rows.length === 0) return found
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the dispatch was lost: it is still under way')
  } finally {
    await worker.stop()
  }
}

async function proveOneState(consignment: Consignment): Promise<string> {
  const found = await restart(consignment)
  const copies = sink.received.filter((mail) => mail.raw.includes(`Message-ID: <${found.id}`))
  const told = sink.received.filter((mail) => mail.raw.includes(`${found.reference} needs you`))
  const steps = await database.transaction(system, (tx) => stepsOf(tx, found.id))
  const tasks = await database.transaction(system, (tx) => tasksOf(tx, consignment.id, found.id))
  expect(copies.length).toBeLessThanOrEqual(1)
  expect(steps.at(-1)!.state).toBe(found.state)
  expect(steps.filter((step) => step.what === 'prepared')).toHaveLength(1)
  expect(tasks.some((task) => task.kind === 'written-follow-up')).toBe(true)
  if (found.state === 'sent') {
    expect(copies).toHaveLength(1)
    expect(steps.filter((step) => step.what === 'sent')).toHaveLength(1)
  } else {
    expect(found.state).toBe('uncertain')
    expect(tasks.filter((task) => task.kind === 'uncertain' && task.doneAt === null)).toHaveLength(1)
    expect(told.length).toBeGreaterThanOrEqual(1)
  }
  return `${found.state}, ${copies.length} received`
}

describe('kill -9 between the decision and the delivery leaves one state, sends nothing twice unsaid, and loses nothing', () => {
  it('and without a kill, it is sent', async () => {
    const consignment = consignmentBy('secure-email')
    const { output } = await start(consignment).ended
    // The sweep below is as long as the work.
    expect(Number(/statements (\d+)/.exec(output)?.[1])).toBeGreaterThan(28)
    expect(await proveOneState(consignment)).toBe('sent, 1 received')
  })

  it.each(statements)('before statement %i of the database', async (dieAt) => {
    const consignment = consignmentBy('secure-email')
    const { signal } = await start(consignment, dieAt).ended
    const outcome = await proveOneState(consignment)
    if (signal === null) expect(outcome).toBe('sent, 1 received')
  })

  it.each(stages)('when the mail server has come to "%s"', async (wanted) => {
    const consignment = consignmentBy('secure-email')
    const run = start(consignment)
    await run.begun
    let killed = false
    sink.onStage = async (stage) => {
      if (stage !== wanted || killed) return
      killed = true
      run.child.kill('SIGKILL')
      await run.ended
    }
    expect((await run.ended).signal).toBe('SIGKILL')
    sink.onStage = () => {}
    const outcome = await proveOneState(consignment)
    // What had not begun to leave is sent anew; what had is said to be uncertain.
    const early = wanted === 'connect' || wanted === 'mail' || wanted === 'rcpt'
    if (early) expect(outcome).toBe('sent, 1 received')
    if (wanted === 'end') expect(outcome).toBe('uncertain, 1 received')
  })

  it.each(delays)('%i milliseconds after it was decided', async (delay) => {
    const consignment = consignmentBy('encrypted-attachment')
    const run = start(consignment)
    await run.begun
    await new Promise((resolve) => setTimeout(resolve, delay))
    run.child.kill('SIGKILL')
    await run.ended
    await proveOneState(consignment)
  })
})
