import { type Context, sql, type Tx } from '../../platform/index.ts'

/** "Tell me if anyone else asks." Asked for again, it goes on. Needs to stand past the wall: only who was shown the entry may, and the caller has looked. */
export const subscribe = (ctx: Context, entry: number): Promise<number> =>
  ctx.tx.run(sql`insert into register.subscription (entry_id, user_id, agency, since) values (${entry}, ${ctx.actor.id}, ${ctx.actor.agency ?? ''}, ${ctx.now})
    on conflict (entry_id, user_id) do update set ended_at = null`)

/** Needs to stand past the wall. */
export const unsubscribe = (ctx: Context, entry: number): Promise<number> =>
  ctx.tx.run(
    sql`update register.subscription set ended_at = ${ctx.now} where entry_id = ${entry} and user_id = ${ctx.actor.id} and ended_at is null`,
  )

/** Of which of these entries this user wishes to hear; row security shows each user their own. */
export async function subscribedTo(tx: Tx, entries: readonly number[]): Promise<ReadonlySet<number>> {
  if (entries.length === 0) return new Set()
  const rows = await tx.query<{ entry: number }>(
    sql`select entry_id as entry from register.subscription where entry_id = any(${[...entries]}::bigint[]) and ended_at is null`,
  )
  return new Set(rows.map(({ entry }) => entry))
}
