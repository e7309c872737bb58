import { setTimeout as pause } from 'node:timers/promises'
import type { House } from '../../platform/index.ts'

/**
 * Runs while this process alone holds the messages; those that another holds are left to it. The locks are the session's, so a killed process
 * lets go of them by itself, and so does one whose connection is cut: what is under way then is told apart by what was noted before it left.
 */
export async function alone(
  house: House,
  ids: readonly string[],
  run: (own: readonly string[]) => Promise<void>,
): Promise<void> {
  const client = await house.database.pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  // Without a listener a connection that is cut would end Node.
  client.on('error', onError)
  try {
    const own: string[] = []
    // The server may take a moment to see that a killed process is gone.
    for (let turn = 0; turn < 30 && own.length < ids.length; turn++) {
      if (turn > 0) await pause(100)
      const { rows } = await client.query<{ id: string; held: boolean }>(
        'select i.id, pg_try_advisory_lock(hashtextextended(i.id, 71)) as held from unnest($1::text[]) as i (id)',
        [ids.filter((id) => !own.includes(id))],
      )
      own.push(...rows.filter((one) => one.held).map((one) => one.id))
    }
    try {
      if (own.length > 0) await run(own)
    } finally {
      await client
        .query('select pg_advisory_unlock(hashtextextended(i.id, 71)) from unnest($1::text[]) as i (id)', [own])
        .catch(onError)
    }
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
