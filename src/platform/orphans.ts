import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'

const free = `update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null`
const freeQueues = `update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null`
const freeOwn = `update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_by = any($1::text[]) and id <> all($2::bigint[])`
const freeOthers = `update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null and locked_by <> all($1::text[])`
const freeOthersQueues = `update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null and locked_by <> all($1::text[])`
/** Milliseconds after a start at which it looks again, for a session of the killed process may end, and lock its last job, a little later. */
const LOOKS_AGAIN = [1_000, 3_000, 8_000, 30_000]

export interface Living {
  /** The names of this process's workers in the queue. */
  workers(): readonly string[]
  /** The jobs that they are at. */
  running(): readonly number[]
  /** Milliseconds after an outage until what stands locked and is not run counts as left over; 30 000 unless said. */
  readonly patience?: number
}

/**
 * A worker that was killed leaves the jobs it ran locked, and the queue by itself would wait four hours for it. Whoever starts
 * while no other worker lives frees them; each living worker holds a shared lock of its session. After an outage of the database it takes the
 * lock anew, and frees what the outage left locked under its own name. Gives what ends the holding.
 */
export async function freeOrphans(pool: Pool, living: Living): Promise<() => Promise<void>> {
  let ended = false
  let holding: Holding | undefined
  let later: NodeJS.Timeout | undefined
  const looks: NodeJS.Timeout[] = []
  const again = async (): Promise<void> => {
    while (!ended)
      try {
        holding = await hold(pool, false, again)
        if (ended) return holding.end()
        clearTimeout(later)
        later = setTimeout(() => {
          pool.query(freeOwn, [living.workers(), living.running()]).catch(() => {})
        }, living.patience ?? 30_000)
        later.unref()
        return
      } catch {
        await pause(1_000)
      }
  }
  holding = await hold(pool, true, again)
  for (const after of LOOKS_AGAIN)
    looks.push(setTimeout(() => void holding?.freeIfAlone(living.workers()).catch(() => {}), after).unref())
  return async () => {
    ended = true
    clearTimeout(later)
    for (const one of looks) clearTimeout(one)
    holding?.end()
  }
}

interface Holding {
  /** Frees what is locked by none of these workers, if no other process holds the lock. */
  freeIfAlone(workers: readonly string[]): Promise<void>
  /** Ends the session, which lets go of the lock. */
  end(): void
}

async function hold(pool: Pool, first: boolean, lost: () => Promise<void>): Promise<Holding> {
  const client = await pool.connect()
  let open = true
  let held = false
  const end = (): void => {
    if (open) client.release(true)
    open = false
  }
  const freeIfAlone = async (workers: readonly string[]): Promise<void> => {
    if (workers.length === 0) return
    // A session's own shared lock does not stand in the way of its exclusive one.
    const { rows } = await client.query<{ alone: boolean }>(
      `select pg_try_advisory_lock(hashtext('safehaven.worker')) as alone`,
    )
    if (rows[0]?.alone !== true) return
    try {
      await client.query(freeOthers, [workers])
      await client.query(freeOthersQueues, [workers])
    } finally {
      await client.query(`select pg_advisory_unlock(hashtext('safehaven.worker'))`)
    }
  }
  // Without a listener a connection that breaks would end Node.
  client.on('error', () => {
    if (held && open) void lost()
    end()
  })
  try {
    const alone = first && (await standsAlone(client))
    if (alone) {
      await client.query(free)
      await client.query(freeQueues)
    }
    await client.query(`select pg_advisory_lock_shared(hashtext('safehaven.worker'))`)
    if (alone) await client.query(`select pg_advisory_unlock(hashtext('safehaven.worker'))`)
    if (!open) throw new Error('the connection was lost')
    held = true
    return { end, freeIfAlone }
  } catch (error) {
    end()
    throw error
  }
}

// The server notices within moments that a killed process's sessions have ended.
async function standsAlone(client: PoolClient): Promise<boolean> {
  for (let turn = 0; turn < 5; turn++) {
    if (turn > 0) await pause(200)
    const { rows } = await client.query<{ alone: boolean }>(
      `select pg_try_advisory_lock(hashtext('safehaven.worker')) as alone`,
    )
    if (rows[0]?.alone === true) return true
  }
  return false
}
