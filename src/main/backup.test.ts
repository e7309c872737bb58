import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealLog, verifyLog } from '../audit/index.ts'
import { runCommandLine } from '../cli/index.ts'
import { actIn, type House, openBlobs, secretsFrom, sql, system } from '../platform/index.ts'
import { type TestHouse, testHouse } from '../testing/test-house.ts'
import { brenda, consignmentBy } from '../transfer/consignment.fixture.ts'
import { dispatch } from '../transfer/index.ts'
import { jobs, navigation, pages } from '../transfer/room.ts'
import { openSink } from '../transfer/sink.fixture.ts'
import { commands } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'safehaven-backup-'))
const sink = await openSink()
afterAll(async () => {
  await sink.stop()
  rmSync(folder, { recursive: true })
})
const parts = { pages, jobs, navigation, relay: { url: sink.url, ca: sink.ca } }
const before = await testHouse(parts)
const after = await testHouse(parts)
const other = await testHouse(parts)
const fresh = await testHouse()

async function run(house: House, args: readonly string[]) {
  const streams = { input: Readable.from([]), output: new PassThrough(), errors: new PassThrough() }
  const open = async () => ({ house, close: async () => {} })
  const code = await runCommandLine({ commands, streams, version: '1', open }, args)
  streams.output.end()
  streams.errors.end()
  return { code, out: await text(streams.output), err: await text(streams.errors) }
}

/** How many rows every table holds; the same in two hubs that hold the same. */
async function counts({ house }: TestHouse): Promise<Record<string, number>> {
  const { rows } = await house.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema)' order by 1`,
  )
  const counted: Record<string, number> = {}
  for (const { name } of rows)
    counted[name] = (await house.database.pool.query(`select count(*)::int as n from ${name}`)).rows[0].n
  return counted
}

const kept = (house: House) => readdirSync(join(house.config.dataDir, 'files'), { recursive: true }).length

const long = Buffer.alloc(700_000, 'Six pages about Robin. ')
const backup = join(folder, 'hub.backup')
let blobId: string
let sent: string
let waiting: string

beforeAll(async () => {
  const { house, runJobs } = before
  const file = await actIn(house, { actor: system, act: 'test' }, (ctx) => ctx.blobs.keep(ctx.tx, long))
  blobId = file.id
  const one = { blobId, name: 'Report.pdf', type: 'application/pdf', size: long.length }
  const posted = consignmentBy('recorded-post', { documents: [one], letter: 'Robin,\tnine:\\N "née" \u0001 שלום 🙂' })
  const mailed = consignmentBy('secure-email')
  const made = (consignment: typeof posted) =>
    actIn(house, { actor: system, act: 'test' }, (ctx) => dispatch(ctx, consignment))
  sent = (await made(posted))[0]!.id
  expect(await runJobs()).toEqual([])
  await before.browser(brenda).post(`/dispatches/${sent}/steps/posted`, {
    named: 'yes',
    envelope: 'yes',
    tracking: 'AB 1234 5678 9GB',
    cost: '4.35',
  })
  // Its delivery is asked for and has not been begun when the backup is made.
  waiting = (await made(mailed))[0]!.id
  await sealLog(house)
})

