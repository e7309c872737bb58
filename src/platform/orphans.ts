import type { Pool, PoolClient } from 'pg'

const free = `update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null`
const freeQueues = `update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null`

/**
 * A worker that was killed leaves the jobs it ran locked, and the queue by itself would wait four hours for it. Whoever starts
 * while no other worker lives frees them; each living worker holds a shared lock of its session. Gives what ends the holding.
 */
export async function freeOrphans(pool: Pool): Promise<() => Promise<void>> {
  const client = await pool.connect()
  try {
    const alone = await standsAlone(client)
    if (alone) {
      await client.query(free)
      await client.query(freeQueues)
    }
    await client.query(`select pg_advisory_lock_shared(hashtext('safehaven.worker'))`)
    if (alone) await client.query(`select pg_advisory_unlock(hashtext('safehaven.worker'))`)
  } catch (error) {
    client.release(true)
    throw error
  }
  client.on('error', () => {})
  // Ending the session lets go of the lock.
  return async () => client.release(true)
}

// The server notices within moments that a killed process's sessions have ended.
async function standsAlone(client: PoolClient): Promise<boolean> {
  for (let turn = 0; turn < 5; turn++) {
    if (turn > 0) await new Promise((resolve) => setTimeout(resolve, 200))
    const { rows } = await client.query<{ alone: boolean }>(
      `select pg_try_advisory_lock(hashtext('safehaven.worker')) as alone`,
    )
    if (rows[0]?.alone === true) return true
  }
  return false
}
