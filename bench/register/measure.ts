/**
 * Searching the registers: `node --max-semi-space-size=64 --import tsx bench/register/measure.ts [--sizes 1000000,5000000] [--questions 2000] [--folder DIR] [--server debian|embedded]`.
 * Invented children are put by COPY straight into the register's tables; the registers grow in one run from size to size, and at each the same
 * questions are put: about children in the registers, and about children in none. The peer, on the same rows, is pg_trgm; it runs at the first
 * size, where the server has it (Debian's; the embedded one has not). What disturbs is told: the machine's load stands beside each figure.
 * `--reuse` measures a `--folder` once more that holds the one size already; `--times 5` says that multiply.ts has made it five times as many.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { type Database, handClock, migrate, openDatabase, secretsFrom } from '../../src/platform/index.ts'
import { seedArea } from '../../src/testing/area/index.ts'
import { houseOn } from '../../src/testing/house-on.ts'
import { FAMILY_RATES } from '../people/population.ts'
import { HARD, ORDINARY } from '../people/records.ts'
import { type Answered, alarms, askAll, judge, KINDS, type Kind, questions, strangers, throughput } from './ask.ts'
import { RATES } from './children.ts'
import { growing, loadEntries } from './load.ts'
import { askPeer, makePeer } from './peer.ts'
import { binaries, ownFolder, startServer } from './server.ts'
import { wholeChecks } from './whole-check.ts'

const SEED = 20_260_429
/** the right child at one false alarm in a hundred */
const WANTED = { ordinary: 0.985, hard: 0.94 }
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000000' },
    questions: { type: 'string', default: '2000' },
    folder: { type: 'string' },
    server: { type: 'string', default: 'debian' },
    out: { type: 'string' },
    reuse: { type: 'boolean', default: false },
    times: { type: 'string', default: '1' },
  },
})
const sizes = values.sizes.split(',').map(Number)
const count = Number(values.questions)
const times = Number(values.times)
if (!Number.isInteger(times) || times < 1 || (times > 1 && !values.reuse)) {
  console.error('Give --times, a whole number, only with --reuse.')
  process.exit(2)
}
if (sizes.some((size) => !(size >= 1000)) || !(count >= 10) || !['debian', 'embedded'].includes(values.server)) {
  console.error('Give sizes of at least 1000 entries, at least 10 questions, and --server debian or embedded.')
  process.exit(2)
}
const programs = binaries(values.server as 'debian' | 'embedded')
const folder = values.folder ?? ownFolder(mkdtempSync(join(tmpdir(), 'bench-register-')))
const cluster = join(folder, 'cluster')
const LOADING = [
  'shared_buffers=2GB',
  'max_wal_size=8GB',
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
]
const SERVING = ['shared_buffers=4GB', 'max_wal_size=4GB', 'autovacuum=off']
const clock = handClock('2026-11-20T06:00:00Z')
const secrets = secretsFrom('a secret for the measurement of the register')
const say = (words: string): void => console.log(words)
const document: Record<string, unknown> = {
  what: 'searching the registers',
  on: new Date().toISOString().slice(0, 10),
  seed: SEED,
  machine: `${cpus().length} cores, ${cpus()[0]?.model ?? ''}`,
  node: [process.version, ...process.execArgv.filter((one) => /semi-space/.test(one)), process.env.NODE_OPTIONS ?? '']
    .join(' ')
    .trim(),
}
const among = Math.min(...sizes) / 1.2
const asked = {
  ordinary: {
    present: questions(SEED, 'ordinary', false, count, among),
    absent: questions(SEED, 'ordinary', true, count, among),
    strangers: strangers(SEED, 'ordinary', count),
  },
  hard: {
    present: questions(SEED, 'hard', false, count, among),
    absent: questions(SEED, 'hard', true, count, among),
    strangers: strangers(SEED, 'hard', count),
  },
}

try {
  say(`families ${JSON.stringify(FAMILY_RATES)}`)
  say(`entries ${JSON.stringify(RATES)}; everyday records ${JSON.stringify(ORDINARY)}`)
  say(`hard questions ${JSON.stringify(HARD)}`)
  const grown = growing(SEED)
  const bySize: unknown[] = []
  for (const [index, size] of sizes.entries()) {
    const loaded = values.reuse ? undefined : await load(grown, size, index === 0)
    const measured = await withDatabase((database, pool) =>
      measure(database, pool, size * times, index === 0 && times === 1),
    )
    bySize.push({
      entries: size * times,
      ...(times > 1 ? { multipliedFrom: size } : {}),
      loadedIn: loaded,
      ...measured,
    })
    keep({ ...document, bySize })
  }
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}

