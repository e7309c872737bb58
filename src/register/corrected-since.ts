import { agencyById } from '../people/index.ts'
import { type Context, sql } from '../platform/index.ts'
import type { Item } from '../protocols/index.ts'
import { pastTheWall } from './past-the-wall.ts'
import { itemWords } from './rules/words.ts'
import { isOfEntry, type SentAbout, whatChanged } from './what-changed.ts'

export interface CorrectedSince {
  readonly authorityName: string
  /** When the actor was last shown the entry. */
  readonly shownAt: Date
  /** What of it says something else now, in words. */
  readonly items: readonly string[]
}

/** So long ago somebody who writes may have been shown what they write. */
const DAYS = 365
const MOST = 500

/**
 * What registers have corrected of these children since the actor was last shown it, and has not asked again: for somebody who has not sent what they write yet
 * (BEX-55). Only `items`, if given. Who was not shown an entry learns nothing.
 */
export async function correctedSince(
  ctx: Context,
  about: readonly SentAbout[],
  items?: readonly Item[],
): Promise<CorrectedSince[]> {
  if (about.length === 0) return []
  const found = await pastTheWall(ctx.tx, async () => {
    const shown = await ctx.tx.query<{ enquiry: string; entry: number; at: Date }>(sql`
      select last.enquiry, last.entry, last.at from (
        select distinct on (met.entry_id) met.enquiry_id as enquiry, met.entry_id as entry, met.at
        from register.enquiry join register.enquiry_entry met on met.enquiry_id = enquiry.id
        where enquiry.asker = ${ctx.actor.id} and enquiry.disposed_at is null and met.shown
          and enquiry.at > ${ctx.now}::timestamptz - make_interval(days => ${DAYS})
        order by met.entry_id, met.at desc) as last
      join register.entry on entry.id = last.entry where entry.changed_at > last.at and not entry.shielded order by last.at desc limit ${MOST}`)
    const of: { authority: string; at: Date; changed: readonly Item[] }[] = []
    for (const { at, ...one } of shown) {
      if (!(await isOfEntry(ctx, one, about))) continue
      const { authority, changed } = await whatChanged(ctx, one)
      const which = changed.map(({ item }) => item).filter((item) => items === undefined || items.includes(item))
      if (which.length > 0) of.push({ authority, at, changed: which })
    }
    return of
  })
  const said: CorrectedSince[] = []
  for (const { authority, at, changed } of found)
    said.push({
      authorityName: (await agencyById(ctx.tx, authority))?.name ?? authority,
      shownAt: at,
      items: changed.map(itemWords),
    })
  return said
}
