import { describe, expect, test } from 'vitest'
import { testHouse } from '../testing/test-house.ts'
import { actIn, anonymous, job, type ManualWork, sql, startWorker, system } from './index.ts'

const payload = { parse: (value: unknown) => value as { id: string } }
const outside: string[] = []
let trouble = 0

const write = job({
  name: 'room.write',
  audit: 'room.written',
  payload,
  async run(ctx, { id }) {
    await ctx.tx.run(sql`insert into room.done (id, actor, at) values (${id}, ${ctx.actor.id}, ${ctx.now})`)
    if (id === 'chain') await ctx.tx.enqueue(write, { id: 'after chain' })
    if (trouble-- > 0) throw new Error('a name that must not be kept')
  },
})
const call = job({
  name: 'room.call',
  audit: 'room.called',
  payload,
  manual: true,
  attempts: 2,
  async run(work: ManualWork, { id }) {
    outside.push(`${id} ${work.attempt} ${work.last}`)
    if (id === 'never') throw new Error('unreachable')
    await work.transaction((ctx) => ctx.tx.run(sql`insert into room.done (id) values (${id})`), { subject: id })
  },
})
const hourly = job({
  name: 'room.hourly',
  audit: 'room.looked',
  payload: { parse: () => ({}) },
  every: '1 hour',
  async run(ctx) {
    await ctx.tx.run(sql`insert into room.done (id) values ('hourly')`)
  },
})

const jobs = [write, call, hourly]
const { house, clock, runJobs, runRecurring, acts } = await testHouse({ jobs })
await house.database.pool.query('create schema room; create table room.done (id text, actor text, at timestamptz)')
const done = async (): Promise<string[]> =>
  (await house.database.pool.query('select id from room.done order by ctid')).rows.map((row) => row.id)
const ask = (id: string, options: { runAt?: Date; key?: string } = {}, wanted: typeof write | typeof call = write) =>
  actIn(house, { actor: anonymous, act: 'room.asked' }, (ctx) => ctx.tx.enqueue(wanted, { id }, options))

describe('a job', () => {
  test('is asked for in the transaction of the change: undone with it, run after it', async () => {
    await expect(
      actIn(house, { actor: system, act: 'x' }, async (ctx) => {
        await ctx.tx.enqueue(write, { id: 'undone' })
        throw new Error('no')
      }),
    ).rejects.toThrow()
    await ask('one')
    expect(await done()).toEqual([])
    expect(await runJobs()).toEqual([])
    expect(await done()).toEqual(['one'])
    expect((await acts()).at(-1)).toMatchObject({ act: 'room.written', actor: 'system', outcome: 'done' })
  })

  test('asks for another, which is run too', async () => {
    await ask('chain')
    expect(await runJobs()).toEqual([])
    expect((await done()).slice(-2)).toEqual(['chain', 'after chain'])
  })

  test('waits for its hour by the clock of the house', async () => {
    await ask('later', { runAt: new Date(clock.now().getTime() + 48 * 3_600_000) })
    await runJobs()
    expect(await done()).not.toContain('later')
    clock.forward(47 * 3_600_000)
    await runJobs()
    expect(await done()).not.toContain('later')
    clock.forward(3_600_000)
    await runJobs()
    expect(await done()).toContain('later')
  })

  test('is replaced by a later one of the same key', async () => {
    await ask('first', { key: 'k' })
    await ask('second', { key: 'k' })
    await runJobs()
    expect(await done()).toContain('second')
    expect(await done()).not.toContain('first')
  })

  test('that fails is undone, recorded, kept for another try, and says nothing of what it held', async () => {
    trouble = 1
    await ask('again')
    expect(await runJobs()).toEqual(['room.write'])
    expect(await done()).not.toContain('again')
    expect((await acts()).at(-1)).toMatchObject({ act: 'room.written', outcome: 'failed' })
    const { rows } = await house.database.pool.query('select last_error from graphile_worker.jobs')
    expect(JSON.stringify(rows)).not.toContain('must not be kept')
    expect(await runJobs({ retry: true })).toEqual([])
    expect(await done()).toContain('again')
  })

  test('is done once, also when the queue runs it again because the end of it was not heard', async () => {
    await ask('once')
    const { rows } = await house.database.pool.query(`select id from graphile_worker.jobs`)
    await house.database.transaction(system, (tx) =>
      tx.run(sql`insert into platform.job_run (job_id, name, ran_at) values (${rows[0].id}, 'room.write', now())`),
    )
    await runJobs()
    expect(await done()).not.toContain('once')
  })

  test('of the outside world runs outside a transaction, and stands in the list of failed jobs when its tries are used up', async () => {
    await ask('call', {}, call)
    await ask('never', {}, call)
    expect(await runJobs()).toEqual(['room.call'])
    expect((await house.database.pool.query('select from platform.failed_job')).rowCount).toBe(0)
    expect(await runJobs({ retry: true })).toEqual(['room.call'])
    expect(outside).toEqual(['call 1 false', 'never 1 false', 'never 2 true'])
    const { rows } = await house.database.pool.query('select name, attempts from platform.failed_job')
    expect(rows).toEqual([{ name: 'room.call', attempts: 2 }])
    expect((await acts()).find((entry) => entry.act === 'room.called')).toMatchObject({ subject: 'call' })
  })

  test('that recurs is run when its hour comes', async () => {
    await runRecurring('room.hourly')
    expect(await done()).toContain('hourly')
  })

  test('is run by the worker of the house soon after the commit', async () => {
    const worker = await startWorker(house, jobs)
    try {
      await ask('soon')
      for (let tries = 0; tries < 600 && !(await done()).includes('soon'); tries++)
        await new Promise((resolve) => setTimeout(resolve, 50))
      expect(await done()).toContain('soon')
    } finally {
      await worker.stop()
    }
  })

  test('that a killed process locked, as its last statement reached the database after the next start, is run all the same', async () => {
    const { pool } = house.database
    const worker = await startWorker(house, jobs)
    try {
      const later = new Date(clock.now().getTime() + 86_400_000)
      await ask('left by the dead', { runAt: later, key: 'left' })
      const { rowCount } = await pool.query(
        `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-dead', run_at = now() where key = 'left'`,
      )
      expect(rowCount).toBe(1)
      await expect.poll(done, { timeout: 60_000, interval: 200 }).toContain('left by the dead')
    } finally {
      await worker.stop()
    }
  }, 90_000)

  test('cannot be read or altered by the application itself', async () => {
    await ask('closed')
    expect(
      await house.database.transaction(system, (tx) => tx.query(sql`select 1 as one from platform.waiting_job`)),
    ).toHaveLength(1)
    for (const statement of [
      sql`delete from graphile_worker._private_jobs`,
      sql`select graphile_worker.add_job('room.write')`,
    ])
      await expect(
        house.database.transaction(system, async (tx) => {
          if ((await tx.run(statement)) > 0) return
          throw new Error('nothing touched')
        }),
      ).rejects.toThrow()
  })
})
