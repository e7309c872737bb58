import { createServer } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Server } from '../../../bench/register/server.ts'
import { mountHealth } from '../../api/health.ts'
import { actorFor, userByName } from '../../people/index.ts'
import { actIn, type Context, handClock, type Log, type Replicas, sql, system, type Tx } from '../../platform/index.ts'
import { seedArea } from '../../testing/area/index.ts'
import { checkChild } from '../check-child.ts'
import type { Entry } from '../entry.ts'
import { importTold } from '../import-feed.ts'
import { candidatesFor } from '../search.ts'
import { openServers, until } from './replicas.fixture.ts'

const clock = handClock('2026-11-20T10:00:00Z')
const servers = await openServers(clock)
afterAll(servers.close, 60_000)
const { house } = servers
let one: Server
let two: Server
let both: Replicas
beforeAll(async () => {
  await seedArea(house, [])
  one = await servers.follow('one')
  two = await servers.follow('two')
  both = await servers.replicas([servers.url('one'), servers.url('two')])
}, 180_000)

const named = (given: string): Entry => ({
  names: [{ given, family: 'Okonkwo-Vass', kind: 'legal' }],
  born: { date: '2015-03-09' },
})
const feedIn = (ctx: Context, localId: string, entry: Entry) =>
  importTold(ctx, {
    source: 'csv',
    authority: 'kirkvale',
    told: [{ kind: 'entry', line: 1, localId, entry, flagged: [] }],
  })
const fed = (localId: string, entry: Entry) =>
  actIn(house, { actor: system, act: 'test.fed' }, (ctx) => feedIn(ctx, localId, entry))

/** Who is found, and whether the primary was searched for it. */
async function seek(given: string, replicas: Replicas) {
  return house.database.transaction(system, async (tx) => {
    const asked: string[] = []
    const watched: Tx = {
      ...tx,
      maybe: (statement) => {
        asked.push(statement.text)
        return tx.maybe(statement)
      },
    }
    const ctx = { tx: watched, secrets: house.secrets, now: clock.now(), replicas }
    const { candidates } = await candidatesFor(ctx, {
      names: [{ given, family: 'Okonkwo-Vass' }],
      born: ['2015-03-09'],
    })
    return {
      found: candidates.filter((it) => it.accepted).map((it) => it.localId),
      shielded: candidates.filter((it) => it.shielded).map((it) => it.localId),
      onPrimary: asked.some((text) => text.includes('register.sharing')),
    }
  })
}
const states = (replicas: Replicas) => replicas.standing().map(({ state }) => state)
const allReady = (replicas: Replicas) => () => states(replicas).every((state) => state === 'ready')
const onReplica = (given: string, replicas: Replicas) =>
  until(`${given} is found on a replica`, async () => {
    const { found, onPrimary } = await seek(given, replicas)
    return !onPrimary && found.length === 1
  })

async function tell(server: Server, statement: string): Promise<void> {
  const client = new pg.Client(server.at('hub'))
  await client.connect()
  await client.query(statement)
  await client.end()
}

