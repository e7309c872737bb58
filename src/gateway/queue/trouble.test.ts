// With real things: a disk that is full, a database whose connections are cut, a next hop that does wrong at each step.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { mailOut, runDueJobs } from '../../platform/index.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { jobs } from '../room.ts'
import { letter, messagesIn, openGateway, RawSession, submit } from '../smtp/house.fixture.ts'
import { openSubmission } from '../smtp/index.ts'
import { type Fault, faults, openCrookedHop, type Step, steps } from './crooked-hop.fixture.ts'
import { openCarrier } from './index.ts'

// The long form goes through every step and fault, once and always: SAFEHAVEN_LONG=1
const long = process.env.SAFEHAVEN_LONG === '1'
const gateway = await openGateway()
const { test, sink, open } = gateway
const login = await gateway.password('alice')
const { pool } = test.house.database
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]
const final = ['sent', 'converted', 'refused', 'uncertain', 'held']

beforeEach(async () => {
  await pool.query('delete from gateway.message')
  await pool.query('delete from graphile_worker._private_jobs')
  sink.received.length = 0
  sink.onStage = () => {}
})

/** Runs jobs, also those that wait after a failed try, until the message waits for no job any more. */
async function carryOn(house = test.house): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await runDueJobs(house, [...jobs, ...transferJobs], { retry: true }).catch(() => {})
    const { rows: left } = await pool.query(`select from gateway.recipient where state in ('waiting', 'sending')`)
    if (left.length === 0) return
  }
}

const everyFault = steps.flatMap((step) =>
  faults.map((fault): [Step, Fault, number | undefined] => [step, fault, undefined]),
)
const wrongs: [Step, Fault, number | undefined][] = long
  ? [...everyFault, ...everyFault.map(([step, fault]): [Step, Fault, number] => [step, fault, 1])]
  : [
      ['greeting', '5xx', undefined],
      ['ehlo', 'close', undefined],
      ['starttls', '4xx', undefined],
      ['handshake', 'close', undefined],
      ['mail', '4xx', 1],
      ['rcpt', 'close', 1],
      ['data', 'stall', undefined],
      ['data', '5xx', undefined],
      ['piece', 'close', undefined],
      ['end', 'stall', undefined],
      ['end', 'close', 1],
      ['end', '4xx', 1],
      ['end', '5xx', undefined],
      ['after', 'close', undefined],
    ]

describe('a next hop that does wrong: the message ends in exactly one state, is not lost, and not delivered twice unsaid', () => {
  async function prove(wanted: Parameters<typeof openCrookedHop>[0], name: string, fromMemory: boolean) {
    const hop = await openCrookedHop(wanted)
    const house = { ...test.house, mail: mailOut({ url: hop.url, ca: hop.ca, patience: 400 }) }
    const carrier = fromMemory ? await openCarrier(house) : undefined
    const own = fromMemory ? await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1' }) : undefined
    try {
      const raw = letter(alice, bashir, name, 'The meeting is on Tuesday at ten.')
      expect((await submit(own ?? open, login, { from: alice, to: [bashir] }, raw)).code).toBe(250)
      await own?.stop()
      await carrier?.stop()
      await carryOn(house)
      const kept = await messagesIn(gateway)
      expect(kept).toHaveLength(1)
      expect(kept[0]!.recipients).toHaveLength(1)
      const { state, detail } = kept[0]!.recipients![0]!
      const copies = (list: readonly string[]) => list.filter((one) => one.includes(`Subject: ${name}\r\n`)).length
      expect(final, detail).toContain(state)
      expect(kept[0]!.state).toBe(state === 'held' ? 'held' : 'done')
      expect(copies(hop.accepted)).toBeLessThanOrEqual(1)
      if (state === 'sent') expect(copies(hop.accepted)).toBe(1)
      else if (state === 'uncertain') expect(detail).toContain('ask the recipient')
      else expect(copies(hop.accepted)).toBe(0)
      return state
    } finally {
      await hop.stop()
    }
  }

  const bothWays = wrongs.flatMap((one) => [true, false].map((fromMemory) => [...one, fromMemory] as const))
  it.each(bothWays)(
    'at %s: %s, %s times, from memory: %s',
    { timeout: 120_000 },
    async (step, fault, times, memory) => {
      const wanted = { step, fault, ...(times === undefined ? {} : { times }) }
      const state = await prove(wanted, `Wrong at ${step} ${fault}`, memory)
      if (step === 'end' && (fault === 'stall' || fault === 'close')) expect(state).toBe('uncertain')
      if (step === 'after') expect(state).toBe('sent')
      if (times === 1 && fault === '4xx') expect(state).toBe('sent')
    },
  )

  it('offers no encryption: nothing is given to it', async () => {
    expect(['converted', 'held']).toContain(await prove({ tls: 'none' }, 'No encryption', true))
  })

  it('shows a certificate that nobody knows: nothing is given to it', async () => {
    expect(['converted', 'held']).toContain(await prove({ tls: 'unknown' }, 'Unknown certificate', false))
  })
})

