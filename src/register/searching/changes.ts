import { sql, type Tx } from '../../platform/index.ts'

/** What is committed in the registers, and how many entries they hold together. Nothing is said to others than the system. */
export interface Changes {
  readonly seen: string
  readonly population: number
}

/** What the primary has; a replica that has not replayed all of it may not be searched in its stead. */
export async function changesHere(tx: Tx): Promise<Changes | undefined> {
  const { seen, population } = await tx.one<{ seen: string | null; population: number }>(
    sql`select seen::text as seen, population from register.changes()`,
  )
  return seen === null ? undefined : { seen, population }
}

/** Whether a replica has replayed all of it. */
export async function hasReplayed(tx: Tx, { seen }: Changes): Promise<boolean> {
  const { has } = await tx.one<{ has: boolean }>(sql`select register.has_changes(${seen}::jsonb) as has`)
  return has
}
