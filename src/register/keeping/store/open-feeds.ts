import { sql, type Tx } from '../../../platform/index.ts'
import type { FlawToMend } from '../../flaws-as-csv.ts'
import type { FeedHeld } from '../../import-feed.ts'
import { type Counts, keepExact } from '../../store/feeds.ts'

export type FeedState = 'waiting' | 'running' | 'held' | 'done' | 'refused'

/** A feed as its keeper sees it. Sizes in bytes. */
export interface KeptFeed extends Counts {
  readonly id: string
  readonly authority: string
  readonly format: string
  readonly fileName: string | null
  readonly state: FeedState
  readonly file: string | null
  readonly size: number | null
  readonly read: number
  readonly told: number
  /** Of how many of them the keys are filed. */
  readonly filed: number
  readonly startedAt: Date
  readonly beganAt: Date | null
  readonly endedAt: Date | null
  readonly by: string | null
  readonly byId: string
  readonly codes: readonly string[] | null
  readonly refused: string | null
  readonly unnamed: number
  readonly confirmedBy: string | null
}

const OWN = sql`id, authority, format, file_name as "fileName", state, file, size, read, started_at as "startedAt", began_at as "beganAt",
  ended_at as "endedAt", fed_by_name as by, fed_by as "byId", codes, refused, unnamed, confirmed_by as "confirmedBy",
  told, filed, added, changed, unchanged, removed, flagged, rejected`
/**
 * As the reader: what was counted in all where they sent the file, and else what everybody of the authority may know, without shielded entries. How many persons were
 * read is rounded down for others, because the file's own number would tell them apart.
 */
const SEEN = sql`feed.id, feed.authority, feed.format, feed.file_name as "fileName", feed.state, feed.file, feed.size, feed.read, feed.started_at as "startedAt",
  feed.began_at as "beganAt", feed.ended_at as "endedAt", feed.fed_by_name as by, feed.fed_by as "byId", feed.codes, feed.refused, feed.unnamed,
  feed.confirmed_by as "confirmedBy", coalesce(exact.added, feed.added) as added, coalesce(exact.changed, feed.changed) as changed,
  coalesce(exact.unchanged, feed.unchanged) as unchanged, coalesce(exact.removed, feed.removed) as removed,
  feed.flagged - hidden.flagged as flagged, feed.rejected - hidden.rejected as rejected,
  case when feed.fed_by = platform.acting_user() then told else told / 100 * 100 end as told,
  case when feed.fed_by = platform.acting_user() then filed else filed / 100 * 100 end as filed
  from register.feed left join register.feed_exact exact on exact.feed_id = feed.id cross join lateral register.flaws_hidden(feed.id) as hidden`

/** Row security shows a keeper those of the own authority. */
export const feedById = (tx: Tx, id: string): Promise<KeptFeed | undefined> =>
  tx.maybe<KeptFeed>(sql`select ${SEEN} where feed.id = ${id}`)

/** What still waits for something first, then the newest. */
export const latestFeeds = (tx: Tx, authority: string, count: number): Promise<KeptFeed[]> =>
  tx.query<KeptFeed>(
    sql`select ${SEEN} where feed.authority = ${authority}
      order by state in ('waiting', 'running', 'held') desc, coalesce(ended_at, started_at) desc, feed.id limit ${count}`,
  )

/** What an authority's own system sent on the last day on which it wrote. */
export const lastLiveFeed = (tx: Tx, authority: string): Promise<KeptFeed | undefined> =>
  tx.maybe<KeptFeed>(
    sql`select ${SEEN} where feed.authority = ${authority} and live_on is not null order by live_on desc limit 1`,
  )

export async function addWaiting(
  tx: Tx,
  feed: {
    readonly id: string
    readonly authority: string
    readonly format: string
    readonly fileName: string
    readonly file: string
    readonly size: number
    readonly codes: readonly string[]
    readonly by: { readonly id: string; readonly name: string }
  },
  now: Date,
): Promise<void> {
  await tx.run(sql`insert into register.feed (id, authority, format, file_name, state, file, size, codes, started_at, fed_by, fed_by_name)
    values (${feed.id}, ${feed.authority}, ${feed.format}, ${feed.fileName}, 'waiting', ${feed.file}, ${feed.size}, ${[...feed.codes]}::text[], ${now}, ${feed.by.id}, ${feed.by.name})`)
}

/** Takes a feed up, unless it is done with. A feed whose job was killed stands as running and is taken up again from its beginning. */
export const takeUp = (tx: Tx, id: string, now: Date): Promise<KeptFeed | undefined> =>
  tx.maybe<KeptFeed>(sql`update register.feed set state = 'running', began_at = ${now}, told = 0, filed = 0, read = 0
    where id = ${id} and state in ('waiting', 'running') and file is not null returning ${OWN}`)

export async function noteProgress(
  tx: Tx,
  id: string,
  { told, filed, read }: { readonly told: number; readonly filed: number; readonly read: number },
): Promise<void> {
  await tx.run(
    sql`update register.feed set told = ${told}, filed = ${filed}, read = ${read} where id = ${id} and state = 'running'`,
  )
}

export async function hold(tx: Tx, id: string, held: FeedHeld): Promise<void> {
  const { sentence: because, seen: counts, unnamed } = held
  await keepExact(tx, id, held.counts)
  await tx.run(sql`update register.feed set state = 'held', refused = ${because}, unnamed = ${unnamed}, added = ${counts.added}, changed = ${counts.changed},
    unchanged = ${counts.unchanged}, removed = ${counts.removed}, flagged = ${counts.flagged}, rejected = ${counts.rejected} where id = ${id}`)
}

/** A held feed goes on, since somebody has said that it is meant; false where it is not held any more. */
export async function confirmHeld(tx: Tx, id: string, by: string): Promise<boolean> {
  return (
    (await tx.run(
      sql`update register.feed set state = 'waiting', refused = null, confirmed_by = ${by} where id = ${id} and state = 'held'`,
    )) === 1
  )
}

/** The feed is over and changed nothing. */
export async function refuse(tx: Tx, id: string, because: string, now: Date): Promise<boolean> {
  return (
    (await tx.run(
      sql`update register.feed set state = 'refused', refused = ${because}, ended_at = ${now}, file = null where id = ${id} and state <> 'done' and state <> 'refused'`,
    )) === 1
  )
}

export async function letGoFile(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update register.feed set file = null where id = ${id}`)
}

export type KeptFlawRow = FlawToMend & { readonly localId: string | null; readonly value: string | null }

export const flawsOf = (tx: Tx, id: string, most: number): Promise<KeptFlawRow[]> =>
  tx.query<KeptFlawRow>(
    sql`select line, local_id as "localId", field, reason, value, rejected, row from register.flaw where feed_id = ${id} order by line, field limit ${most}`,
  )
