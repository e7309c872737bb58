import { Readable } from 'node:stream'
import { sql, type Tx } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'
import type { Parts } from '../rules/lay-together.ts'
import { FILED_AT_ONCE, fileKeys, letKeysWait, roomForKeys } from './file-keys.ts'

/** A row of the register as feeding needs it. */
export interface KeptEntry {
  readonly id: number
  readonly localId: string
  readonly version: number
  readonly parts: Parts
  readonly named: boolean
  readonly shielded: boolean
  readonly removed: boolean
  readonly removedAsOf: string | null
}

/** What is kept under these local ids, locked until the transaction ends; always in the same order, so that two feeds never wait for each other. */
export async function entriesByLocalId(
  tx: Tx,
  authority: string,
  localIds: readonly string[],
): Promise<Map<string, KeptEntry>> {
  const rows = await tx.query<KeptEntry>(sql`select id, local_id as "localId", version, parts, named, shielded,
      removed_at is not null as removed, removed_as_of as "removedAsOf"
    from register.entry where authority = ${authority} and local_id = any(${localIds as string[]}) order by local_id for update`)
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

/**
 * Writes many entries at once by COPY: new ones and new versions of known ones. Their keys wait until `fileKeys`, which must be called before the
 * transaction ends; `waiting` holds whose. `filing` hears how far it is where many are filed on the way.
 */
export async function writeEntries(
  tx: Tx,
  authority: string,
  entries: readonly EntryToWrite[],
  now: Date,
  waiting: Set<string>,
  filing?: (share: number) => void,
): Promise<void> {
  if (entries.length === 0) return
  if (entries.some(({ localId }) => waiting.has(localId))) await fileKeys(tx, waiting, filing)
  // One round trip: PostgreSQL waits meanwhile, and Node is busy with the next batch.
  await tx.run(sql`create temporary table if not exists incoming (local_id text, parts jsonb, record jsonb, prepared bytea, named boolean, keys bigint[])
      on commit drop;
    truncate incoming;
    ${roomForKeys}`)
  await tx.copyIn('incoming (local_id, parts, record, prepared, named, keys)', Readable.from(lines(entries)))
  await tx.run(sql`with written as (
      insert into register.entry (authority, local_id, parts, record, prepared, named, shielded, changed_at)
      select ${authority}, local_id, parts, record, prepared, named, record ? 'shielded', ${now} from incoming
      on conflict (authority, local_id) do update set parts = excluded.parts, record = excluded.record, prepared = excluded.prepared, named = excluded.named,
        shielded = excluded.shielded, removed_at = null, removed_as_of = null, changed_at = excluded.changed_at, version = entry.version + 1
      returning id, local_id, version), ${letKeysWait}`)
  for (const { localId } of entries) waiting.add(localId)
  if (waiting.size >= FILED_AT_ONCE) await fileKeys(tx, waiting, filing)
}

/** Rows of COPY's text format, many to a piece. */
function* lines(entries: readonly EntryToWrite[]): Generator<string> {
  for (let from = 0; from < entries.length; from += 100)
    yield entries
      .slice(from, from + 100)
      .map(
        ({ localId, parts, record, prepared, named, keys }) =>
          `${escaped(localId)}\t${escaped(JSON.stringify(parts))}\t${escaped(JSON.stringify(record))}\t\\\\x${prepared.toString('hex')}\t${named ? 't' : 'f'}\t{${keys.join(',')}}\n`,
      )
      .join('')
}
const UNESCAPED = /[\\\t\n\r\0]/
/** COPY's text format: backslash, tab and line ends are escaped; NUL cannot be stored and is dropped. */
function escaped(text: string): string {
  if (!UNESCAPED.test(text)) return text
  return text
    .replaceAll('\u0000', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
}

/** Notes when a source last said the same: nobody's entry changes by it, but what is older than that no longer counts. */
export async function noteSaidAgain(
  tx: Tx,
  authority: string,
  source: string,
  saidAt: ReadonlyMap<string, string>,
): Promise<void> {
  if (saidAt.size === 0) return
  await tx.run(sql`update register.entry set parts = jsonb_set(parts, array[${source}::text, 'asOf'], to_jsonb(said.at))
    from unnest(${[...saidAt.keys()]}::text[], ${[...saidAt.values()]}::text[]) as said (local_id, at)
    where authority = ${authority} and entry.local_id = said.local_id`)
}

/** Takes entries out of the register; they are kept, unseen, until their time is over. `asOf` is when the source said so. */
export async function removeEntries(
  tx: Tx,
  authority: string,
  removals: ReadonlyMap<string, string>,
  now: Date,
): Promise<number> {
  return tx.run(sql`update register.entry set removed_at = ${now}, removed_as_of = gone.as_of, version = version + 1, changed_at = ${now}
    from unnest(${[...removals.keys()]}::text[], ${[...removals.values()]}::text[]) as gone (local_id, as_of)
    where authority = ${authority} and entry.local_id = gone.local_id and removed_at is null`)
}

/** Adds to how often terms occur. */
export async function countTerms(tx: Tx, counts: ReadonlyMap<string, number>): Promise<void> {
  if (counts.size === 0) return
  const all = [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
  for (let from = 0; from < all.length; from += 50_000) {
    const some = all.slice(from, from + 50_000).map(([term, n]) => [...term.split(':').map(Number), n] as number[])
    await tx.run(sql`insert into register.term (kind, key, n)
      select * from unnest(${some.map((one) => one[0])}::smallint[], ${some.map((one) => one[1])}::int[], ${some.map((one) => one[2])}::bigint[])
      on conflict (kind, key) do update set n = term.n + excluded.n`)
  }
}
