import { type Context, sql, type Tx } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'
import type { Enquiry } from './enquiries.ts'

export interface OwnEntry {
  readonly id: number
  readonly localId: string
  readonly authority: string
  readonly record: Entry
  readonly shielded: boolean
  readonly removedAt: Date | null
  readonly changedAt: Date
}

/** An entry of the acting user's own authority; row security hides every other, and a shielded one from all it does not name. */
export const ownEntry = (tx: Tx, id: number): Promise<OwnEntry | undefined> =>
  tx.maybe<OwnEntry>(sql`select id, local_id as "localId", authority, record, shielded, removed_at as "removedAt", changed_at as "changedAt"
    from register.entry where id = ${id}`)

/** Everyone who asked about an own entry, shown or not, the newest first (WY-25). */
export const historyOf = (
  ctx: Context,
  entry: number,
  limit = 200,
): Promise<(Enquiry & { readonly shown: boolean })[]> =>
  ctx.tx.query(sql`select enquiry.id, enquiry.at, enquiry.asker, asker_name as "askerName", enquiry.agency, agency_name as "agencyName", purpose, ground, consent,
      need_to_know as "needToKnow", outcome, flag, met.shown
    from register.enquiry_entry met join register.enquiry on enquiry.id = met.enquiry_id
    where met.entry_id = ${entry} and met.authority = ${ctx.actor.agency ?? ''} order by met.at desc, enquiry.id limit ${limit}`)

/** When three agencies were found to ask about this child within ten days. */
export const signalsOf = (tx: Tx, entry: number): Promise<{ readonly at: Date; readonly says: string }[]> =>
  tx.query(
    sql`select at, says from register.notice where entry_id = ${entry} and kind = 'signal' order by at desc limit 10`,
  )

export interface Pair {
  readonly other: number
  readonly authority: string
  readonly same: boolean
  readonly by: string
  readonly byAgency: string
  readonly at: Date
  readonly because: string
}

/** The last word on each pair that this entry is part of. Needs to stand past the wall; names nobody of another authority. */
export const pairsOf = (tx: Tx, entry: number): Promise<Pair[]> =>
  tx.query(sql`select distinct on (far.id) far.id as other, far.authority, same, said_by_name as by, agency as "byAgency", said_at as at, because
    from register.verdict join register.entry far on far.id = case when one = ${entry} then other else one end
    where ${entry} in (one, other) and not far.shielded order by far.id, said_at desc, verdict.id desc`)

export interface Watched {
  readonly asker: string
  readonly askerName: string
  /** How many of their checks stood out, and of those, how many nobody has looked at. */
  readonly flagged: number
  readonly open: number
  readonly first: Date
  readonly last: Date
  readonly flags: readonly string[]
  readonly purposes: readonly string[]
}

/** Whose way of asking stood out in one agency since a day: first those at whom nobody has looked, the most striking first. */
export const flaggedOf = (tx: Tx, agency: string, since: Date): Promise<Watched[]> =>
  tx.query(sql`select asker, max(asker_name) as "askerName", count(*)::int as flagged,
      (count(*) filter (where at > coalesce(up_to, '-infinity')))::int as open, min(at) as first, max(at) as last,
      array_agg(distinct regexp_replace(flag, '^\d+ checks', 'more than 30 checks')) as flags, array_agg(distinct purpose) as purposes
    from register.enquiry left join lateral (select max(up_to) as up_to from register.looked_at one
      where one.agency = enquiry.agency and one.asker = enquiry.asker) as seen on true
    where agency = ${agency} and flag is not null and at > ${since} group by asker order by open desc, flagged desc, last desc limit 200`)

/** How often everybody of an agency asked since a day. */
export const askedMost = (
  tx: Tx,
  agency: string,
  since: Date,
): Promise<{ readonly asker: string; readonly askerName: string; readonly n: number }[]> =>
  tx.query(sql`select asker, max(asker_name) as "askerName", count(*)::int as n from register.enquiry where agency = ${agency} and at > ${since}
    group by asker order by n desc limit 50`)
