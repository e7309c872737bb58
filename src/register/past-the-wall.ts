import { sql, type Tx } from '../platform/index.ts'

/**
 * Does a few statements as the system, in the same transaction, and returns behind the wall of row security whatever happens. Only this
 * room's search and its record of who asked go this way; what comes of it passes `decide` before anybody sees it. Nothing else may run
 * in the transaction meanwhile.
 */
export async function pastTheWall<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { role } = await tx.one<{ role: string }>(
    sql`select coalesce(current_setting('safehaven.role', true), '') as role`,
  )
  await tx.query(sql`select set_config('safehaven.role', 'system', true)`)
  try {
    return await work()
  } finally {
    // A transaction that PostgreSQL has given up takes its settings with it.
    await tx.query(sql`select set_config('safehaven.role', ${role}, true)`).catch(() => undefined)
  }
}