describe('the database’s connections are cut, as when it is restarted', () => {
  const cut = () =>
    pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )

  it.each(['MAIL', 'DATA', 'half'])(
    'in mid-session after %s: it is answered 250 and kept once, or 4xx and not kept',
    async (when) => {
      const session = await RawSession.open(open.securePort, open.certificate)
      await session.begin(login)
      expect(await session.say(`MAIL FROM:<${alice}>`)).toMatch(/^250/)
      if (when === 'MAIL') await cut()
      expect(await session.say(`RCPT TO:<${bashir}>`)).toMatch(/^250/)
      expect(await session.say('DATA')).toMatch(/^354/)
      if (when === 'DATA') await cut()
      const raw = letter(alice, bashir, `Cut after ${when}`, 'The meeting is on Tuesday at ten.')
      session.write(raw.slice(0, 60))
      if (when === 'half') await cut()
      session.write(`${raw.slice(60)}.\r\n`)
      const said = await session.answer()
      session.close()
      const kept = await messagesIn(gateway)
      expect(said).toMatch(/^(?:250|4\d\d)/)
      expect(kept).toHaveLength(said.startsWith('250') ? 1 : 0)
      expect((await submit(open, login, { from: alice, to: [bashir] }, raw)).code).toBe(250)
      expect(await messagesIn(gateway)).toHaveLength(1)
    },
  )

  it.each(long ? ['mail', 'rcpt', 'data', 'piece', 'end'] : ['mail', 'data', 'end'])(
    'while it is handed over, at "%s": it ends in one state, and nobody gets it twice unsaid',
    { timeout: 120_000 },
    async (stage) => {
      let done = false
      sink.onStage = async (now) => {
        if (now !== stage || done) return
        done = true
        await cut()
      }
      const raw = letter(alice, bashir, `Cut at ${stage}`, 'The meeting is on Tuesday at ten.')
      expect((await submit(open, login, { from: alice, to: [bashir] }, raw)).code).toBe(250)
      await carryOn()
      // A job whose mark was cut off stands locked until its process is gone; what is left is taken up after a while.
      await pool.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null')
      await pool.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null')
      test.clock.forward(120_000)
      await test.runRecurring('gateway.resume')
      await carryOn()
      expect(done).toBe(true)
      const [kept] = await messagesIn(gateway)
      const copies = sink.received.filter((one) => one.raw.includes(`Subject: Cut at ${stage}\r\n`)).length
      const { state } = kept!.recipients![0]!
      expect(['sent', 'uncertain']).toContain(state)
      expect(copies).toBe(1)
    },
  )
})

describe('a full disk', () => {
  it('is answered 452 and never 250, nothing of the message is kept, and with room again it is taken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'safehaven-full-'))
    let mounted = false
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'pipe' })
      mounted = true
    } catch {
      // Where nothing may be mounted, the disk that is there counts as full: more is to stay free than it has.
    }
    const free = statfsSync(folder)
    const reserve = mounted ? 8 << 20 : free.bavail * free.bsize + 1e12
    const house = { ...test.house, config: { ...test.house.config, dataDir: folder } }
    const small = await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1', reserve })
    try {
      if (mounted) execFileSync('sh', ['-c', `cat /dev/zero > ${join(folder, 'filler')} 2>/dev/null || true`])
      const raw = letter(alice, bashir, 'Full', 'The meeting is on Tuesday at ten.')
      const said = await submit(small, login, { from: alice, to: [bashir] }, raw)
      expect(said.text).toMatch(/^452 4\.3\.1/)
      expect(await messagesIn(gateway)).toEqual([])
      if (!mounted) return
      expect(() => writeFileSync(join(folder, 'one-more'), Buffer.alloc(65_536))).toThrow('ENOSPC')
      rmSync(join(folder, 'filler'))
      await expect
        .poll(async () => (await submit(small, login, { from: alice, to: [bashir] }, raw)).code, { timeout: 20_000 })
        .toBe(250)
      expect(await messagesIn(gateway)).toHaveLength(1)
    } finally {
      await small.stop()
      if (mounted) execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