async function load(grown: ReturnType<typeof growing>, size: number, first: boolean): Promise<Record<string, number>> {
  const server = await startServer(programs, cluster, LOADING)
  try {
    if (first) {
      const owner = new pg.Pool(server.at('postgres'))
      await owner.query('create database bench')
      await owner.end()
    }
    const database = await openDatabase({ ...server.at('bench'), max: 4 }, clock)
    await migrate(database.pool)
    mkdirSync(join(folder, 'files'), { recursive: true })
    await seedArea(houseOn(database, secrets, clock, join(folder, 'files')), [])
    try {
      return await loadEntries(database.pool, grown, size, say)
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
  }
}

async function withDatabase<T>(work: (database: Database, pool: pg.Pool) => Promise<T>): Promise<T> {
  const server = await startServer(programs, cluster, SERVING)
  document.server = `PostgreSQL ${server.major}`
  const database = await openDatabase({ ...server.at('bench'), max: 10 }, clock)
  try {
    if (values.reuse) await migrate(database.pool)
    return await work(database, database.pool)
  } finally {
    await database.close()
    await server.stop()
  }
}

async function measure(database: Database, pool: pg.Pool, size: number, first: boolean) {
  const begun = performance.now()
  await askAll(database, secrets, asked.ordinary.present.slice(0, 1))
  const firstAnswer = performance.now() - begun
  const warmed = await warm(pool)
  await askAll(database, secrets, [...asked.ordinary.absent.slice(0, 300), ...asked.hard.absent.slice(0, 300)])
  const kinds = {} as Record<
    Kind,
    ReturnType<typeof judge> &
      Record<'nobodyKnown' | 'relativesKnown', ReturnType<typeof alarms>> & { readonly load: number }
  >
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const relatives = await askAll(database, secrets, asked[kind].absent)
    const nobody = await askAll(database, secrets, asked[kind].strangers)
    const present = await askAll(database, secrets, asked[kind].present)
    kinds[kind] = {
      ...judge(present),
      nobodyKnown: alarms(present, nobody),
      relativesKnown: alarms(present, relatives),
      load: loadavg()[0]!,
    }
    if (first) sayMisses(kind, present)
  }
  const mixed = asked.ordinary.present.flatMap((one, index) => [one, asked.hard.present[index]!])
  // Every connection has searched before: a server's first searches on a new one take three times as long.
  await throughput(database, secrets, [...asked.ordinary.strangers, ...asked.hard.strangers].slice(0, 1200), 6)
  const rate = { ...(await throughput(database, secrets, mixed, 6)), load: loadavg()[0]! }
  const { rows: before } = await pool.query<{ at: Date | null }>('select max(at) as at from register.enquiry')
  // A folder that was measured before has been asked already: a day later nobody is slowed down for it.
  const since = (before[0]?.at?.getTime() ?? 0) - clock.now().getTime()
  if (since > 0) clock.forward(since + 86_400_000)
  const whole = {
    ...(await wholeChecks(houseOn(database, secrets, clock, join(folder, 'files')), clock, mixed.slice(0, 620))),
    load: loadavg()[0]!,
  }
  const { rows } = await pool.query<{ name: string; bytes: string }>(
    `select relname as name, pg_relation_size(oid) as bytes from pg_class where relnamespace = 'register'::regnamespace and relkind in ('r', 'i') and pg_relation_size(oid) > 1000000 order by 2 desc`,
  )
  const bytes = Object.fromEntries(rows.map((row) => [row.name, Number(row.bytes)]))
  const total = Object.values(bytes).reduce((sum, one) => sum + one, 0)
  const peer = first ? await comparePeer(pool, kinds) : undefined
  const goals = [
    ['recall@1 ordinary ≥ .997', kinds.ordinary.recall1, kinds.ordinary.recall1 >= 0.997],
    ['recall@1 hard ≥ .965', kinds.hard.recall1, kinds.hard.recall1 >= 0.965],
    ...accepted(kinds, 'nobodyKnown', 'asked about children of whom and of whose family no register knows'),
    ...accepted(kinds, 'relativesKnown', 'asked about children whose brothers, sisters and twins are known'),
    ['p99 of database and scoring ≤ 3 ms, ordinary', kinds.ordinary.p99, kinds.ordinary.p99 <= 3],
    ['p99 of database and scoring ≤ 3 ms, hard', kinds.hard.p99, kinds.hard.p99 <= 3],
    ['searches a second from one process ≥ 1000', rate.perSecond, rate.perSecond >= 1000],
    ['p99 of the whole check ≤ 25 ms', whole.p99, whole.p99 <= 25],
  ] as const
  say(
    `\n${size} entries, ${(total / 1e9).toFixed(1)} GB, ${Math.round(total / size)} bytes an entry; the first answer after a start ${Math.round(firstAnswer)} ms; load ${loadavg()[0]}`,
  )
  for (const [goal, figure, met] of goals) say(`${met ? 'met   ' : 'MISSED'} ${goal}: ${figure.toFixed(4)}`)
  say(JSON.stringify({ rate, whole, peer }))
  return {
    bytes,
    total,
    bytesAnEntry: Math.round(total / size),
    firstAnswerMilliseconds: Math.round(firstAnswer),
    warmedBytes: warmed,
    ...kinds,
    rate,
    whole,
    ...(peer === undefined ? {} : { peer }),
    goals: goals.map(([goal, figure, met]) => ({ goal, figure, met })),
  }
}

