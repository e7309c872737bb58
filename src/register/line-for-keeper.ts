import { type Context, sql } from '../platform/index.ts'
import { OPEN_FOR, readAnswer } from './read-answer.ts'
import { type InTime, type LineOfTime, linesOfTime } from './rules/line-of-time.ts'
import { spansOf } from './rules/spans.ts'
import type { OwnEntry, Pair } from './store/history.ts'

/** What of their own register's entries keepers read where they look after who asked; the same as on a question to them. */
const OWN = ['address', 'address-history', 'registration'] as const

/**
 * A child of the keeper's own register as a line of time with the entries that a person has said to be the same child. Of another authority's
 * entry it has what the keeper was shown of it by a check of their own that may still be read, and otherwise nothing: there is no other way to it.
 */
export async function lineForKeeper(
  ctx: Context,
  own: OwnEntry,
  pairs: readonly (Pair & { readonly authorityName: string })[],
  authorityName: string,
): Promise<(LineOfTime & { readonly answers: ReadonlyMap<number, string> }) | undefined> {
  const today = ctx.now.toISOString().slice(0, 10)
  const answers = new Map<number, string>()
  const entries: InTime[] = [
    { entry: own.id, authority: own.authority, authorityName, spans: spansOf(own.record, OWN, today) },
  ]
  for (const pair of pairs.filter((one) => one.same)) {
    const shown = await shownLately(ctx, pair.other)
    if (shown !== undefined) answers.set(pair.other, shown.enquiry)
    entries.push({
      entry: pair.other,
      authority: pair.authority,
      authorityName: pair.authorityName,
      spans: shown?.spans,
    })
  }
  const [line] = linesOfTime(entries, () => true)
  return line === undefined ? undefined : { ...line, answers }
}

async function shownLately(ctx: Context, entry: number) {
  const last = await ctx.tx.maybe<{ enquiry: string }>(
    sql`select enquiry_id as enquiry from register.enquiry_entry where entry_id = ${entry} and asker = ${ctx.actor.id} and shown
      and at > ${new Date(ctx.now.getTime() - OPEN_FOR)} order by at desc limit 1`,
  )
  if (last === undefined) return undefined
  const found = (await readAnswer(ctx, last.enquiry))?.answer?.found.find((one) => one.entry === entry)
  return found?.spans === undefined ? undefined : { enquiry: last.enquiry, spans: found.spans }
}
