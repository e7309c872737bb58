import { z } from 'zod'
import { agencyById } from '../../../people/index.ts'
import { type Context, job, sql } from '../../../platform/index.ts'
import { tell } from '../../jobs/tell.ts'
import { notice } from '../../store/notices.ts'
import { whatChanged } from '../../what-changed.ts'
import { corrected } from '../corrected.ts'

interface ShownTo {
  readonly enquiry: string
  readonly at: Date
  readonly asker: string
  readonly agency: string
  readonly entry: number
  readonly authority: string
  readonly removed: boolean
  readonly shielded: boolean
}

/**
 * What was shared is kept up to date (BEX-55; UK GDPR, Article 19): whoever was shown an entry by the register, and would be shown something else of the
 * very same items now, is told to ask again. The notice says nothing of anyone.
 * Whom they sent it on to is seen to by the transfer room. Of a shielded entry nobody is told: it would say that it is there.
 */
export const tellCorrections = job({
  name: 'register.tell-corrections',
  audit: 'register.corrections-told',
  payload: z.object({ entries: z.array(z.number().int()).max(1_000) }),
  async run(ctx, { entries }) {
    const shown = await ctx.tx.query<ShownTo>(sql`
      select distinct on (met.asker, met.entry_id) met.enquiry_id as enquiry, met.at, met.asker, met.agency, entry.id as entry,
        entry.authority, removed_at is not null as removed, entry.shielded
      from register.enquiry_entry met join register.enquiry on enquiry.id = met.enquiry_id join register.entry on entry.id = met.entry_id
      where met.entry_id = any(${entries}::bigint[]) and met.shown and enquiry.disposed_at is null
      order by met.asker, met.entry_id, met.at desc`)
    let told = 0
    for (const one of shown) {
      if (one.shielded || !(one.removed || (await whatChanged(ctx, one)).changed.length > 0)) continue
      if (await tellAsker(ctx, one)) told += 1
      await ctx.tx.enqueue(corrected, { asker: one.asker, enquiry: one.enquiry, entry: one.entry })
    }
    ctx.about('corrections', { entries: entries.length, told })
  },
})

async function tellAsker(ctx: Context, one: ShownTo): Promise<boolean> {
  const waiting = await ctx.tx.query(sql`select from register.notice
    where kind = 'correction' and enquiry_id = ${one.enquiry} and entry_id = ${one.entry} and for_user = ${one.asker} and read_at is null limit 1`)
  if (waiting.length > 0) return false
  const keeper = (await agencyById(ctx.tx, one.authority))?.name ?? one.authority
  const id = await notice(ctx, {
    agency: one.agency,
    forUser: one.asker,
    kind: 'correction',
    entry: one.entry,
    enquiry: one.enquiry,
    says: `${keeper} has changed what you were shown of a child on ${one.at.toISOString().slice(0, 10)}${one.removed ? ': the child is no longer in its register' : ''}. Ask again before you rely on it, and tell whoever you passed it on to: what went out through Safehaven stands under Tasks.`,
  })
  await ctx.tx.enqueue(tell, { notice: id })
  return true
}

/** Has those told who were shown entries that this act has just changed. `localIds` where they are few and known. Needs to stand past the wall. */
export async function enqueueCorrections(ctx: Context, authority: string, localIds?: readonly string[]): Promise<void> {
  const touched = await ctx.tx.query<{
    id: number
  }>(sql`select distinct entry.id from register.entry join register.enquiry_entry met on met.entry_id = entry.id
    where entry.authority = ${authority} and met.authority = ${authority} and met.shown and entry.changed_at = ${ctx.now}
      and (${localIds === undefined} or entry.local_id = any(${(localIds ?? []) as string[]}))`)
  for (let from = 0; from < touched.length; from += 1_000)
    await ctx.tx.enqueue(tellCorrections, { entries: touched.slice(from, from + 1_000).map(({ id }) => id) })
}
