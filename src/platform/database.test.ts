import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { type Actor, isFault, sql, system, type Tx } from './index.ts'

const alice: Actor = {
  id: "o'alice\\",
  name: 'Alice',
  kind: 'user',
  agency: 'police',
  role: 'worker',
  permissions: new Set(),
}
const database = await testDatabase()
await database.pool.query(`create schema room; create table room.note (id text primary key, agency text, day date, count bigint);
  alter table room.note enable row level security;
  create policy own on room.note using (platform.acting_as_system() or agency = platform.acting_agency());
  create table room.kept (id int primary key); revoke update, delete on room.kept from safehaven_app`)

describe('a transaction', () => {
  test('happens together or not at all', async () => {
    await expect(
      database.transaction(system, async (tx) => {
        await tx.run(sql`insert into room.note (id) values ('a')`)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await database.transaction(system, (tx) => tx.query(sql`select from room.note`))).toEqual([])
  })

  test('shows a worker only what belongs to their own agency', async () => {
    await database.transaction(system, async (tx) => {
      await tx.run(sql`insert into room.note (id, agency) values ('p', 'police'), ('s', 'school')`)
    })
    const seen = await database.transaction(alice, (tx) =>
      tx.query<{ id: string }>(sql`select id from room.note where id in ('p', 's')`),
    )
    expect(seen.map((row) => row.id)).toEqual(['p'])
    await expect(
      database.transaction(alice, (tx) => tx.run(sql`insert into room.note (id, agency) values ('x', 'school')`)),
    ).rejects.toThrow()
  })

  test('carries names with quotes and backslashes as they are', async () => {
    const row = await database.transaction(alice, (tx) =>
      tx.one<{ user: string }>(sql`select platform.acting_user() as user`),
    )
    expect(row.user).toBe("o'alice\\")
  })

  test('leaves nothing of its actor behind on the connection', async () => {
    await database.transaction(alice, (tx) => tx.query(sql`select 1`))
    const { rows } = await database.pool.query(
      `select current_user as role, current_setting('safehaven.user', true) as user`,
    )
    expect(rows[0]).toEqual({ role: 'safehaven', user: '' })
  })

  test('has no right that a room has taken back', async () => {
    await expect(database.transaction(system, (tx) => tx.run(sql`delete from room.kept`))).rejects.toMatchObject({
      code: '42501',
    })
    await expect(
      database.transaction(system, (tx) => tx.run(sql`create table room.own (id int)`)),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(database.transaction(system, (tx) => tx.run(sql`truncate room.note`))).rejects.toMatchObject({
      code: '42501',
    })
  })

  test('gives days as text and large whole numbers as numbers', async () => {
    const row = await database.transaction(system, (tx) =>
      tx.one(sql`select '2015-12-01'::date as day, 9007199254740991::bigint as count`),
    )
    expect(row).toEqual({ day: '2015-12-01', count: 9007199254740991 })
    await expect(
      database.transaction(system, (tx) => tx.one(sql`select 9007199254740992::bigint as count`)),
    ).rejects.toMatchObject({ code: 'platform.number-too-large' })
  })

  test('keeps what was typed but for the character that PostgreSQL cannot hold', async () => {
    const typed = "Zoë \u202e<script>\0 '; drop table room.note; -- 👧🏽 \ud800"
    const row = await database.transaction(system, (tx) =>
      tx.one<{ typed: string }>(sql`select ${typed}::text as typed`),
    )
    expect(row.typed).toBe("Zoë \u202e<script> '; drop table room.note; -- 👧🏽 \ufffd")
  })

  test('undoes a part of its work alone', async () => {
    const id = randomUUID()
    await database.transaction(system, async (tx) => {
      await tx.run(sql`insert into room.note (id) values (${id})`)
      await tx
        .savepoint(async () => {
          await tx.run(sql`insert into room.note (id) values (${id})`)
        })
        .catch(() => {})
      await tx.run(sql`update room.note set count = 1 where id = ${id}`)
    })
    expect(
      await database.transaction(system, (tx) => tx.one(sql`select count from room.note where id = ${id}`)),
    ).toEqual({ count: 1 })
  })

  test('takes a bulk feed by COPY', async () => {
    const rows = await database.transaction(system, async (tx) => {
      await tx.run(sql`create temporary table feed (like room.note) on commit drop`)
      await tx.copyIn(
        'feed (id, agency)',
        (async function* () {
          for (let i = 0; i < 5000; i++) yield `bulk${i}\tschool\n`
        })(),
      )
      return tx.run(sql`insert into room.note select * from feed`)
    })
    expect(rows).toBe(5000)
  })

  test('is stopped with a sentence when it takes too long', async () => {
    const slow = database.transaction(system, (tx) => tx.query(sql`select pg_sleep(5)`), { statementTimeout: 50 })
    const error = await slow.catch((failure: unknown) => failure)
    expect(isFault(error) && error.code).toBe('platform.too-slow')
  })

  test('says so when a record is not there or stands twice', async () => {
    await expect(database.transaction(system, (tx) => tx.one(sql`select 1 where false`))).rejects.toMatchObject({
      code: 'platform.not-one',
      status: 404,
    })
    await expect(
      database.transaction(system, (tx) => tx.maybe(sql`select generate_series(1, 2)`)),
    ).rejects.toMatchObject({ code: 'platform.not-one' })
  })

  test('survives the loss of every connection', async () => {
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    expect(await database.transaction(system, (tx) => tx.one(sql`select 1 as one`))).toEqual({ one: 1 })
  })
  test('statements asked for at one time run one after another; what waits behind one that fails is never done, not even after the transaction', async () => {
    await database.transaction(system, async (tx) => {
      const rows = await Promise.all(
        [1, 2, 3].map((n) => tx.one<{ n: number }>(sql`select ${n}::int as n, pg_sleep(0.01)::text`)),
      )
      expect(rows.map(({ n }) => n)).toEqual([1, 2, 3])
    })
    const note = (id: string) => sql`insert into room.note (id, agency) values (${id}, 'school')`
    let late: Promise<unknown> | undefined
    const crooked = database.transaction(system, async (tx) => {
      late = Promise.allSettled([
        tx.run(note('turn-1')),
        tx.run(sql`select 1 / 0`),
        tx.run(note('turn-2')),
        tx.run(note('turn-3')),
      ])
      await tx.run(sql`select 1 / 0`)
    })
    await expect(crooked).rejects.toThrow('division by zero')
    expect((await late) as { status: string }[]).toMatchObject([
      { status: 'fulfilled' },
      ...Array(3).fill({ status: 'rejected' }),
    ])
    let kept: Tx | undefined
    await database.transaction(system, async (tx) => {
      kept = tx
      await tx
        .savepoint(() => Promise.all([tx.run(note('turn-4')), tx.run(sql`select 1 / 0`), tx.run(note('turn-5'))]))
        .catch(() => {})
      await tx.run(note('turn-6'))
    })
    await expect(kept!.run(note('turn-7'))).rejects.toMatchObject({ code: 'platform.too-late' })
    const { rows } = await database.pool.query(`select id from room.note where id like 'turn-%'`)
    expect(rows).toEqual([{ id: 'turn-6' }])
  })
})