describe('searches on read replicas', { timeout: 180_000 }, () => {
  test('go to each in its turn and answer as the primary does; the whole check too', async () => {
    await fed('Z-1', named('Zephyrine'))
    await until('both are ready', allReady(both))
    await onReplica('Zephyrine', both)
    const asked = new Map<string, number>()
    for (let n = 0; n < 6; n++) {
      const server = await both.read(system, (tx) =>
        tx.one<{ it: string }>(sql`select pg_postmaster_start_time()::text as it`),
      )
      asked.set(server!.it, (asked.get(server!.it) ?? 0) + 1)
    }
    expect([...asked.values()]).toEqual([3, 3])
    const alice = actorFor((await house.database.transaction(system, (tx) => userByName(tx, 'alice')))!)
    const answer = await actIn({ ...house, replicas: both }, { actor: alice, act: 'register.checked' }, (ctx) =>
      checkChild(ctx, {
        known: { name: 'Zefirine Okonkwo Vas', born: '2015-03-09' },
        purpose: 'register-check',
        ground: 'register-check',
        needToKnow: 'Bruising seen today',
        proportionate: true,
      }),
    )
    expect(answer.outcome).toBe('known')
  })

  test('give a user nothing: row security and the search’s own doors hold on a replica', async () => {
    const alice = actorFor((await house.database.transaction(system, (tx) => userByName(tx, 'alice')))!)
    const ofAlice = await both.read({ ...alice, agency: 'marlow-dene' }, async (tx) => [
      ...(await tx.query(sql`select id from register.entry`)),
      ...(await tx.query(sql`select * from register.sharing((select array_agg(k) from register.match_key), 10, true)`)),
      ...(await tx.query(sql`select * from register.details('{1,2,3,4,5,6,7,8,9}')`)),
    ])
    expect(ofAlice).toEqual([])
    await until('the replicas have its keys', async () => {
      const keys = await both.read(system, (tx) => tx.query(sql`select k from register.match_key limit 1`))
      return keys?.length === 1
    })
    // Who has not stepped past the wall on the primary gets past none on a replica.
    const behindTheWall = await house.database.transaction(alice, (tx) =>
      candidatesFor(
        { tx, secrets: house.secrets, now: clock.now(), replicas: both },
        { names: [{ given: 'Zephyrine', family: 'Okonkwo-Vass' }] },
      ),
    )
    expect(behindTheWall.candidates).toEqual([])
    expect(await both.read(system, (tx) => tx.query(sql`delete from register.entry returning id`))).toBeUndefined()
    await until('both are ready again', allReady(both))
  })

  test('never miss what was acknowledged: while a replica lags the primary is asked, for new children and for those just shielded', async () => {
    await fed('Y-1', named('Yolanthe'))
    await onReplica('Yolanthe', both)
    for (const server of [one, two]) await tell(server, 'select pg_wal_replay_pause()')
    await fed('X-1', named('Xanthippe'))
    await fed('Y-1', { ...named('Yolanthe'), shielded: { because: 'adoption', visibleTo: ['imran'] } })
    for (let n = 0; n < 3; n++) {
      expect(await seek('Xanthippe', both)).toMatchObject({ found: ['X-1'], onPrimary: true })
      expect(await seek('Yolanthe', both)).toMatchObject({ shielded: ['Y-1'], onPrimary: true })
    }
    expect(states(both)).toEqual(['behind', 'behind'])
    for (const server of [one, two]) await tell(server, 'select pg_wal_replay_resume()')
    await onReplica('Xanthippe', both)
    await until('both are ready', allReady(both))
    expect((await seek('Yolanthe', both)).shielded).toEqual(['Y-1'])
  })

  test('find what the same transaction has fed and not yet committed', async () => {
    await until('both are ready', allReady(both))
    await actIn({ ...house, replicas: both }, { actor: system, act: 'test.fed' }, async (ctx) => {
      await feedIn(ctx, 'W-1', named('Wilhelmina'))
      const person = { names: [{ given: 'Wilhelmina', family: 'Okonkwo-Vass' }], born: ['2015-03-09'] }
      expect((await candidatesFor(ctx, person)).candidates[0]?.localId).toBe('W-1')
    })
    await onReplica('Wilhelmina', both)
  })

  test('count each writing transaction once, on a line of its own while another writes', async () => {
    const { pool } = house.database
    const lines = async () =>
      (await pool.query('select line, steps::int from register.change order by line')).rows as { steps: number }[]
    const sum = async () => (await lines()).reduce((total, { steps }) => total + steps, 0)
    const before = await sum()
    const [first, second] = [await pool.connect(), await pool.connect()]
    const touch = `update register.entry set changed_at = now() where false`
    await first.query(`begin; ${touch}; ${touch}`)
    await second.query(`begin; ${touch}; delete from register.match_key where false`)
    await first.query('commit')
    await second.query('rollback')
    expect(await sum()).toBe(before + 1)
    await second.query(touch)
    expect(await sum()).toBe(before + 2)
    first.release()
    second.release()
    expect((await lines()).length).toBeLessThanOrEqual(3)
  })

  test('go to the primary when a replica is killed, which /health says, and return to it by themselves', async () => {
    const words: string[] = []
    const say = (what: string, facts?: object) => void words.push(`${what} ${JSON.stringify(facts)}`)
    const log: Log = { info: say, warn: say, fault() {} }
    const alone = await servers.replicas([servers.url('one')], undefined, log)
    await until('it is ready', allReady(alone))
    await onReplica('Zephyrine', alone)
    const app = Fastify()
    await mountHealth(app, { ...house, replicas: alone })
    const health = async () => (await app.inject({ url: '/health' })).json()
    expect(await health()).toMatchObject({ status: 'ok', replicas: [{ state: 'ready' }] })
    await servers.kill(one)
    expect(await seek('Zephyrine', alone)).toMatchObject({ found: ['Z-1'], onPrimary: true })
    expect(await health()).toMatchObject({
      status: 'ok',
      replicas: [{ state: 'away', because: expect.stringContaining('does not answer') }],
    })
    expect(words.at(-1)).toContain('searches go to the primary instead of this read replica')
    expect(words.join()).not.toContain('user=')
    one = await servers.start('one')
    await onReplica('Zephyrine', alone)
    expect(words.at(-1)).toContain('searches go to this read replica again')
    await app.close()
  })

  test('wait for a silent or a slow replica no longer than the bound, and leave it alone for a while', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as { port: number }
    const dumb = await servers.replicas([`postgres://safehaven@127.0.0.1:${port}/hub`], 300)
    await until('it is found to be away', () => dumb.standing()[0]!.because!.includes('does not answer'))
    expect(await seek('Zephyrine', dumb)).toMatchObject({ found: ['Z-1'], onPrimary: true })
    silent.close()

    const slow = await servers.replicas([servers.url('two')], 2_000)
    await until('it is ready', allReady(slow))
    const begun = performance.now()
    expect(await slow.read(system, (tx) => tx.query(sql`select pg_sleep(120)`))).toBeUndefined()
    expect(performance.now() - begun).toBeLessThan(60_000)
    expect(states(slow)).toEqual(['away'])
    await onReplica('Zephyrine', slow)
  })

  test('are refused, with what to do, by a primary, a server of another cluster, another database or another version', async () => {
    await servers.start('stranger')
    const unfit = await servers.replicas([
      servers.url('primary'),
      servers.url('stranger', 'postgres'),
      servers.url('two', 'postgres'),
      servers.url('two', 'nowhere'),
    ])
    await until('all are looked at', () => states(unfit).every((state) => state === 'refused'))
    expect(unfit.standing().map(({ because }) => because)).toEqual([
      expect.stringMatching(/is a primary and follows nobody.*pg_basebackup -R.*DATABASE_READ_URL/),
      expect.stringMatching(/another cluster/),
      expect.stringMatching(/another database/),
      expect.stringMatching(/no database of the name/),
    ])
    expect(await seek('Zephyrine', unfit)).toMatchObject({ found: ['Z-1'], onPrimary: true })

    await tell(two, 'select pg_wal_replay_pause()')
    const later = await servers.replicas([servers.url('two')])
    await until('it is ready', allReady(later))
    await house.database.pool.query(
      `insert into platform.migration (name, checksum) values ('9999-of-tomorrow.sql', 'x')`,
    )
    await until('the older version is noticed', () => states(later)[0] === 'refused')
    expect(later.standing()[0]!.because).toContain('another version of Safehaven')
    expect(await seek('Zephyrine', later)).toMatchObject({ found: ['Z-1'], onPrimary: true })
    await tell(two, 'select pg_wal_replay_resume()')
    await onReplica('Zephyrine', later)
  })
})
