import type { Context } from '../../platform/index.ts'
import { errorCode, Fault, sql } from '../../platform/index.ts'
import { type Told, unreadableId } from '../feeds/feed.ts'
import { type Became, importTold } from '../import-feed.ts'
import { pastTheWall } from '../past-the-wall.ts'
import { entryGiven, type Given } from '../rules/entry-given.ts'
import { tooManyGone } from '../rules/too-many-gone.ts'
import { entriesHeld, removedToday } from '../store/feeds.ts'
import { entriesByLocalId } from '../store/write-entries.ts'
import { type Condition, unmet } from './versions.ts'

/** One act of the live feed: an entry to be written as it stands here, or one that leaves the register. */
export interface Act {
  readonly localId: string
  readonly condition: Condition
  /** What was sent of the person; absent, the person leaves the register. */
  readonly sent?: { readonly entry: unknown }
  /** Why nothing could be read of it. */
  readonly unread?: string
  /** Since when a removal holds. */
  readonly updated?: string
}

/** What came of an act. */
export type Done =
  | { readonly done: true; readonly became: Became; readonly version: number; readonly flagged: Given['flaws'] }
  | {
      readonly done: false
      readonly code: string
      readonly status: number
      readonly sentence: string
      readonly version?: number
    }

/**
 * Does the acts of one call of an authority's own system, each by itself: one that may not be done leaves the others alone. The entries are locked in one
 * order, compared with what the caller says they are, written, and counted under the day's live feed.
 */
export async function feedLive(
  ctx: Context,
  authority: string,
  acts: readonly Act[],
  { removalsMeant = false }: { readonly removalsMeant?: boolean } = {},
): Promise<Done[]> {
  return pastTheWall(ctx.tx, async () => {
    await ctx.tx.query(sql`select set_config('lock_timeout', '5000', true)`)
    try {
      return await feed(ctx, authority, acts, removalsMeant)
    } catch (error) {
      if (errorCode(error) !== '55P03' && errorCode(error) !== '40P01') throw error
      throw new Fault(
        'register.being-fed',
        'These entries are being fed from a file at this moment. Send the same again in a minute.',
        { status: 503, cause: error },
      )
    }
  })
}

async function feed(ctx: Context, authority: string, acts: readonly Act[], removalsMeant: boolean): Promise<Done[]> {
  const ids = [...new Set(acts.map((act) => act.localId))].filter((id) => id !== '' && unreadableId(id) === undefined)
  for (const id of [...ids].sort())
    await ctx.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`register.entry ${authority} ${id}`}, 0))`)
  const before = await entriesByLocalId(ctx.tx, authority, ids)
  const today = ctx.now.toISOString().slice(0, 10)
  const told: Told[] = []
  const given = new Map<string, Given['flaws']>()
  const refusals = acts.map((act, line): Exclude<Done, { done: true }> | undefined => {
    const { localId, condition, sent, updated, unread } = act
    const refuse = (status: number, code: string, sentence: string, version?: number) => ({
      done: false as const,
      status,
      code,
      sentence,
      ...(version === undefined ? {} : { version }),
    })
    const nobody = localId === '' ? (unread ?? 'There is no local id, so nobody is named.') : unreadableId(localId)
    if (nobody !== undefined) {
      told.push({ kind: 'rejected', flaw: { line: line + 1, field: 'id', reason: nobody } })
      return refuse(422, 'register.names-nobody', nobody)
    }
    if (given.has(localId))
      return refuse(409, 'register.twice', 'This id stands earlier in the same call; that one was done.')
    const known = before.get(localId)
    const version = known === undefined || known.removed ? undefined : known.version
    const differs = unmet(condition, version)
    if (differs !== undefined) return refuse(412, 'register.version-differs', differs, version)
    if (sent === undefined) {
      if (known === undefined) return refuse(404, 'register.no-entry', 'There is no such entry in this register.')
      given.set(localId, [])
      told.push({ kind: 'removal', line: line + 1, localId, ...(updated === undefined ? {} : { asOf: updated }) })
      return undefined
    }
    const read = entryGiven(sent.entry, today)
    if (typeof read === 'string') return refuse(422, 'register.no-object', read)
    given.set(localId, read.flaws)
    told.push({
      kind: 'entry',
      line: line + 1,
      localId,
      entry: read.entry,
      flagged: read.flaws.map((flaw) => ({ line: line + 1, localId, ...flaw })),
      ...(read.updated === undefined ? {} : { asOf: read.updated }),
      ...(read.untold.length === 0 ? {} : { untold: read.untold }),
    })
    return undefined
  })
  const removals = told.filter((one) => one.kind === 'removal').length
  if (removals > 0 && !removalsMeant) {
    const gone = (await removedToday(ctx.tx, authority, ctx.now)) + removals
    const absurd = tooManyGone((await entriesHeld(ctx.tx, authority)) + gone - removals, gone, 0)
    if (absurd !== undefined)
      throw new Fault('register.feed-held', `With today’s others: ${absurd} Send it with ?removals=meant.`, {
        status: 409,
      })
  }
  if (told.length === 0) return refusals as Done[]
  const { became } = await importTold(ctx, { source: 'api', authority, told, live: true })
  const after = await entriesByLocalId(ctx.tx, authority, ids)
  return acts.map(
    ({ localId }, at): Done =>
      refusals[at] ?? {
        done: true,
        became: became.get(localId) ?? 'unchanged',
        version: after.get(localId)!.version,
        flagged: given.get(localId) ?? [],
      },
  )
}
