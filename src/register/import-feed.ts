import { type Context, Fault } from '../platform/index.ts'
import { type Feed, FeedRefused, type Told } from './feeds/feed.ts'
import { enqueueCorrections } from './keeping/jobs/tell-corrections.ts'
import { readyToWrite } from './ready-to-write.ts'
import { namedForEarlierDay } from './rules/day-in-name.ts'
import { tooManyGone, UNUSUAL } from './rules/too-many-gone.ts'
import {
  type Counts,
  entriesHeld,
  type KeptFlaw,
  keepFeed,
  keepLiveFeed,
  keepStanding,
  namesFed,
  takeTurn,
  withoutShielded,
} from './store/feeds.ts'
import { fileKeys } from './store/file-keys.ts'
import { countTerms, type EntryToWrite, writeEntries } from './store/write-entries.ts'
import { type Tally, weighBatch } from './weigh-batch.ts'

const NOTHING = { added: 0, changed: 0, unchanged: 0, removed: 0, flagged: 0, rejected: 0 }
/** How many persons are written at once. */
const BATCH = 2_000
/** Flaws beyond this are counted and not kept one by one. */
const FLAW_LIMIT = 100_000

/** What a feed did. `flaws` names each field that was set aside and each row that was rejected. */
export interface Imported {
  readonly feed: string
  readonly counts: Readonly<Counts>
  readonly flaws: readonly KeptFlaw[]
  /** Of a live feed: what became of each entry, by local id. */
  readonly became: ReadonlyMap<string, Became>
}
export type Became = 'added' | 'changed' | 'unchanged' | 'removed'

/** Persons told so far, and of how many of them the keys are filed or need not be. */
export type Progress = (told: number, filed: number) => void

export interface FeedFile {
  readonly feed: Feed
  readonly bytes: AsyncIterable<Uint8Array>
  readonly fileName?: string
  readonly authority: { readonly id: string; readonly codes: readonly string[] }
  /** Asked where the authority has no code yet: whether it goes by this one from now on. */
  readonly learn?: (code: string) => boolean
  /** Called after every batch with the persons told so far, and while keys are filed, with those of whom that is done. */
  readonly progress?: Progress
  /** The feed's row, where it was made before the work began. */
  readonly id?: string
  /** Somebody has looked and said that it is meant. */
  readonly confirmed?: boolean
  /** On whose behalf, where that is not who does the work. */
  readonly by?: { readonly id: string; readonly name: string }
}

/** The feed would take away so much, or is so old, that somebody must say it is meant. Nothing of it is kept. */
export class FeedHeld extends Fault {
  readonly counts: Readonly<Counts>
  readonly unnamed: number
  /** The counts as far as anybody of the authority may know. */
  readonly seen: Readonly<Counts>
  constructor(sentence: string, counts: Readonly<Counts>, unnamed: number, seen: Readonly<Counts>) {
    super('register.feed-held', sentence, { status: 409 })
    this.counts = counts
    this.seen = seen
    this.unnamed = unnamed
  }
}

/**
 * Feeds one authority's register from a file, in the caller's transaction: all of it or nothing. Fed again, it changes nothing. Acts as the
 * system, because keys and terms are nobody's own. Throws Fault `register.feed-refused` when the file as a whole cannot be taken, `FeedHeld` when it
 * would take away an absurd share or is older than the last, `register.being-fed` when another file of the authority is being fed.
 */
export async function importFeed(
  ctx: Context,
  { feed, bytes, authority, learn, ...rest }: FeedFile,
): Promise<Imported> {
  const today = ctx.now.toISOString().slice(0, 10)
  return importTold(ctx, {
    ...rest,
    source: feed.format,
    told: feed.read({ bytes, authority, today, ...(learn === undefined ? {} : { learn }) }),
    authority: authority.id,
  })
}

export interface FeedTold {
  /** The part of the entry that it takes the place of: a feed's format, or "api". */
  readonly source: string
  readonly told: AsyncIterable<Told> | Iterable<Told>
  readonly authority: string
  readonly fileName?: string
  readonly progress?: Progress
  readonly id?: string
  readonly confirmed?: boolean
  readonly by?: { readonly id: string; readonly name: string }
  /** A call of the live feed: a few entries, counted under the day. */
  readonly live?: boolean
}

