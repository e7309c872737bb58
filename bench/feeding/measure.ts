/**
 * Feeding a register: `node --import tsx bench/feeding/measure.ts [--rows 1000000]`. Invented persons are written as our CSV and fed into a register on a fresh database
 * that flushes to disk, in one transaction; then the same file again, which must change nothing. The peer, in the same run, is PostgreSQL's COPY of the very rows that came of it
 * into tables with the same columns and indexes. Goal: 2,000 records a second.
 */
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { actIn, openHouse, quietLog, sql, system, systemClock } from '../../src/platform/index.ts'
import { csv } from '../../src/register/feeds/csv.ts'
import { importFeed } from '../../src/register/import-feed.ts'
import { writeRegister } from './write-register.ts'

const GOAL = 2_000
const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, keep: { type: 'boolean' } } })
const rows = Number(values.rows)
const folder = mkdtempSync(join(tmpdir(), 'safehaven-feeding-'))
const file = join(folder, 'register.csv')
const loadBefore = loadavg()[0]!
writeRegister(file, rows, 20_261_121)
const dataDir = join(folder, 'data')
const { house, close } = await openHouse({
  config: {
    demo: false,
    dataDir,
    secret: 'a secret for a measurement of feeding a register',
    publicUrl: 'http://localhost',
    port: 0,
    smtpPort: 0,
  },
  clock: systemClock,
  log: quietLog,
  record: async () => {},
})
try {
  await house.database.pool.query(
    `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale', 'social-care', true) on conflict do nothing`,
  )
  const first = await feedOnce()
  const again = await feedOnce()
  const copied = await copyOnce()
  const size = Number(
    (
      await house.database.pool.query(
        `select pg_total_relation_size('register.entry') + pg_total_relation_size('register.match_key') as n`,
      )
    ).rows[0].n,
  )
  const result = {
    what: 'feeding a register from our CSV, one transaction, flushed to disk',
    on: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, ${cpus()[0]?.model ?? ''}`,
    load: { before: loadBefore, after: loadavg()[0] },
    rows,
    first,
    again,
    copy: copied,
    ratioToCopy: Number((copied.perSecond / first.perSecond).toFixed(2)),
    bytesPerEntry: Math.round(size / rows),
    goal: GOAL,
    reached: first.perSecond >= GOAL,
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  console.table({
    'fed for the first time': { ...first, cpu: JSON.stringify(first.cpu) },
    'fed again': { ...again, cpu: JSON.stringify(again.cpu) },
    'plain COPY of the same rows': copied,
  })
  console.log(
    `COPY is ${result.ratioToCopy} times as fast; goal ${GOAL} a second ${result.reached ? 'reached' : 'MISSED'}; ${result.memoryMb} MB at most.`,
  )
  writeFileSync(
    new URL(`../results/feeding${rows === 1_000_000 ? '' : `-${rows}`}.json`, import.meta.url),
    `${JSON.stringify(result, null, 2)}\n`,
  )
} finally {
  await close()
  if (values.keep !== true) rmSync(folder, { recursive: true, force: true })
  else console.log(folder)
}

async function feedOnce() {
  const begun = performance.now()
  const own = process.cpuUsage()
  return actIn(house, { actor: system, act: 'register.fed' }, async (ctx) => {
    const { pid } = await ctx.tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    const before = cpuOf(pid)
    const { counts } = await importFeed(ctx, {
      feed: csv,
      bytes: createReadStream(file, { highWaterMark: 1 << 18 }),
      authority: { id: 'kirkvale', codes: [] },
    })
    const { user, system: kernel } = process.cpuUsage(own)
    const cpu = { node: Math.round((user + kernel) / 1e6), postgres: Math.round(cpuOf(pid) - before) }
    return { ...counts, ...rateOf(begun), cpu }
  })
}

/** Seconds of processor that a process has had; 0 where the system does not tell. They do not depend on what else the machine does. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

/** The rows as they came to stand, copied out to files and in again: what no feeding can beat. */
async function copyOnce() {
  const { pool } = house.database
  const { from, to } = await import('pg-copy-streams')
  const tables = ['register.entry', 'register.match_key']
  const client = await pool.connect()
  try {
    for (const [index, table] of tables.entries()) {
      await pipeline(client.query(to(`copy ${table} to stdout`)), createWriteStream(join(folder, `copy-${index}`)))
      await client.query(`create table public.copied_${index} (like ${table} including indexes including defaults)`)
    }
    const begun = performance.now()
    await client.query('begin')
    for (const [index] of tables.entries())
      await pipeline(
        createReadStream(join(folder, `copy-${index}`)),
        client.query(from(`copy public.copied_${index} from stdin`)),
      )
    await client.query('commit')
    return { added: rows, ...rateOf(begun) }
  } finally {
    client.release()
  }
}

function rateOf(begun: number) {
  const seconds = (performance.now() - begun) / 1000
  return { seconds: Number(seconds.toFixed(1)), perSecond: Math.round(rows / seconds) }
}
