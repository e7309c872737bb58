import { keysFor, normalise, termsFor } from '../matching/index.ts'
import { type Context, Fault } from '../platform/index.ts'
import { isNamed } from './entry.ts'
import { type Feed, FeedRefused, type Flaw, type Told } from './feeds/feed.ts'
import { asPerson } from './rules/as-person.ts'
import { layTogether, type Parts, withPart } from './rules/lay-together.ts'
import {
  type Counts,
  countTerms,
  type EntryToWrite,
  entriesByLocalId,
  keepFeed,
  keepStanding,
  removeEntries,
  writeEntries,
} from './store.ts'

/** How many persons are written at once. */
const BATCH = 2_000
/** Flaws beyond this are counted and not kept one by one. */
const FLAW_LIMIT = 100_000

/** What a feed did. `flaws` names each field that was set aside and each row that was rejected. */
export interface Imported {
  readonly feed: string
  readonly counts: Readonly<Counts>
  readonly flaws: readonly (Flaw & { readonly rejected: boolean })[]
}

export interface FeedFile {
  readonly feed: Feed
  readonly bytes: AsyncIterable<Uint8Array>
  readonly fileName?: string
  readonly authority: { readonly id: string; readonly codes: readonly string[] }
  /** Called after every batch with the persons told so far. */
  readonly progress?: (told: number) => void
  /** The feed's row, where it was made before the work began. */
  readonly id?: string
}

/**
 * Feeds one authority's register from a file, in the caller's transaction: all of it or nothing. Fed again, it changes nothing. Acts as the
 * system, because keys and terms are nobody's own. Throws Fault `register.feed-refused` when the file as a whole cannot be taken.
 */
export async function importFeed(
  ctx: Context,
  { feed, bytes, fileName, authority, progress, id }: FeedFile,
): Promise<Imported> {
  const today = ctx.now.toISOString().slice(0, 10)
  return importTold(ctx, {
    source: feed.format,
    told: feed.read({ bytes, authority, today }),
    authority: authority.id,
    ...(fileName === undefined ? {} : { fileName }),
    ...(progress === undefined ? {} : { progress }),
    ...(id === undefined ? {} : { id }),
  })
}

/** The same for what was told by other means than a file, such as the API. `source` is the part of the entry that it takes the place of. */
export async function importTold(
  ctx: Context,
  from: {
    readonly source: string
    readonly told: AsyncIterable<Told> | Iterable<Told>
    readonly authority: string
    readonly fileName?: string
    readonly progress?: (told: number) => void
    readonly id?: string
  },
): Promise<Imported> {
  const { source, authority } = from
  const counts: Counts = { added: 0, changed: 0, unchanged: 0, removed: 0, flagged: 0, rejected: 0 }
  const flaws: (Flaw & { rejected: boolean })[] = []
  const terms = new Map<string, number>()
  let batch: Told[] = []
  let told = 0
  const note = (flaw: Flaw, rejected: boolean): void => {
    counts[rejected ? 'rejected' : 'flagged'] += 1
    if (flaws.length < FLAW_LIMIT) flaws.push({ ...flaw, rejected })
  }
  const write = async (): Promise<void> => {
    await writeBatch(ctx, source, authority, batch, counts, terms)
    told += batch.length
    batch = []
    from.progress?.(told)
  }
  try {
    for await (const one of from.told) {
      if (one.kind === 'rejected') {
        note(one.flaw, true)
        continue
      }
      if (one.kind === 'entry') for (const flaw of one.flagged) note(flaw, false)
      batch.push(one)
      if (batch.length >= BATCH) await write()
    }
    await write()
  } catch (error) {
    throw error instanceof FeedRefused ? refused(error) : error
  }
  await countTerms(ctx.tx, terms)
  await keepStanding(ctx.tx, authority, ctx.now)
  const id = await keepFeed(ctx.tx, {
    ...(from.id === undefined ? {} : { id: from.id }),
    authority,
    format: source,
    ...(from.fileName === undefined ? {} : { fileName: from.fileName }),
    startedAt: ctx.now,
    endedAt: ctx.now,
    actor: ctx.actor,
    counts,
    flaws,
  })
  ctx.about(id, { authority, format: source, ...counts })
  return { feed: id, counts, flaws }
}

const refused = ({ line, message }: FeedRefused): Fault =>
  new Fault('register.feed-refused', line === undefined ? message : `Line ${line}: ${message}`, { status: 422 })

async function writeBatch(
  ctx: Context,
  source: string,
  authority: string,
  batch: readonly Told[],
  counts: Counts,
  terms: Map<string, number>,
): Promise<void> {
  const kept = await entriesByLocalId(ctx.tx, authority, [
    ...new Set(batch.flatMap((one) => (one.kind === 'rejected' ? [] : [one.localId]))),
  ])
  const current = new Map<string, Parts>([...kept].map(([id, one]) => [id, one.parts]))
  const changed = new Set<string>()
  const removals = new Map<string, string | undefined>()
  for (const one of batch) {
    if (one.kind === 'rejected') continue
    const known = current.get(one.localId)
    if (one.kind === 'removal') {
      if (known === undefined || kept.get(one.localId)?.removed || isOlder(one.asOf, known[source]?.asOf))
        counts.unchanged += 1
      else removals.set(one.localId, one.asOf)
      continue
    }
    const before = kept.get(one.localId)
    const gone = before?.removed === true
    if (gone && before.removedAsOf !== null && one.asOf !== undefined && one.asOf <= before.removedAsOf) {
      counts.unchanged += 1
      continue
    }
    const next = withPart(known ?? {}, source, {
      ...(one.asOf === undefined ? {} : { asOf: one.asOf }),
      entry: one.entry,
    })
    const back = gone && !isOlder(one.asOf, known?.[source]?.asOf)
    if (next === undefined && !back) {
      counts.unchanged += 1
      continue
    }
    if (known === undefined) counts.added += 1
    else counts.changed += 1
    current.set(one.localId, next ?? known!)
    changed.add(one.localId)
  }
  await writeEntries(
    ctx.tx,
    authority,
    [...changed].map((localId) =>
      toWrite(authority, localId, current.get(localId)!, kept.has(localId) ? undefined : terms),
    ),
    ctx.now,
  )
  if (removals.size > 0) counts.removed += await removeEntries(ctx.tx, authority, removals, ctx.now)
}

function isOlder(asOf: string | undefined, than: string | undefined): boolean {
  return asOf !== undefined && than !== undefined && asOf < than
}

function toWrite(
  authority: string,
  localId: string,
  parts: Parts,
  terms: Map<string, number> | undefined,
): EntryToWrite {
  const record = layTogether(parts)
  const prepared = normalise(asPerson(record, authority, localId))
  if (terms !== undefined)
    for (const { kind, key } of termsFor(prepared)) terms.set(`${kind}:${key}`, (terms.get(`${kind}:${key}`) ?? 0) + 1)
  const { buffer, byteOffset, byteLength } = prepared.words
  return {
    localId,
    parts,
    record,
    prepared: Buffer.from(buffer, byteOffset, byteLength),
    named: isNamed(record),
    keys: keysFor(prepared),
  }
}