/** The same for what was told by other means than a file, such as the API. */
export async function importTold(ctx: Context, from: FeedTold): Promise<Imported> {
  const { source, authority, live = false } = from
  if (!live && !(await takeTurn(ctx.tx, authority)))
    throw new Fault(
      'register.being-fed',
      'Another file of this authority is being fed at this moment. Wait until it is done, and feed this one again.',
      { status: 409 },
    )
  const held = live ? 0 : await entriesHeld(ctx.tx, authority)
  const tally: Tally = {
    counts: { ...NOTHING },
    seen: { ...NOTHING },
    unnamed: 0,
    seenUnnamed: 0,
    undated: 0,
    visible: 0,
    became: live ? new Map() : undefined,
  }
  const { counts, seen } = tally
  const flaws: KeptFlaw[] = []
  const terms = new Map<string, number>()
  const note = (flaw: KeptFlaw): void => {
    const what = flaw.rejected ? 'rejected' : 'flagged'
    counts[what] += 1
    // Those about shielded entries are left out when they are read: who is shielded may change.
    seen[what] += 1
    if (flaws.length < FLAW_LIMIT) flaws.push(flaw)
  }
  let batch: Told[] = []
  const inBatch = new Map<string, Told['kind']>()
  let told = 0
  let pending: EntryToWrite[] = []
  const waiting = new Set<string>()
  let writing = Promise.resolve()
  let filed = 0
  /** `share`: how much of what waits is filed meanwhile. */
  const progress = (share = 0): void => {
    filed = Math.max(filed, Math.floor(told - pending.length - waiting.size * (1 - share)))
    from.progress?.(told, filed)
  }
  const filing = from.progress && progress
  const write = (): Promise<void> => writeEntries(ctx.tx, authority, pending, ctx.now, waiting, filing)
  // While PostgreSQL writes one batch, the next is read and made ready.
  const take = async (): Promise<void> => {
    await writing
    const ids = new Set(batch.map((one) => (one.kind === 'rejected' ? '' : one.localId)))
    if (pending.some((one) => ids.has(one.localId))) {
      await write()
      pending = []
    }
    const news = await weighBatch(ctx, source, authority, batch, tally)
    writing = write()
    writing.catch(() => {})
    pending = await readyToWrite(authority, news, terms)
    told += batch.length
    batch = []
    inBatch.clear()
    progress()
  }
  try {
    for await (const one of from.told) {
      if (one.kind === 'rejected') {
        note({ ...one.flaw, rejected: true })
        continue
      }
      for (const flaw of one.flagged ?? []) note({ ...flaw, rejected: false })
      // Who leaves and comes back in one file is weighed in that order.
      const other = inBatch.get(one.localId)
      if (other !== undefined && (other === 'removal') !== (one.kind === 'removal')) await take()
      inBatch.set(one.localId, one.kind)
      batch.push(one)
      if (batch.length >= BATCH) await take()
    }
    await take()
    await writing
    await write()
    pending = []
  } catch (error) {
    // What is under way on the connection ends before the transaction does.
    await writing.catch(() => {})
    throw error instanceof FeedRefused ? refused(error) : error
  }
  if (!live && from.confirmed !== true) {
    const doubt =
      tooManyGone(held, seen.removed, tally.seenUnnamed) ??
      (tooManyGone(held, counts.removed, tally.unnamed) && UNUSUAL) ??
      (await earlier(ctx, from, tally))
    if (doubt !== undefined) throw new FeedHeld(doubt, counts, tally.unnamed, seen)
  }
  await fileKeys(ctx.tx, waiting, filing)
  await countTerms(ctx.tx, terms)
  await keepStanding(ctx.tx, authority, ctx.now, live ? tally.visible : undefined)
  await enqueueCorrections(ctx, authority, live ? [...(tally.became?.keys() ?? [])] : undefined)
  const by = from.by ?? { id: ctx.actor.id, name: ctx.actor.name }
  const became = tally.became ?? new Map<string, Became>()
  const id = live
    ? await keepLiveFeed(ctx.tx, { authority, by }, seen, flaws, [...became.keys()], ctx.now)
    : await keepFeed(
        ctx.tx,
        from.id,
        {
          authority,
          format: source,
          by,
          counts,
          seen,
          unnamed: tally.seenUnnamed,
          flaws,
          ...(from.fileName === undefined ? {} : { fileName: from.fileName }),
        },
        ctx.now,
      )
  // Who reads the log may not learn from it either that somebody is shielded.
  const kept = await withoutShielded(ctx.tx, authority, flaws)
  ctx.about(id, { authority, format: source, ...seen, ...flawsCounted(seen, flaws, kept) })
  return { feed: id, counts, flaws, became }
}

/** How many were flagged and rejected without those that are about shielded entries. */
const flawsCounted = ({ flagged, rejected }: Counts, all: readonly KeptFlaw[], kept: readonly KeptFlaw[]) => ({
  flagged: flagged - all.filter((one) => !one.rejected).length + kept.filter((one) => !one.rejected).length,
  rejected: rejected - all.filter((one) => one.rejected).length + kept.filter((one) => one.rejected).length,
})

/** Whether it is an old file, as far as its name tells. */
async function earlier(ctx: Context, from: FeedTold, { undated }: Tally): Promise<string | undefined> {
  if (from.fileName === undefined || undated === 0) return undefined
  return namedForEarlierDay(from.fileName, undated > 0, await namesFed(ctx.tx, from.authority, from.source))
}

const refused = ({ line, message }: FeedRefused): Fault =>
  new Fault('register.feed-refused', line === undefined ? message : `Line ${line}: ${message}`, { status: 422 })
