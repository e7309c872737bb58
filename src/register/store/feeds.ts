import { newId, sql, type Tx } from '../../platform/index.ts'
import type { Flaw } from '../feeds/feed.ts'

export interface Counts {
  added: number
  changed: number
  unchanged: number
  removed: number
  flagged: number
  rejected: number
}
export type KeptFlaw = Flaw & { readonly rejected: boolean }

/** Two files of one authority are fed one after the other; false where another is being fed at this moment. A whole register takes its time. */
export async function takeTurn(tx: Tx, authority: string): Promise<boolean> {
  await tx.query(sql`select set_config('statement_timeout', '0', true)`)
  const { free } = await tx.one<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`register.feed ${authority}`}, 0)) as free`,
  )
  return free
}

/**
 * Brings the authority's standing up to date: how many it holds, and that it was fed. Everybody who asks sees the number, so shielded
 * entries are not in it: it must not move when one comes. `by`: how many more there are now; absent, they are counted.
 */
export async function keepStanding(tx: Tx, authority: string, now: Date, by?: number): Promise<void> {
  if (by === undefined)
    await tx.run(sql`insert into register.standing (authority, entries, fed_at)
      select ${authority}, count(*), ${now} from register.entry where authority = ${authority} and removed_at is null and not shielded
      on conflict (authority) do update set entries = excluded.entries, fed_at = excluded.fed_at`)
  else
    await tx.run(sql`insert into register.standing (authority, entries, fed_at) values (${authority}, greatest(${by}, 0), ${now})
      on conflict (authority) do update set entries = standing.entries + ${by}, fed_at = excluded.fed_at`)
}

export async function entriesHeld(tx: Tx, authority: string): Promise<number> {
  const row = await tx.maybe<{ entries: number }>(
    sql`select entries from register.standing where authority = ${authority}`,
  )
  return row?.entries ?? 0
}

/** The names of the files of this format that were fed last, the newest first. */
export async function namesFed(tx: Tx, authority: string, format: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(sql`select file_name as name from register.feed
    where authority = ${authority} and format = ${format} and state = 'done' and file_name is not null order by ended_at desc limit 50`)
  return rows.map(({ name }) => name)
}

export interface FeedRow {
  readonly authority: string
  readonly format: string
  readonly fileName?: string
  readonly by: { readonly id: string; readonly name: string }
}

/**
 * Keeps what a feed did: `seen` as far as anybody of the authority may know, `counts` in all, for whoever sent it. A row that stood there already (a file that
 * waited) is brought up to date.
 */
export async function keepFeed(
  tx: Tx,
  id: string | undefined,
  feed: FeedRow & {
    readonly counts: Readonly<Counts>
    readonly seen: Readonly<Counts>
    readonly unnamed: number
    readonly flaws: readonly KeptFlaw[]
  },
  now: Date,
): Promise<string> {
  const kept = id ?? newId()
  const { seen: counts } = feed
  await tx.run(sql`insert into register.feed (id, authority, format, file_name, started_at, ended_at, fed_by, fed_by_name,
      added, changed, unchanged, removed, flagged, rejected, unnamed)
    values (${kept}, ${feed.authority}, ${feed.format}, ${feed.fileName ?? null}, ${now}, ${now}, ${feed.by.id}, ${feed.by.name},
      ${counts.added}, ${counts.changed}, ${counts.unchanged}, ${counts.removed}, ${counts.flagged}, ${counts.rejected}, ${feed.unnamed})
    on conflict (id) do update set ended_at = excluded.ended_at, added = excluded.added, changed = excluded.changed, unchanged = excluded.unchanged,
      removed = excluded.removed, flagged = excluded.flagged, rejected = excluded.rejected, unnamed = excluded.unnamed, state = 'done', refused = null`)
  await keepExact(tx, kept, feed.counts)
  await keepFlaws(tx, kept, feed.flaws)
  return kept
}

/** What a feed did in all; only whoever sent it reads that. */
export async function keepExact(tx: Tx, id: string, counts: Readonly<Counts>): Promise<void> {
  await tx.run(sql`insert into register.feed_exact (feed_id, fed_by, added, changed, unchanged, removed)
    select id, fed_by, ${counts.added}, ${counts.changed}, ${counts.unchanged}, ${counts.removed} from register.feed where id = ${id}
    on conflict (feed_id) do update set added = excluded.added, changed = excluded.changed, unchanged = excluded.unchanged, removed = excluded.removed`)
}

/** The live feed of an authority in one day is one row; each call adds to it. */
export async function keepLiveFeed(
  tx: Tx,
  { authority, by }: Pick<FeedRow, 'authority' | 'by'>,
  counts: Readonly<Counts>,
  flaws: readonly KeptFlaw[],
  about: readonly string[],
  now: Date,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(sql`insert into register.feed
      (id, authority, format, live_on, started_at, ended_at, fed_by, fed_by_name, added, changed, unchanged, removed, flagged, rejected)
    values (${newId()}, ${authority}, 'api', ${now.toISOString().slice(0, 10)}, ${now}, ${now}, ${by.id}, ${by.name},
      ${counts.added}, ${counts.changed}, ${counts.unchanged}, ${counts.removed}, ${counts.flagged}, ${counts.rejected})
    on conflict (authority, live_on) where live_on is not null do update set ended_at = excluded.ended_at, fed_by = excluded.fed_by, fed_by_name = excluded.fed_by_name,
      added = feed.added + excluded.added, changed = feed.changed + excluded.changed, unchanged = feed.unchanged + excluded.unchanged,
      removed = feed.removed + excluded.removed, flagged = feed.flagged + excluded.flagged, rejected = feed.rejected + excluded.rejected
    returning id`)
  // What was flagged of the same entries earlier in the day is mended by now, or flagged again.
  await tx.run(sql`delete from register.flaw where feed_id = ${id} and local_id = any(${about as string[]})`)
  await keepFlaws(tx, id, flaws)
  return id
}

/** How many the live feed has taken out of the register today. */
export async function removedToday(tx: Tx, authority: string, now: Date): Promise<number> {
  const row = await tx.maybe<{ removed: number }>(
    sql`select removed from register.feed where authority = ${authority} and live_on = ${now.toISOString().slice(0, 10)}`,
  )
  return row?.removed ?? 0
}

async function keepFlaws(tx: Tx, id: string, flaws: readonly KeptFlaw[]): Promise<void> {
  const plain = (text: string | undefined): string | null => text?.replaceAll('\u0000', '\ufffd') ?? null
  for (let from = 0; from < flaws.length; from += 5_000) {
    const some = flaws.slice(from, from + 5_000)
    await tx.run(sql`insert into register.flaw (feed_id, line, local_id, field, reason, value, rejected, row, shielded)
      select ${id}, * from unnest(${some.map((one) => one.line)}::int[], ${some.map((one) => plain(one.localId))}::text[], ${some.map((one) => plain(one.field))}::text[],
        ${some.map((one) => plain(one.reason))}::text[], ${some.map((one) => plain(one.value))}::text[], ${some.map((one) => one.rejected)}::boolean[],
        ${some.map((one) => (one.row === undefined ? null : JSON.stringify(one.row).replaceAll('\\u0000', '\\ufffd')))}::text[]::jsonb[],
        ${some.map((one) => shields(one.row))}::boolean[])`)
  }
}

/** Those of the flaws that are not about an entry which is shielded by now. Needs to stand past the wall. */
export async function withoutShielded(tx: Tx, authority: string, flaws: readonly KeptFlaw[]): Promise<KeptFlaw[]> {
  const ids = flaws.flatMap(({ localId }) => (localId === undefined ? [] : [localId.replaceAll('\u0000', '')]))
  const rows =
    ids.length === 0
      ? []
      : await tx.query<{ localId: string }>(
          sql`select local_id as "localId" from register.entry where authority = ${authority} and shielded and local_id = any(${ids})`,
        )
  const shielded = new Set(rows.map(({ localId }) => localId))
  return flaws.filter(({ localId = '', row }) => !shielded.has(localId) && !shields(row))
}

/** Whether a row says of itself that the person is to be shielded, whatever became of it. */
const shields = (row: Flaw['row']): boolean =>
  Object.entries(row ?? {}).some(([column, cell]) => /shield/i.test(column) && cell.trim() !== '')
