import { type Context, newId, sql } from '../../platform/index.ts'

/** The kinds of notice: what happened that somebody should know of. */
export type NoticeKind =
  | 'enquiry'
  | 'subscription'
  | 'signal'
  | 'question'
  | 'answer'
  | 'overdue'
  | 'correction'
  | 'disagreement'

/** Tells an agency, or one of its users, that something happened. Holds no name. Gives the notice's id. Needs to stand past the wall. */
export async function notice(
  ctx: Pick<Context, 'tx' | 'now'>,
  one: {
    agency: string
    forUser?: string | undefined
    kind: NoticeKind
    entry?: number | undefined
    enquiry?: string | undefined
    says: string
  },
): Promise<string> {
  const id = newId()
  await ctx.tx.run(sql`insert into register.notice (id, at, agency, for_user, kind, entry_id, enquiry_id, says)
    values (${id}, ${ctx.now}, ${one.agency}, ${one.forUser ?? null}, ${one.kind}, ${one.entry ?? null}, ${one.enquiry ?? null}, ${one.says})`)
  return id
}

export interface Notice {
  readonly id: string
  readonly at: Date
  readonly forUser: string | null
  readonly kind: NoticeKind
  readonly entry: number | null
  readonly enquiry: string | null
  readonly says: string
  readonly readAt: Date | null
  /** The child's name as the own register has it; null for whoever is told without being its worker or keeper. */
  readonly child: string | null
  /** Who asked, for those who are told of a child of their own register. */
  readonly askedBy: string | null
  readonly purpose: string | null
}

/**
 * What was told to this user, and to their agency where they keep its register; unread first, the newest first. Row security lets no other
 * through, and keeps a shielded child's name from all but those named.
 */
export const noticesFor = (ctx: Context, keeps: boolean, limit = 100): Promise<Notice[]> =>
  ctx.tx.query<Notice>(sql`select one.id, one.at, for_user as "forUser", kind, entry_id as entry, enquiry_id as enquiry, says, read_at as "readAt",
      concat_ws(' ', entry.record -> 'names' -> 0 ->> 'given', entry.record -> 'names' -> 0 ->> 'family') as child,
      case when entry.id is not null then enquiry.asker_name || ', ' || enquiry.agency_name end as "askedBy",
      case when entry.id is not null then enquiry.purpose end as purpose
    from register.notice one
      left join register.entry entry on entry.id = entry_id and (${keeps} or kind = 'enquiry') and entry.authority = ${ctx.actor.agency ?? ''}
      left join register.enquiry enquiry on enquiry.id = enquiry_id
    where for_user = ${ctx.actor.id} or (for_user is null and ${keeps} and one.agency = ${ctx.actor.agency ?? ''})
    order by read_at is not null, one.at desc, one.id limit ${limit}`)

export const unreadNotices = async (ctx: Context, keeps: boolean): Promise<number> =>
  (
    await ctx.tx.one<{ n: number }>(sql`select count(*)::int as n from register.notice
      where read_at is null and (for_user = ${ctx.actor.id} or (for_user is null and ${keeps} and agency = ${ctx.actor.agency ?? ''}))`)
  ).n

/** Marks one as read by whoever it was for. False when it was read before, or is not theirs. */
export const markRead = async (ctx: Context, id: string, keeps: boolean): Promise<boolean> =>
  (await ctx.tx.run(sql`update register.notice set read_at = ${ctx.now}, read_by = ${ctx.actor.id}
    where id = ${id} and read_at is null and (for_user = ${ctx.actor.id} or (for_user is null and ${keeps} and agency = ${ctx.actor.agency ?? ''}))`)) ===
  1
