/**
 * The register on several machines, tried on loopback: `node --import tsx bench/register/replicas.ts [--entries 100000] [--questions 500]`. A primary with
 * two streaming replicas (Debian's PostgreSQL; the embedded one brings no pg_basebackup). The same questions are put to each and must be
 * answered the same; a child fed on the primary must be found on both. Then as DATABASE_READ_URL has it: searches are spread over both; while replaying
 * is halted a child just fed is found all the same; a replica is killed and comes back. The primary is killed, a replica promoted, and nothing that was
 * acknowledged may be missing; last, the keys are divided sixteen ways by hash and must answer the same once more.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import {
  actIn,
  type Database,
  handClock,
  migrate,
  openDatabase,
  openReplicas,
  quietLog,
  type Replicas,
  secretsFrom,
  sql,
  system,
} from '../../src/platform/index.ts'
import { importTold } from '../../src/register/index.ts'
import { candidatesFor } from '../../src/register/search.ts'
import { seedArea } from '../../src/testing/area/index.ts'
import { houseOn } from '../../src/testing/house-on.ts'
import { askAll, type Question, questions, throughput } from './ask.ts'
import { growing, loadEntries } from './load.ts'
import { binaries, ownFolder, run, type Server, startServer } from './server.ts'

const SEED = 20_260_429
const { values } = parseArgs({
  options: { entries: { type: 'string', default: '100000' }, questions: { type: 'string', default: '500' } },
})
const entries = Number(values.entries)
const count = Number(values.questions)
const programs = binaries('debian')
const folder = ownFolder(mkdtempSync(join(tmpdir(), 'bench-replicas-')))
const clock = handClock('2026-11-20T10:00:00Z')
const secrets = secretsFrom('a secret for the measurement of the register')
const servers: Server[] = []
const databases: Database[] = []
const SETTINGS = ['shared_buffers=256MB', 'autovacuum=off', 'max_wal_size=2GB']
const NAMES = {
  'new-0': { given: 'Xanthippe', family: 'Thistlewood' },
  'new-1': { given: 'Zephyrine', family: 'Okonkwo-Vass' },
  'new-2': { given: 'Quillon', family: 'Xyzzyvarth' },
  'new-3': { given: 'Ottilie', family: 'Quartermaine' },
}
const wrong: string[] = []
const result: Record<string, unknown> = {
  what: 'the register on a primary and two replicas',
  entries,
  on: new Date().toISOString().slice(0, 10),
}

try {
  await tryIt()
} finally {
  await Promise.allSettled(databases.map((one) => one.close()))
  await Promise.allSettled(servers.map((one) => one.stop()))
  rmSync(folder, { recursive: true, force: true })
}
const results = new URL('../results/', import.meta.url)
mkdirSync(results, { recursive: true })
writeFileSync(new URL('register-replicas.json', results), `${JSON.stringify({ ...result, wrong }, null, 2)}\n`)
console.log(JSON.stringify(result, null, 2))
console.log(wrong.length === 0 ? 'everything as it should be' : `WRONG: ${wrong.join('; ')}`)
process.exit(wrong.length === 0 ? 0 : 1)

async function tryIt(): Promise<void> {
  const primary = await start('primary', SETTINGS)
  result.server = `PostgreSQL ${primary.server.major}`
  const owner = new pg.Pool(primary.server.at('postgres'))
  await owner.query('create database bench')
  const main = await open(primary.server)
  result.migrations = (await migrate(main.pool)).length
  const house = houseOn(main, secrets, clock, join(folder, 'files'))
  mkdirSync(join(folder, 'files'))
  await seedArea(house, [])
  await loadEntries(main.pool, growing(SEED), entries, () => {})

  const replicas = [await follow('one', primary.port), await follow('two', primary.port)]
  await owner.query(`alter system set synchronous_standby_names = 'ANY 1 (*)'`)
  await owner.query('select pg_reload_conf()')
  await owner.end()
  const followers = [await open(replicas[0]!.server), await open(replicas[1]!.server)]
  await until('both replicas follow', async () => {
    const { rows } = await main.pool.query(
      `select 1 from pg_stat_replication where state = 'streaming' and replay_lsn >= pg_current_wal_lsn()`,
    )
    return rows.length === 2
  })

  const asked = questions(SEED, 'hard', false, count, entries / 1.3)
  const everywhere = [main, ...followers]
  const answers = await Promise.all(everywhere.map((one) => answersOf(one, asked)))
  expect(
    'both replicas answer as the primary does',
    answers.every((one) => one === answers[0]),
  )
  result.questions = asked.length
  result.primaryAlone = (await throughput(main, secrets, asked, 6)).perSecond
  const begun = performance.now()
  await Promise.all(
    everywhere.map((one, index) =>
      throughput(
        one,
        secrets,
        asked.filter((_, at) => at % 3 === index),
        2,
      ),
    ),
  )
  result.spreadOverThree = asked.length / ((performance.now() - begun) / 1000)

  const refused = await followers[0]!
    .transaction(system, (tx) => tx.run(sql`update register.standing set fed_at = now()`))
    .catch((error: Error) => error.message)
  expect('a replica refuses to be written to', String(refused).includes('read-only'))
  result.millisecondsUntilFound = await feedAndFind(house, followers, 'new-1')

  const url = ({ port }: { port: number }): string => `postgres://safehaven@127.0.0.1:${port}/bench`
  await bySetting(main, house, replicas, followers, url, asked)

  await main.close()
  databases.splice(databases.indexOf(main), 1)
  await primary.server.kill()
  servers.splice(servers.indexOf(primary.server), 1)
  const killed = performance.now()
  // whichever has received more is promoted: with a quorum of one, one of them has all that was acknowledged
  const [first, second] = await Promise.all(followers.map(received))
  const heir = followers[first! >= second! ? 0 : 1]!
  await heir.pool.query('select pg_promote(true)')
  await heir.pool.query(`alter system set synchronous_standby_names = ''`)
  await heir.pool.query('select pg_reload_conf()')
  await until(
    'the heir can be written to',
    async () => !(await heir.pool.query('select pg_is_in_recovery() as is')).rows[0].is,
  )
  result.millisecondsUntilPromoted = Math.round(performance.now() - killed)
  const { rows } = await heir.pool.query(`select count(*)::int as n from register.entry`)
  expect('nothing acknowledged is missing after the primary was killed', rows[0].n === entries + 2)
  const anew = houseOn(heir, secrets, clock, join(folder, 'files'))
  await feedAndFind(anew, [heir], 'new-2')
  const left = await openReplicas(replicas.map(url), heir.pool, clock, quietLog)
  await until('both are looked at', async () => left.standing().every(({ because }) => !because?.includes('not been')))
  expect(
    'the heir is refused as its own replica',
    left.standing().some(({ state }) => state === 'refused'),
  )
  await feedAndFind({ ...anew, replicas: left }, [heir], 'new-3', left)
  expect(
    'the replica that still follows the dead primary is not searched for what came since',
    left.standing().some(({ state }) => state === 'behind'),
  )
  await left.close()

  const before = await answersOf(heir, asked)
  await divideKeys(heir)
  expect('keys divided sixteen ways by hash answer the same', (await answersOf(heir, asked)) === before)
  const plan = await heir.pool.query(`explain select entry_id from register.match_key where k = 42`)
  expect(
    'and only one of the sixteen is looked into',
    new Set(plan.rows.flatMap((row) => /Scan .*match_key_(\d+)/.exec(row['QUERY PLAN'])?.[1] ?? [])).size === 1,
  )
}

type Started = Awaited<ReturnType<typeof start>>

/** The searches of a house that has DATABASE_READ_URL. */
async function bySetting(
  main: Database,
  house: ReturnType<typeof houseOn>,
  replicas: readonly Started[],
  followers: readonly Database[],
  url: (one: Started) => string,
  asked: readonly Question[],
): Promise<void> {
  const reading = await openReplicas(replicas.map(url), main.pool, clock, quietLog)
  const ready = async () => reading.standing().every(({ state }) => state === 'ready')
  await until('both replicas are ready', ready)
  const transactions = async (database: Database): Promise<number> => {
    await database.pool.query('select pg_stat_force_next_flush()')
    const { rows } = await database.pool.query(
      `select xact_commit::int as n from pg_stat_database where datname = current_database()`,
    )
    return rows[0].n
  }
  const before = await Promise.all(followers.map(transactions))
  const found = JSON.stringify(slim(await askAll(main, secrets, asked, reading)))
  expect('by DATABASE_READ_URL the answers are the primary’s', found === (await answersOf(main, asked)))
  // A server counts what a connection did when that has been idle for ten seconds.
  let served: number[] = []
  const half = await until('each replica has answered half of them', async () => {
    served = (await Promise.all(followers.map(transactions))).map((n, index) => n - before[index]!)
    return served.every((n) => n >= asked.length * 0.45)
  }).then(
    () => true,
    () => false,
  )
  expect('and each replica gave about half of them', half)
  result.bySettingServed = served
  const rate = await throughput(main, secrets, asked, 6, reading)
  result.bySetting = { perSecond: rate.perSecond, nodeMilliseconds: rate.nodeMilliseconds }

  for (const one of followers) await one.pool.query('select pg_wal_replay_pause()')
  result.millisecondsUntilFoundWhileHalted = await feedAndFind(
    { ...house, replicas: reading },
    [main],
    'new-0',
    reading,
  )
  expect(
    'while replaying is halted a child just fed is found',
    reading.standing().some(({ state }) => state === 'behind'),
  )
  for (const one of followers) await one.pool.query('select pg_wal_replay_resume()')
  await until('both replicas have caught up', ready)

  const [first] = replicas
  const folderOfFirst = first!.server.folder
  await first!.server.kill()
  const took: number[] = []
  for (const question of asked.slice(0, 20)) {
    const begun = performance.now()
    await askAll(main, secrets, [question], reading)
    took.push(performance.now() - begun)
  }
  result.slowestSearchAfterAReplicaWasKilled = Math.round(Math.max(...took))
  expect('after a replica was killed every search is answered within a second', Math.max(...took) < 1_000)
  expect('and the house says which is away', reading.standing()[0]!.state === 'away')
  const restarted = await startServer(programs, folderOfFirst, SETTINGS, first!.port)
  servers.splice(servers.indexOf(first!.server), 1, restarted)
  const back = performance.now()
  await until('it is asked again', ready)
  result.millisecondsUntilAReplicaIsAskedAgain = Math.round(performance.now() - back)
  await reading.close()
}

