import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { errorCode, Fault } from './problems.ts'

// Refused, no socket, starting up, shutting down, connection lost: what a server that is being restarted answers.
const PASSING = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', '57P03', '57P01', '57P02'])
const PATIENCE = 10_000

/** The server is away for a while: a restart, a connection that was cut. */
export const isAway = (error: unknown): boolean =>
  PASSING.has(errorCode(error) ?? '') ||
  (error instanceof Error && /terminated|not queryable|timeout exceeded when trying to connect/i.test(error.message))

/** A connection of the pool, waiting up to ten seconds for a server that is being started again. */
export async function borrow(pool: Pool): Promise<PoolClient> {
  const began = performance.now()
  for (;;) {
    try {
      return await pool.connect()
    } catch (error) {
      if (!isAway(error) || performance.now() - began > PATIENCE) {
        throw new Fault(
          'platform.database-away',
          'The database cannot be reached. Nothing was changed. Try again in a minute.',
          { status: 503, cause: error },
        )
      }
      await pause(100)
    }
  }
}
