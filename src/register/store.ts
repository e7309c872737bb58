import { Readable } from 'node:stream'
import { type Actor, newId, sql, type Tx } from '../platform/index.ts'
import type { Entry } from './entry.ts'
import type { Flaw } from './feeds/feed.ts'
import type { Parts } from './rules/lay-together.ts'

/** A row of the register as feeding needs it. */
export interface KeptEntry {
  readonly id: number
  readonly localId: string
  readonly version: number
  readonly parts: Parts
  readonly removed: boolean
  readonly removedAsOf: string | null
}

export async function entriesByLocalId(
  tx: Tx,
  authority: string,
  localIds: readonly string[],
): Promise<Map<string, KeptEntry>> {
  const rows =
    await tx.query<KeptEntry>(sql`select id, local_id as "localId", version, parts, removed_at is not null as removed, removed_as_of as "removedAsOf"
    from register.entry where authority = ${authority} and local_id = any(${localIds as string[]}) for update`)
  return new Map(rows.map((row) => [row.localId, row]))
}

/** A person to be written, made ready for being found. */
export interface EntryToWrite {
  readonly localId: string
  readonly parts: Parts
  readonly record: Entry
  readonly prepared: Buffer
  readonly named: boolean
  readonly keys: readonly bigint[]
}

/** Writes many entries at once by COPY: new ones and new versions of known ones, with their keys. */
export async function writeEntries(
  tx: Tx,
  authority: string,
  entries: readonly EntryToWrite[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return
  await tx.run(
    sql`create temporary table if not exists incoming (local_id text, parts jsonb, record jsonb, prepared bytea, named boolean) on commit drop`,
  )
  await tx.run(sql`create temporary table if not exists incoming_key (local_id text, k bigint) on commit drop`)
  await tx.run(sql`truncate incoming, incoming_key`)
  await tx.copyIn(
    'incoming (local_id, parts, record, prepared, named)',
    Readable.from(
      lines(entries, (one) => [
        one.localId,
        JSON.stringify(one.parts),
        JSON.stringify(one.record),
        `\\x${one.prepared.toString('hex')}`,
        one.named ? 't' : 'f',
      ]),
    ),
  )
  await tx.copyIn('incoming_key (local_id, k)', Readable.from(keyLines(entries)))
  await tx.run(sql`insert into register.entry (authority, local_id, parts, record, prepared, named, shielded, changed_at)
    select ${authority}, local_id, parts, record, prepared, named, record ? 'shielded', ${now} from incoming
    on conflict (authority, local_id) do update set parts = excluded.parts, record = excluded.record, prepared = excluded.prepared, named = excluded.named,
      shielded = excluded.shielded, removed_at = null, removed_as_of = null, changed_at = excluded.changed_at, version = entry.version + 1`)
  await tx.run(sql`delete from register.match_key using register.entry, incoming
    where entry.authority = ${authority} and entry.local_id = incoming.local_id and entry.version > 1 and match_key.entry_id = entry.id`)
  await tx.run(
    sql`insert into register.match_key (k, entry_id) select k, entry.id from incoming_key join register.entry on entry.authority = ${authority} and entry.local_id = incoming_key.local_id`,
  )
}

function* lines(entries: readonly EntryToWrite[], cells: (one: EntryToWrite) => readonly string[]): Generator<string> {
  for (const one of entries) yield `${cells(one).map(escaped).join('\t')}\n`
}
function* keyLines(entries: readonly EntryToWrite[]): Generator<string> {
  for (const one of entries) {
    const id = escaped(one.localId)
    for (const key of one.keys) yield `${id}\t${key}\n`
  }
}
/** COPY's text format: backslash, tab and line ends are escaped; NUL cannot be stored and is dropped. */
function escaped(text: string): string {
  return text
    .replaceAll('\u0000', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
}

export async function removeEntries(
  tx: Tx,
  authority: string,
  removals: ReadonlyMap<string, string | undefined>,
  now: Date,
): Promise<number> {
  return tx.run(sql`update register.entry set removed_at = ${now}, removed_as_of = gone.as_of, version = version + 1, changed_at = ${now}
    from unnest(${[...removals.keys()]}::text[], ${[...removals.values()].map((one) => one ?? null)}::text[]) as gone (local_id, as_of)
    where authority = ${authority} and entry.local_id = gone.local_id and removed_at is null`)
}

/** Adds to how often terms occur. */
export async function countTerms(tx: Tx, counts: ReadonlyMap<string, number>): Promise<void> {
  if (counts.size === 0) return
  const kinds: number[] = []
  const keys: number[] = []
  const ns: number[] = []
  for (const [term, n] of counts) {
    const [kind, key] = term.split(':') as [string, string]
    kinds.push(Number(kind))
    keys.push(Number(key))
    ns.push(n)
  }
  await tx.run(sql`insert into register.term (kind, key, n) select * from unnest(${kinds}::smallint[], ${keys}::int[], ${ns}::bigint[])
    on conflict (kind, key) do update set n = term.n + excluded.n`)
}

/** Brings the authority's standing up to date: how many it holds, and that it was fed. */
export async function keepStanding(tx: Tx, authority: string, now: Date): Promise<void> {
  await tx.run(sql`insert into register.standing (authority, entries, fed_at)
    select ${authority}, count(*), ${now} from register.entry where authority = ${authority} and removed_at is null
    on conflict (authority) do update set entries = excluded.entries, fed_at = excluded.fed_at`)
}

export interface Counts {
  added: number
  changed: number
  unchanged: number
  removed: number
  flagged: number
  rejected: number
}

export async function keepFeed(
  tx: Tx,
  feed: {
    id?: string
    authority: string
    format: string
    fileName?: string
    startedAt: Date
    endedAt: Date
    actor: Actor
    counts: Counts
    flaws: readonly (Flaw & { rejected: boolean })[]
    refused?: string
  },
): Promise<string> {
  const id = feed.id ?? newId()
  const { counts } = feed
  await tx.run(sql`insert into register.feed (id, authority, format, file_name, started_at, ended_at, fed_by, added, changed, unchanged, removed, flagged, rejected, refused)
    values (${id}, ${feed.authority}, ${feed.format}, ${feed.fileName ?? null}, ${feed.startedAt}, ${feed.endedAt}, ${feed.actor.id}, ${counts.added}, ${counts.changed}, ${counts.unchanged},
      ${counts.removed}, ${counts.flagged}, ${counts.rejected}, ${feed.refused ?? null})
    on conflict (id) do update set ended_at = excluded.ended_at, added = excluded.added, changed = excluded.changed, unchanged = excluded.unchanged,
      removed = excluded.removed, flagged = excluded.flagged, rejected = excluded.rejected, refused = excluded.refused`)
  for (let from = 0; from < feed.flaws.length; from += 5_000) {
    const some = feed.flaws.slice(from, from + 5_000)
    await tx.run(sql`insert into register.flaw (feed_id, line, local_id, field, reason, value, rejected)
      select ${id}, * from unnest(${some.map((one) => one.line)}::int[], ${some.map((one) => one.localId ?? null)}::text[], ${some.map((one) => one.field)}::text[],
        ${some.map((one) => one.reason)}::text[], ${some.map((one) => one.value?.replaceAll('\u0000', '') ?? null)}::text[], ${some.map((one) => one.rejected)}::boolean[])`)
  }
  return id
}