function slim(answered: Awaited<ReturnType<typeof askAll>>) {
  return answered.map(({ candidates }) => candidates.map((one) => [one.id, one.belief, one.accepted]))
}

async function start(name: string, settings: readonly string[]): Promise<{ server: Server; port: number }> {
  const port = await freePort()
  const server = await startServer(programs, join(folder, name), settings, port)
  servers.push(server)
  return { server, port }
}

async function follow(name: string, port: number): Promise<{ server: Server; port: number }> {
  const words = [
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-U',
    'safehaven',
    '-D',
    join(folder, name),
    '-R',
    '-X',
    'stream',
    '-c',
    'fast',
  ]
  run(join(programs, 'pg_basebackup'), words)
  return start(name, SETTINGS)
}

async function open(server: Server): Promise<Database> {
  const database = await openDatabase({ ...server.at('bench'), max: 8 }, clock)
  databases.push(database)
  return database
}

async function answersOf(database: Database, asked: readonly Question[]): Promise<string> {
  const answered = await askAll(database, secrets, asked)
  return JSON.stringify(slim(answered))
}

/** Feeds one child as an authority does, and waits until every one of these databases finds it. */
async function feedAndFind(
  house: ReturnType<typeof houseOn>,
  where: readonly Database[],
  localId: string,
  replicas?: Replicas,
): Promise<number> {
  const names = [{ ...NAMES[localId as keyof typeof NAMES], kind: 'legal' as const }]
  const told = [
    { kind: 'entry' as const, line: 1, localId, entry: { names, born: { date: '2015-03-09' } }, flagged: [] },
  ]
  await actIn(house, { actor: system, act: 'bench.fed' }, (ctx) =>
    importTold(ctx, { source: 'api', authority: 'kirkvale', told }),
  )
  const begun = performance.now()
  for (const database of where)
    await until(`${localId} is found`, () =>
      database.transaction(system, async (tx) => {
        const person = { names: [names[0]!], born: ['2015-03-09'] }
        const { candidates } = await candidatesFor(
          { tx, secrets, now: clock.now(), ...(replicas === undefined ? {} : { replicas }) },
          person,
        )
        return candidates[0]?.localId === localId
      }),
    )
  return Math.round(performance.now() - begun)
}