describe('a backup', () => {
  test('is one sealed file that says nothing to whoever finds it, and is never written over another', async () => {
    const { code, out, err } = await run(before.house, ['backup', backup, '--json'])
    expect(err).toBe('')
    expect(code).toBe(0)
    const done = JSON.parse(out)
    expect(done).toMatchObject({ files: 1, missing: [] })
    const bytes = readFileSync(backup)
    expect(bytes.length).toBe(done.size)
    for (const word of ['Robin', 'Brenda', 'Amina Hart', 'transfer.dispatch', 'Six pages'])
      expect(bytes.includes(word)).toBe(false)
    expect(await run(before.house, ['backup', backup])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/already/),
    })
    expect(await run(before.house, ['backup', join(folder, 'nowhere', 'x')])).toMatchObject({ code: 2 })
    expect(readFileSync(backup).equals(bytes)).toBe(true)
    expect(existsSync(`${backup}.half`)).toBe(false)
  })

  test('that was cut short or altered anywhere is refused, and nothing is changed', async () => {
    const bytes = readFileSync(backup)
    const spoilt = join(folder, 'spoilt.backup')
    const clean = await counts(after)
    const changed = (at: number) => {
      const copy = Buffer.from(bytes)
      copy[at] = copy[at]! ^ 1
      return copy
    }
    const piece = 256 * 1024 + 16
    const exchanged = Buffer.concat([
      bytes.subarray(0, 55),
      bytes.subarray(55 + piece, 55 + 2 * piece),
      bytes.subarray(55, 55 + piece),
      bytes.subarray(55 + 2 * piece),
    ])
    const cases: readonly [Buffer, RegExp][] = [
      [bytes.subarray(0, 0), /not a backup/],
      [bytes.subarray(0, 30), /cut short|not a backup/],
      [bytes.subarray(0, 56), /cut short/],
      [bytes.subarray(0, 55 + piece), /cut short/],
      [bytes.subarray(0, bytes.length - 1), /cut short/],
      [Buffer.concat([bytes, Buffer.from('x')]), /cut short/],
      [exchanged, /cut short/],
      [changed(3), /not a backup/],
      [changed(30), /cut short/],
      [changed(60), /cut short/],
      [changed(Math.floor(bytes.length / 2)), /cut short/],
      [changed(bytes.length - 1), /cut short/],
    ]
    for (const [content, why] of cases) {
      writeFileSync(spoilt, content)
      const { code, out } = await run(after.house, ['restore', spoilt])
      expect(out).toMatch(why)
      expect(out).toMatch(/^Nothing was restored\./)
      expect(code).toBe(1)
    }
    expect(await counts(after)).toEqual(clean)
    expect(existsSync(join(after.house.config.dataDir, 'files')) ? kept(after.house) : 0).toBeLessThan(2)
  })

  test('opens with no other secret, and by no other version of the tables', async () => {
    const secrets = secretsFrom('quite another secret of more than 32 characters')
    const foreign: House = { ...after.house, secrets, blobs: openBlobs(after.house.config.dataDir, secrets) }
    expect(await run(foreign, ['restore', backup])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/another SAFEHAVEN_SECRET/),
    })
    const { pool } = other.house.database
    await pool.query(`insert into platform.migration (name, checksum) values ('9999-of-tomorrow.sql', 'x')`)
    const refused = await run(other.house, ['restore', backup, '--json'])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ kind: 'refused', why: 'other-version' })
    await pool.query(`delete from platform.migration where name = '9999-of-tomorrow.sql'`)
  })

  test('is not restored over a hub that holds anything, nor beside a running one', async () => {
    const full = await run(before.house, ['restore', backup])
    expect(full).toMatchObject({ code: 1, out: expect.stringMatching(/not empty/) })
    const holder = await after.house.database.pool.connect()
    await holder.query(`select pg_advisory_lock(hashtext('safehaven.start'))`)
    expect(await run(after.house, ['restore', backup])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/running/),
    })
    holder.release(true)
    expect(await run(after.house, ['restore', join(folder, 'absent')])).toMatchObject({ code: 2 })
    expect(await run(after.house, ['restore', folder])).toMatchObject({ code: 2 })
  })

  test('brings everything back: the log is whole, a sent disclosure’s custody and its files open', async () => {
    const was = await counts(before)
    const { code, out, err } = await run(after.house, ['restore', backup, '--json'])
    expect(err).toBe('')
    expect(code).toBe(0)
    const done = JSON.parse(out)
    expect(done).toMatchObject({ kind: 'restored', files: 1 })
    const is = await counts(after)
    // Since the backup: the entry that says that it was made; in the new hub: the restore, the asked sender, and a mail to them; changes to
    // the directory are counted anew.
    const differing = Object.keys(was).filter((name) => was[name] !== is[name])
    expect(
      differing.every((name) =>
        /^(audit\.|transfer\.(step|task)|graphile_worker\.|platform\.job_run|people\.change|register\.change)/.test(
          name,
        ),
      ),
    ).toBe(true)
    expect(await verifyLog(after.house)).toMatchObject({ whole: true })
    await sealLog(after.house)
    expect(await verifyLog(after.house)).toMatchObject({ whole: true, waiting: 0 })
    expect((await after.acts()).at(-1)).toMatchObject({ act: 'main.restored', outcome: 'done' })

    const was1 = await before.browser(brenda).get(`/dispatches/${sent}`)
    const page = await after.browser(brenda).get(`/dispatches/${sent}`)
    expect(page.status).toBe(200)
    for (const part of ['AB 1234 5678 9GB', 'Amina Hart']) {
      expect(was1.html).toContain(part)
      expect(page.html).toContain(part)
    }
    expect((await after.browser(brenda).get(`/dispatches/${sent}/sheets/letter`)).status).toBe(200)
    expect((await after.house.blobs.readAll(blobId)).equals(long)).toBe(true)
    expect((await after.browser(brenda).get(`/dispatches/${sent}/proof`)).bytes.subarray(0, 5).toString()).toBe('%PDF-')
    // What is new gets a number that nothing had before.
    const { rows } = await after.house.database.pool.query(`select max(id)::text as top from audit.entry`)
    await actIn(after.house, { actor: system, act: 'test' }, async () => {})
    expect(
      Number((await after.house.database.pool.query(`select max(id)::text as top from audit.entry`)).rows[0].top),
    ).toBeGreaterThan(Number(rows[0].top))
  })

  test('sends nothing again by itself: what waited then may have gone since, and its sender is asked', async () => {
    expect(await after.runJobs()).toEqual([])
    after.clock.set(new Date(after.house.clock.now().getTime() + 120_000))
    await after.runRecurring('transfer.resume')
    expect(await after.runJobs()).toEqual([])
    expect(sink.received.filter((mail) => mail.to[0] === 'a.hart@stjohns.example')).toEqual([])
    const page = await after.browser(brenda).get(`/dispatches/${waiting}`)
    expect(page.html).toContain('was restored from a backup')
    const { rows } = await after.house.database.pool.query(`select state from transfer.dispatch where id = $1`, [
      waiting,
    ])
    expect(rows).toEqual([{ state: 'uncertain' }])
  })

  test('names the files that are gone from the disk, and holds everything else', async () => {
    const { house } = before
    const gone = await actIn(house, { actor: system, act: 'test' }, (ctx) => ctx.blobs.keep(ctx.tx, Buffer.from('x')))
    const cut = await actIn(house, { actor: system, act: 'test' }, (ctx) => ctx.blobs.keep(ctx.tx, long))
    rmSync(join(house.config.dataDir, 'files', gone.id.slice(0, 2), gone.id))
    const path = join(house.config.dataDir, 'files', cut.id.slice(0, 2), cut.id)
    writeFileSync(path, readFileSync(path).subarray(0, 300_000))
    const second = join(folder, 'second.backup')
    const { code, out } = await run(house, ['backup', second, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out).missing.toSorted()).toEqual([gone.id, cut.id].toSorted())
    const restored = await run(other.house, ['restore', second, '--json'])
    expect(restored.code).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ files: 1 })
    expect((await other.house.blobs.readAll(blobId)).equals(long)).toBe(true)
    await expect(other.house.blobs.readAll(cut.id)).rejects.toThrow(/not kept here/)
  })

  test('shows one moment, though the hub works on while it is written', async () => {
    const third = join(folder, 'third.backup')
    const { house } = before
    let going = true
    let written = 0
    const works = (async () => {
      while (going) {
        await actIn(house, { actor: system, act: 'test' }, (ctx) =>
          ctx.tx.run(
            sql`insert into demo.message (id, at, sender, recipients, raw) values (gen_random_uuid(), now(), 'a', '{b}', 'x')`,
          ),
        )
        written++
      }
    })()
    const { code } = await run(house, ['backup', third, '--json'])
    going = false
    await works
    expect(code).toBe(1)
    expect(written).toBeGreaterThan(0)
    expect((await run(fresh.house, ['restore', third])).code).toBe(0)
    // Each of those acts wrote one message and one entry of the log in one transaction: the backup has both or neither.
    const { rows } = await fresh.house.database.pool.query(
      `select (select count(*) from demo.message)::int as messages, (select count(*) from audit.entry where act = 'test')::int as acts,
        (select count(*) from audit.entry where act = 'test' and outcome = 'done')::int as done`,
    )
    expect(rows[0].acts - rows[0].messages).toBe(
      (await before.acts()).filter((one) => one.act === 'test').length - written,
    )
  })
})
