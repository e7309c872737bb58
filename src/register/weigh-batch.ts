import type { Context } from '../platform/index.ts'
import { isNamed } from './entry.ts'
import type { Told } from './feeds/feed.ts'
import type { Became } from './import-feed.ts'
import { layTogether, type Parts, withPart } from './rules/lay-together.ts'
import { isShielded, seenAs } from './rules/seen-as.ts'
import type { Counts } from './store/feeds.ts'
import { entriesByLocalId, noteSaidAgain, removeEntries } from './store/write-entries.ts'

/** What a feed has done so far. */
export interface Tally {
  readonly counts: Counts
  /** The same as far as anybody of the authority may know: without shielded entries. */
  readonly seen: Counts
  /** Entries that lost every name they had. */
  unnamed: number
  seenUnnamed: number
  /** Of those who were changed or removed: of whom the source did not say when. */
  undated: number
  /** How many more entries everybody may count. */
  visible: number
  readonly became: Map<string, Became> | undefined
}

/** An entry with something new in it. */
export interface News {
  readonly localId: string
  readonly parts: Parts
  readonly known: boolean
}

/** Weighs what was told against what is kept: takes removals out, counts, and gives the entries that are to be written. */
export async function weighBatch(
  ctx: Context,
  source: string,
  authority: string,
  batch: readonly Told[],
  tally: Tally,
): Promise<News[]> {
  const { counts } = tally
  const became = (localId: string, what: Became, was: Parts | undefined, is: Parts | undefined): void => {
    counts[what] += 1
    const seen = seenAs(what, was, is)
    if (seen !== undefined) tally.seen[seen] += 1
    tally.became?.set(localId, what)
  }
  const ids = new Set(batch.flatMap((one) => (one.kind === 'rejected' ? [] : [one.localId])))
  const kept = ids.size === 0 ? new Map() : await entriesByLocalId(ctx.tx, authority, [...ids])
  const news = new Map<string, Parts>()
  const saidAgain = new Map<string, string>()
  const removals = new Map<string, string>()
  const now = ctx.now.toISOString()
  for (const one of batch) {
    if (one.kind === 'rejected') continue
    const { localId } = one
    const before = kept.get(localId)
    const parts: Parts | undefined = news.get(localId) ?? before?.parts
    const gone = before?.removed === true && !news.has(localId)
    // What stands in the register of the person, or stood there when they left it.
    const there = gone || removals.has(localId) ? undefined : parts
    if (one.kind === 'repeated') {
      became(localId, 'unchanged', parts, parts)
      continue
    }
    if (one.kind === 'removal') {
      if (before === undefined || gone || removals.has(localId) || isOlder(one.asOf, parts?.[source]?.asOf))
        became(localId, 'unchanged', parts, parts)
      else {
        removals.set(localId, one.asOf ?? now)
        news.delete(localId)
        became(localId, 'removed', parts, undefined)
        if (one.asOf === undefined) tally.undated += 1
        if (before.shielded === false) tally.visible -= 1
      }
      continue
    }
    const spoken = withPart(parts ?? {}, source, {
      entry: one.entry,
      ...(one.asOf === undefined ? {} : { asOf: one.asOf }),
      ...(one.untold === undefined ? {} : { untold: one.untold }),
    })
    if (gone && !bringsBack(one, source, before.removedAsOf, spoken?.news === true)) {
      became(localId, 'unchanged', parts, parts)
      continue
    }
    if (spoken?.news !== true && !gone) {
      became(localId, 'unchanged', parts, parts)
      const at = spoken?.parts[source]?.asOf
      if (at !== undefined && !news.has(localId)) saidAgain.set(localId, at)
      continue
    }
    const added = before === undefined && !news.has(localId)
    const next = spoken?.parts ?? parts!
    became(localId, added ? 'added' : 'changed', there, next)
    if (!added && one.asOf === undefined) tally.undated += 1
    removals.delete(localId)
    news.set(localId, next)
    if (before !== undefined && !before.removed && before.named && !isNamed(layTogether(next))) {
      tally.unnamed += 1
      if (!before.shielded) tally.seenUnnamed += 1
    }
  }
  if (removals.size > 0) await removeEntries(ctx.tx, authority, removals, ctx.now)
  await noteSaidAgain(ctx.tx, authority, source, saidAgain)
  for (const [localId, parts] of news) {
    const before = kept.get(localId)
    const seen = before !== undefined && !before.removed && !before.shielded
    tally.visible += (isShielded(parts) ? 0 : 1) - (seen ? 1 : 0)
  }
  return [...news].map(([localId, parts]) => ({ localId, parts, known: kept.has(localId) }))
}

function isOlder(asOf: string | undefined, than: string | undefined): boolean {
  return asOf !== undefined && than !== undefined && asOf < than
}

/**
 * Whether somebody who has left the register is in it again: the source speaks of a later moment than the removal; or, where it gives none, a
 * whole record names the person, or a return says something new.
 */
function bringsBack(
  told: { readonly asOf?: string },
  source: string,
  removedAsOf: string | null,
  news: boolean,
): boolean {
  if (told.asOf !== undefined) return removedAsOf === null || told.asOf > removedAsOf
  return source === 'csv' || source === 'api' || news
}
