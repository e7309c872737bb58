import { type Context, sql } from '../../platform/index.ts'
import type { Dispatch } from '../consignment.ts'

const purpose = 'transfer.password'
const bound = ({ id, attempt }: Dispatch) => `${id}:${attempt}`

/** Channels by which a password may be told: never that of the archive, which is e-mail (CUM-30, BEX-44). */
export const passwordChannels = ['telephone', 'meeting', 'by-hand', 'post'] as const
export type PasswordChannel = (typeof passwordChannels)[number]

/** Keeps the password of an attempt until it is told. Throws when one was ever used before (CUM-31). */
export async function keepPassword(ctx: Context, dispatch: Dispatch, password: string): Promise<void> {
  await ctx.tx.run(sql`
    insert into transfer.password (dispatch, attempt, fingerprint, sealed, made_at)
    values (${dispatch.id}, ${dispatch.attempt}, ${ctx.secrets.mac(purpose, password)},
      ${ctx.secrets.seal(purpose, password, bound(dispatch))}, ${ctx.now})
    on conflict (dispatch, attempt) do nothing`)
}

/** The password of the present attempt, or undefined once it was told. */
export async function findPassword(ctx: Context, dispatch: Dispatch): Promise<string | undefined> {
  const row = await ctx.tx.maybe<{ sealed: Buffer | null }>(
    sql`select sealed from transfer.password where dispatch = ${dispatch.id} and attempt = ${dispatch.attempt}`,
  )
  return row?.sealed ? ctx.secrets.open(purpose, row.sealed, bound(dispatch)).toString('utf8') : undefined
}

/** Writes down who was told the password and how, and forgets it. False when that was done already. */
export async function passwordTold(
  ctx: Context,
  dispatch: Dispatch,
  to: string,
  channel: PasswordChannel,
): Promise<boolean> {
  const changed = await ctx.tx.run(sql`
    update transfer.password set sealed = null, told_at = ${ctx.now}, told_to = ${to}, channel = ${channel},
      told_by = ${ctx.actor.id}, told_by_name = ${ctx.actor.name}
    where dispatch = ${dispatch.id} and attempt = ${dispatch.attempt} and told_at is null`)
  return changed === 1
}

/** Destroys a password that nobody was told, so that what was sent cannot be opened. False when it was told. */
export async function destroyPassword(ctx: Context, dispatch: Dispatch): Promise<boolean> {
  const changed = await ctx.tx.run(sql`
    update transfer.password set sealed = null
    where dispatch = ${dispatch.id} and attempt = ${dispatch.attempt} and told_at is null and sealed is not null`)
  return changed === 1
}