/**
 * Reads into the server's memory what searches read, as far as it fits, so that a server in service is measured and not one that was started a minute
 * ago. Gives the bytes; 0 where the server has no pg_prewarm.
 */
async function warm(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(`select 1 from pg_available_extensions where name = 'pg_prewarm'`)
  if (rowCount === 0) return 0
  await pool.query('create extension if not exists pg_prewarm')
  const { rows } = await pool.query<{ pages: string }>(
    `select sum(pg_prewarm(one)) as pages from unnest(array['register.match_key_k', 'register.entry_pkey', 'register.entry']::regclass[]) as one`,
  )
  return Number(rows[0]!.pages) * 8192
}

/** The right child at one false alarm in a hundred, where false alarms are counted among one sort of unknown children. */
function accepted<Sort extends 'nobodyKnown' | 'relativesKnown'>(
  kinds: Record<Kind, Record<Sort, { readonly acceptedAtOneInAHundred: number }>>,
  sort: Sort,
  whom: string,
): [string, number, boolean][] {
  return (['ordinary', 'hard'] as const).map((kind) => {
    const share = kinds[kind][sort].acceptedAtOneInAHundred
    return [`right child at 1 % false alarms, ${whom}, ${kind} ≥ ${WANTED[kind]}`, share, share >= WANTED[kind]]
  })
}

async function comparePeer(pool: pg.Pool, ours: Record<Kind, { median: number; recall1: number }>) {
  const { rows } = await pool.query(`select 1 from pg_available_extensions where name = 'pg_trgm'`)
  if (rows.length === 0) {
    say('pg_trgm does not come with this server: measure with --server debian')
    return undefined
  }
  await makePeer(pool)
  const entries = await Promise.all(
    (Object.keys(KINDS) as Kind[]).map(async (kind) => [kind, asked[kind].present.slice(0, 100)] as const),
  )
  const found: Record<string, unknown> = {}
  for (const [kind, some] of entries) {
    const theirs = await askPeer(pool, some)
    found[kind] = {
      ...theirs,
      timesAsSlow: theirs.median / ours[kind].median,
      missesToOurs: (1 - theirs.recall1) / Math.max(1 - ours[kind].recall1, 1 / count),
    }
  }
  await pool.query('drop table public.peer')
  return found
}

/** The misses, each with how far the right child was behind, to be looked at one by one. */
function sayMisses(kind: Kind, present: readonly Answered[]): void {
  const missed = present.flatMap((one) => {
    const right = one.candidates.find((found) => Number.parseInt(found.localId, 10) === one.question.person)
    if (right === one.candidates[0]) return []
    return [
      {
        known: one.question.known,
        behind: right === undefined ? 'not among those looked at' : one.candidates[0]!.belief - right.belief,
      },
    ]
  })
  const close = missed.filter((one) => typeof one.behind === 'number' && one.behind < 2).length
  const lost = missed.filter((one) => one.behind === 'not among those looked at').length
  say(
    `${kind}: ${missed.length} of ${present.length} missed: ${close} less than 2 bits behind another, ${lost} not among those looked at`,
  )
  if (process.env.SAY_MISSES === '1') for (const one of missed) say(JSON.stringify(one))
}

function keep(result: Record<string, unknown>): void {
  const results = new URL('../results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const many = times > 1 ? `register-${(sizes[0]! * times) / 1e6}m-multiplied` : undefined
  const name = values.out ?? many ?? (values.server === 'embedded' ? 'register-embedded' : 'register')
  writeFileSync(new URL(`${name}.json`, results), `${JSON.stringify(result, null, 2)}\n`)
}
