/**
 * Feeding a register: `node --import tsx bench/feeding/measure.ts [--rows 1000000] [--limit 900]`. Invented persons are written as our CSV and fed into a
 * register on a fresh database that flushes to disk, in one transaction; then the same file again, which must change nothing. The peer, in the same run, is
 * PostgreSQL's COPY of the very rows that came of it into tables with the same columns and indexes. Goal: 2,000 records a second. A feed that takes more than
 * `limit` seconds is given up and told as that. `--standing N`: so many entries of another authority stand in the register before.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openHouse, quietLog, systemClock } from '../../src/platform/index.ts'
import { copySameRows } from './copy-peer.ts'
import { type Fed, feedOnce } from './feed-once.ts'
import { writeRegister } from './write-register.ts'

const GOAL = 2_000
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    limit: { type: 'string', default: '900' },
    standing: { type: 'string', default: '0' },
    keep: { type: 'boolean' },
  },
})
const rows = Number(values.rows)
const limit = Number(values.limit)
const standing = Number(values.standing)
const folder = mkdtempSync(join(tmpdir(), 'safehaven-feeding-'))
const loadBefore = loadavg()[0]!
const { house, close } = await openHouse({
  config: {
    demo: false,
    dataDir: join(folder, 'data'),
    secret: 'a secret for a measurement of feeding a register',
    publicUrl: 'http://localhost',
    port: 0,
    smtpPort: 0,
  },
  clock: systemClock,
  log: quietLog,
  record: async () => {},
})
const { pool } = house.database
try {
  await pool.query(
    `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale', 'social-care', true), ('thornmere', 'Thornmere', 'social-care', true) on conflict do nothing`,
  )
  if (standing > 0) {
    const others = join(folder, 'others.csv')
    writeRegister(others, standing, 20_261_122)
    show('what stands before', await feedOnce(house, { file: others, authority: 'thornmere', limit: 3_600 }))
  }
  const file = join(folder, 'register.csv')
  writeRegister(file, rows, 20_261_121)
  const first = show('fed for the first time', await feedOnce(house, { file, authority: 'kirkvale', limit }))
  const whole = first.added === rows
  const again = whole ? show('fed again', await feedOnce(house, { file, authority: 'kirkvale', limit })) : undefined
  const size = await pool.query(
    `select sum(pg_total_relation_size(one::regclass)) as n from unnest('{register.entry,register.match_key,register.filed_under}'::text[]) as one`,
  )
  const settings = await pool.query(
    `select name, current_setting(name) as value from unnest('{server_version,shared_buffers,max_wal_size,fsync,synchronous_commit,full_page_writes}'::text[]) as name`,
  )
  const copySeconds = whole && standing === 0 ? await copySameRows(pool, folder) : undefined
  const copy =
    copySeconds === undefined
      ? undefined
      : { seconds: Number(copySeconds.toFixed(1)), perSecond: Math.round(rows / copySeconds) }
  const result = {
    what: 'feeding a register from our CSV, one transaction, flushed to disk',
    on: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, ${cpus()[0]?.model ?? ''}`,
    load: { before: loadBefore, after: loadavg()[0] },
    settings: Object.fromEntries(settings.rows.map(({ name, value }) => [name, value])),
    rows,
    standing,
    first,
    again,
    copy,
    ratioToCopy: copy === undefined ? undefined : Number((copy.perSecond / first.perSecond).toFixed(2)),
    bytesPerEntry: Math.round(Number(size.rows[0].n) / (rows + standing)),
    goal: GOAL,
    reached: whole && first.perSecond >= GOAL,
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  if (copy !== undefined) {
    console.table({ 'plain COPY of the same rows': copy })
    console.log(`COPY is ${result.ratioToCopy} times as fast.`)
  }
  console.log(`Goal ${GOAL} a second ${result.reached ? 'reached' : 'MISSED'}; ${result.memoryMb} MB at most.`)
  const name = `feeding${rows === 1_000_000 ? '' : `-${rows}`}${standing === 0 ? '' : `-beside-${standing}`}`
  writeFileSync(new URL(`../results/${name}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
} finally {
  await close()
  if (values.keep !== true) rmSync(folder, { recursive: true, force: true })
  else console.log(folder)
}

function show(what: string, fed: Fed): Fed {
  const { cpu, steps, way, ...numbers } = fed
  console.table({ [what]: { ...numbers, 'CPU s of Node': cpu.node, 'of PostgreSQL': cpu.postgres } })
  console.log(
    `seconds by step: ${JSON.stringify(steps)}\nrows after seconds: ${way.map((one) => one.join(' ')).join(', ')}`,
  )
  return fed
}
