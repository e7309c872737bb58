// A PostgreSQL of this test's own that is really stopped and started again, while messages are handed in and carried on.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { record } from '../../audit/index.ts'
import { actorFor, userByName } from '../../people/index.ts'
import {
  actIn,
  type EmbeddedServer,
  type House,
  mailOut,
  migrate,
  openBlobs,
  openDatabase,
  openEmbedded,
  quietLog,
  runRecurring,
  secretsFrom,
  sql,
  startWorker,
  system,
} from '../../platform/index.ts'
import { seedArea } from '../../testing/area/index.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { openSink } from '../../transfer/sink.fixture.ts'
import { jobs } from '../room.ts'
import { letter, type Reply, submit } from '../smtp/house.fixture.ts'
import { makeMailPassword, openSubmission } from '../smtp/index.ts'
import { resumeMessages } from './jobs/resume.ts'

const long = process.env.SAFEHAVEN_LONG === '1'
const folder = mkdtempSync(join(tmpdir(), 'safehaven-restart-'))
// As it is in use: what is committed is on the disk.
const open = (): Promise<EmbeddedServer> => openEmbedded(folder, quietLog, ['shared_buffers=32MB'])
let server = await open()
const maker = await openDatabase(server.address('postgres'), { now: () => new Date() })
await maker.pool.query('create database safehaven')
await maker.close()
let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }
const database = await openDatabase(server.address(), clock)
await migrate(database.pool)
const secrets = secretsFrom('a secret for tests of 32 characters or more')
const sink = await openSink()
const house: House = {
  config: { demo: false, dataDir: folder, secret: '', publicUrl: 'http://localhost', port: 0, smtpPort: 0 },
  clock,
  database,
  secrets,
  record,
  log: quietLog,
  blobs: openBlobs(folder, secrets),
  mail: mailOut({ url: sink.url, ca: sink.ca }),
}
await seedArea(house, [])
const all = [...jobs, ...transferJobs]
const worker = await startWorker(house, all)
const gateway = await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1' })
const people = await database.transaction(system, async (tx) => ({
  alice: (await userByName(tx, 'alice'))!,
  bashir: (await userByName(tx, 'bashir'))!,
}))
const actor = actorFor(people.alice)
const login = await actIn(house, { actor, act: 'test.password' }, (ctx) =>
  makeMailPassword(ctx, { kind: 'user', label: 'test', username: 'alice' }),
)
const [alice, bashir] = [people.alice.email!, people.bashir.email!]

