import { EventEmitter } from 'node:events'
import type { Runner, RunnerOptions, Task, TaskList, WorkerEvents } from 'graphile-worker'
import sql from 'sql-template-tag'
import { system } from './actor.ts'
import { actIn, type House } from './context.ts'
import type { AnyJob, ManualWork } from './job.ts'
import { freeOrphans } from './orphans.ts'
import { patientPool } from './patient-pool.ts'
import { Fault } from './problems.ts'
import { cronOf } from './recurrence.ts'

// What `enqueueStatement` wrote; a recurring job's own call has no payload.
function payloadOf(raw: unknown): unknown {
  return (typeof raw === 'object' && raw !== null && 'payload' in raw ? raw.payload : undefined) ?? {}
}

/** Runs jobs until it is stopped. `stop` waits for those that run, up to ten seconds. */
export async function startWorker(house: House, jobs: readonly AnyJob[]): Promise<{ stop(): Promise<void> }> {
  const { parseCronItems, run } = await import('graphile-worker')
  const recurring = jobs.filter((one) => one.every !== undefined)
  const items = recurring.map((one) => ({
    task: one.name,
    match: cronOf(one.every!),
    identifier: one.name,
    options: { backfillPeriod: 0, maxAttempts: 3, jobKey: `every:${one.name}`, jobKeyMode: 'preserve_run_at' as const },
  }))
  const workers: string[] = []
  const running = new Set<number>()
  const events: WorkerEvents = new EventEmitter()
  events.on('worker:create', ({ worker }) => void workers.push(worker.workerId))
  let stopped = false
  const release = await freeOrphans(house.database.pool, { workers: () => workers, running: () => [...running] })
  const pgPool = patientPool(house.database.pool, () => stopped)
  const runner: Runner = await run(
    { ...(await settings(house)), pgPool, events, concurrency: 4, pollInterval: 1_000, noHandleSignals: true },
    tasksOf(house, jobs, running),
    parseCronItems(items),
  )
  runner.promise.catch((error) => house.log.fault('the job worker has ended', error))
  return {
    stop: () => {
      stopped = true
      return runner
        .stop()
        .catch(() => {})
        .finally(release)
    },
  }
}

/**
 * Runs every job that is due by the house's clock, and those that they enqueue, then returns; for tests and commands. A job that
 * waits after a failed try is tried again only with `retry`. Gives the names of jobs that now stand failed or waiting for another try.
 */
export async function runDueJobs(
  house: House,
  jobs: readonly AnyJob[],
  options: { retry?: boolean } = {},
): Promise<string[]> {
  const { runOnce } = await import('graphile-worker')
  for (let round = 0; round < 20; round++) {
    const { rowCount } = await house.database.pool.query(
      `update graphile_worker._private_jobs set run_at = now()
       where locked_at is null and attempts < max_attempts and run_at > now() and ((attempts = 0 and (payload->>'due')::timestamptz <= $1) or ($2 and attempts > 0))`,
      [house.clock.now(), options.retry === true && round === 0],
    )
    await runOnce({ ...(await settings(house)), concurrency: 1, noHandleSignals: true }, tasksOf(house, jobs))
    if (rowCount === 0) break
  }
  const { rows } = await house.database.pool.query<{ name: string }>(
    `select task_identifier as name from graphile_worker.jobs where attempts > 0 order by id`,
  )
  return rows.map((row) => row.name)
}

/** Runs one recurring job now, whatever its hour; for tests and commands. */
export async function runRecurring(house: House, one: AnyJob): Promise<void> {
  await perform(house, one, {}, { id: undefined, attempt: 1, last: true })
}

async function settings(house: House): Promise<RunnerOptions> {
  const { Logger } = await import('graphile-worker')
  // The queue's own log prints payloads' tasks and errors; ours says what an operator needs.
  return { pgPool: house.database.pool, logger: new Logger(() => () => {}), crontab: '' }
}

function tasksOf(house: House, jobs: readonly AnyJob[], running?: Set<number>): TaskList {
  const names = jobs.map((one) => one.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Fault('platform.job-twice', `Two jobs are called ${twice}.`)
  return Object.fromEntries(jobs.map((one) => [one.name, taskOf(house, one, running)]))
}

function taskOf(house: House, one: AnyJob, running?: Set<number>): Task {
  return async (raw, { job: { id, attempts, max_attempts } }) => {
    const last = attempts >= max_attempts
    running?.add(Number(id))
    try {
      await perform(house, one, payloadOf(raw), { id: Number(id), attempt: attempts, last })
    } catch (error) {
      house.log.fault(last ? 'a job has failed for good' : 'a job has failed and will be tried again', error, {
        job: one.name,
        attempt: attempts,
      })
      // The queue keeps this text beside the job; only our own sentences are free of what a record says.
      throw new Error(
        error instanceof Fault ? `${error.code}: ${error.sentence} (${error.reference})` : 'unexpected; see the log',
      )
    } finally {
      running?.delete(Number(id))
    }
  }
}

interface Turn {
  readonly id: number | undefined
  readonly attempt: number
  readonly last: boolean
}

async function perform(house: House, one: AnyJob, raw: unknown, turn: Turn): Promise<void> {
  const payload = one.payload.parse(raw)
  if (one.manual === true) {
    const work: ManualWork = {
      house,
      actor: system,
      now: house.clock.now(),
      attempt: turn.attempt,
      last: turn.last,
      transaction: (run, act = {}) => actIn(house, { actor: system, ...act, act: act.act ?? one.audit }, run),
    }
    return one.run(work, payload)
  }
  const { id } = turn
  if (id !== undefined && (await hasRun(house, id))) return
  await actIn(
    house,
    {
      actor: system,
      act: one.audit,
      ...(id === undefined ? {} : { detail: { job: id } }),
      transaction: { statementTimeout: 0 },
    },
    async (ctx) => {
      if (id !== undefined)
        await ctx.tx.run(
          sql`insert into platform.job_run (job_id, name, ran_at) values (${id}, ${one.name}, ${ctx.now})`,
        )
      await one.run(ctx, payload)
    },
  )
}

async function hasRun(house: House, id: number): Promise<boolean> {
  const { rowCount } = await house.database.pool.query('select from platform.job_run where job_id = $1', [id])
  return rowCount === 1
}