async function received(database: Database): Promise<bigint> {
  const { rows } = await database.pool.query(`select (pg_last_wal_receive_lsn() - '0/0')::text as at`)
  return BigInt(rows[0].at)
}

/** What docs/scale.md says for very large registers, done. */
async function divideKeys(database: Database): Promise<void> {
  const parts = Array.from(
    { length: 16 },
    (_, part) =>
      `create table register.match_key_${part} partition of register.match_key for values with (modulus 16, remainder ${part});`,
  )
  await database.pool.query(`begin;
    alter table register.match_key rename to match_key_whole;
    alter index register.match_key_k rename to match_key_whole_k;
    create table register.match_key (k bigint not null, entry_id bigint not null references register.entry on delete cascade) partition by hash (k);
    ${parts.join('\n')}
    insert into register.match_key select k, entry_id from register.match_key_whole;
    create index match_key_k on register.match_key (k, entry_id);
    alter table register.match_key enable row level security;
    create policy system_only on register.match_key using (platform.acting_as_system()) with check (platform.acting_as_system());
    grant select, insert, update, delete on register.match_key to safehaven_app;
    create trigger note_change after insert or update or delete or truncate on register.match_key for each statement execute function register.note_change();
    drop table register.match_key_whole;
    commit`)
  await database.pool.query('analyze register.match_key')
}

function expect(what: string, holds: boolean): void {
  console.log(`${holds ? 'yes  ' : 'WRONG'} ${what}`)
  if (!holds) wrong.push(what)
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (await holds()) return
    await pause(10)
  }
  throw new Error(`Waited half a minute in vain: ${what}.`)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