afterAll(async () => {
  await gateway.stop()
  await worker.stop()
  await database.close()
  await sink.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const pid = () => Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10)

interface Said extends Reply {
  readonly began: number
  readonly ended: number
}

/** One message, handed in as a mail program does: until it is taken, with the same bytes. */
async function handIn(subject: string, said: Said[]): Promise<void> {
  const raw = letter(alice, bashir, subject, 'The meeting is on Tuesday at ten.')
  for (let turn = 0; turn < 200; turn++) {
    const began = Date.now()
    const reply = await submit(gateway, login, { from: alice, to: [bashir] }, raw)
    said.push({ ...reply, began, ended: Date.now() })
    if (reply.code === 250) return
    await pause(200)
  }
  throw new Error(`${subject} was never taken: ${said.at(-1)?.text}`)
}

/** Several mail programs, each handing in one message after another while `outage` lasts and a while after it. */
async function traffic(
  name: string,
  outage: (said: readonly Said[]) => Promise<void>,
): Promise<{ subjects: string[]; said: Said[] }> {
  const subjects: string[] = []
  const said: Said[] = []
  let over = false
  const program = async (own: number) => {
    for (let at = 0; !over || at < 3; at++) {
      const subject = `${name} ${own}-${at}`
      subjects.push(subject)
      await handIn(subject, said)
    }
  }
  const running = Promise.all([1, 2, 3, 4].map(program))
  running.catch(() => {})
  await expect.poll(() => sink.received.length, { timeout: 60_000 }).toBeGreaterThan(4)
  await outage(said)
  // A few after it.
  const before = said.filter(({ code }) => code === 250).length
  await expect
    .poll(() => said.filter(({ code }) => code === 250).length, { timeout: 90_000 })
    .toBeGreaterThan(before + 3)
  over = true
  await running
  return { subjects, said }
}

/** Until nothing is under way any more. What stands half-way after a minute and a half is taken up, as the worker does each minute. */
async function settle(): Promise<void> {
  const underWay = async () =>
    (await database.pool.query(`select from gateway.recipient where state in ('waiting', 'sending')`)).rowCount ?? 0
  for (let turn = 0; turn < 300; turn++) {
    if ((await underWay()) === 0) return
    if (turn === 50) {
      ahead += 120_000
      await runRecurring(house, resumeMessages)
    }
    await pause(100)
  }
}

async function prove({ subjects, said }: { subjects: string[]; said: Said[] }): Promise<{ uncertain: number }> {
  await settle()
  for (const { code, text } of said)
    expect(code === 250 || (code >= 400 && code < 500) || code === 0, `${code} ${text}`).toBe(true)
  const rows = await database.transaction(system, (tx) =>
    tx.query<{ state: string; id: string; sealed: Buffer; recipients: string[] }>(
      sql`select id, state, sealed_seen as sealed, (select array_agg(r.state) from gateway.recipient r where r.message = m.id) as recipients from gateway.message m`,
    ),
  )
  const kept = new Map<string, (typeof rows)[number][]>()
  for (const row of rows) {
    const { subject } = JSON.parse(secrets.open('gateway.seen', row.sealed, row.id).toString('utf8'))
    kept.set(subject, [...(kept.get(subject) ?? []), row])
  }
  let uncertain = 0
  for (const subject of subjects) {
    const own = kept.get(subject) ?? []
    // Taken once, however often the mail program had to hand it in.
    expect(own, subject).toHaveLength(1)
    const [state, ...others] = own[0]!.recipients
    expect(others).toEqual([])
    const copies = sink.received.filter(({ raw }) => raw.includes(`Subject: ${subject}\r\n`)).length
    if (state === 'sent') expect(copies, subject).toBe(1)
    else {
      expect(state, subject).toBe('uncertain')
      expect(copies, subject).toBeLessThanOrEqual(1)
      uncertain++
    }
  }
  return { uncertain }
}

describe('the database is stopped and started again while messages come and go', { timeout: 240_000 }, () => {
  const ways = [
    ['SIGINT', 'fast: connections are cut'],
    ['SIGQUIT', 'immediate: as when the machine stops'],
  ] as const
  const turns = Array.from({ length: long ? 8 : 1 }, (_, at) => at + 1)
  it.each(ways.flatMap((way) => turns.map((turn) => [...way, turn] as const)))(
    '%s, %s (%i): every message ends in one state, none is lost, none arrives twice',
    async (signal, _, turn) => {
      await database.pool.query('delete from gateway.message')
      sink.received.length = 0
      const found = await traffic(`${signal} ${turn}`, async () => {
        const before = pid()
        process.kill(before, signal)
        await expect
          .poll(
            () => {
              try {
                return pid() !== before
              } catch {
                return false
              }
            },
            { timeout: 30_000 },
          )
          .toBe(true)
      })
      await prove(found)
    },
  )

  it('away for longer than anybody waits: the mail program is told to try again, never that its message was taken', async () => {
    await database.pool.query('delete from gateway.message')
    sink.received.length = 0
    let gone = 0
    let back = 0
    const found = await traffic('Away', async (said) => {
      // The long form goes over a full minute, at which what recurs is due.
      if (long) await pause(Math.max(0, 53_000 - (Date.now() % 60_000)))
      await server.stop()
      gone = Date.now()
      const putOff = () => said.filter(({ code, began }) => began > gone && code >= 400 && code < 500).length
      await expect.poll(putOff, { timeout: 90_000, interval: 200 }).toBeGreaterThan(1)
      await pause(Math.max(0, gone + (long ? 24_000 : 0) - Date.now()))
      back = Date.now()
      server = await open()
    })
    const meanwhile = found.said.filter(({ began, ended }) => began > gone && ended < back)
    expect(meanwhile.length).toBeGreaterThan(0)
    for (const { code, text } of meanwhile) expect(text, String(code)).toMatch(/^4\d\d /)
    expect(found.said.filter(({ ended, code }) => code === 250 && ended > gone && ended < back)).toEqual([])
    await prove(found)
  })

  it('afterwards the worker works on without being started again, and no job stands locked for hours', async () => {
    const locked = async () =>
      (await database.pool.query(`select task_identifier from graphile_worker.jobs where locked_at is not null`)).rows
    await expect.poll(locked, { timeout: 60_000, interval: 500 }).toEqual([])
    for (let at = 0; at < 8; at++) await handIn(`Afterwards ${at}`, [])
    await settle()
    expect(sink.received.filter(({ raw }) => raw.includes('Subject: Afterwards'))).toHaveLength(8)
  })
})
