import { z } from 'zod'
import { isFault, job, type ManualWork, system, type Tx } from '../../../platform/index.ts'
import { feedNamed } from '../../feeds/index.ts'
import { FeedHeld, importFeed } from '../../import-feed.ts'
import { keepCodes, standings } from '../../store/standings.ts'
import { hold, type KeptFeed, letGoFile, noteProgress, refuse, takeUp } from '../store/open-feeds.ts'

/** How far it is, is written down this often, in milliseconds. */
const EVERY = 1_000

/**
 * Feeds a register from a file that waits. All of it happens in one transaction: a service that is killed half-way has changed nothing, and the job takes the
 * file up again from its beginning. How far it is stands in the feed's own row, written beside it.
 */
export const feedFile = job({
  name: 'register.feed-file',
  audit: 'register.fed',
  payload: z.object({ feed: z.uuid() }),
  manual: true,
  queue: 'register.feed',
  attempts: 6,
  async run(work, { feed: id }) {
    const { house, last } = work
    const feed = await house.database.transaction(system, (tx) => takeUp(tx, id, work.now))
    if (feed === undefined || feed.file === null) return
    try {
      await feedOne(work, feed, feed.file)
    } catch (error) {
      const settle = (how: 'held' | 'refused', sentence: string) =>
        work.transaction(
          async ({ tx, now, blobs }) => {
            if (error instanceof FeedHeld) return hold(tx, id, error)
            await refuse(tx, id, sentence, now)
            await blobs.drop(tx, feed.file!)
          },
          { act: `register.feed-${how}`, subject: id, detail: { authority: feed.authority, format: feed.format } },
        )
      if (error instanceof FeedHeld) return void (await settle('held', error.sentence))
      if (isFault(error) && error.status < 500 && error.code !== 'register.being-fed')
        return void (await settle('refused', error.sentence))
      if (last)
        await settle(
          'refused',
          'The file could not be fed because of a fault on our side; nothing was changed. Send it again, or tell whoever looks after the service.',
        )
      throw error
    }
  },
})

/** The codes that were typed with a file are the authority's own once the file was fed, and not where it was refused. */
async function learnCodes(tx: Tx, { authority, codes }: KeptFeed): Promise<void> {
  const all = await standings(tx)
  const known = all.get(authority)?.codes ?? []
  const taken = [...all].flatMap(([id, one]) => (id === authority ? [] : one.codes))
  const learnt = (codes ?? []).filter((one) => !known.includes(one) && !taken.includes(one))
  if (learnt.length > 0) await keepCodes(tx, authority, [...known, ...learnt])
}

async function feedOne({ house, transaction }: ManualWork, feed: KeptFeed, file: string): Promise<void> {
  let read = 0
  let notedAt = 0
  let noting = Promise.resolve()
  const source = await house.blobs.read(file)
  const bytes = (async function* () {
    for await (const piece of source as AsyncIterable<Uint8Array>) {
      read += piece.length
      yield piece
    }
  })()
  const progress = (told: number, filed: number): void => {
    if (performance.now() - notedAt < EVERY) return
    notedAt = performance.now()
    noting = house.database
      .transaction(system, (tx) => noteProgress(tx, feed.id, { told, filed, read }))
      .catch((error) => house.log.fault('the progress of a feed could not be written down', error, { feed: feed.id }))
  }
  try {
    await transaction(
      async (ctx) => {
        await importFeed(ctx, {
          feed: feedNamed(feed.format)!,
          bytes,
          authority: { id: feed.authority, codes: feed.codes ?? [] },
          by: { id: feed.byId, name: feed.by ?? '' },
          id: feed.id,
          confirmed: feed.confirmedBy !== null,
          progress,
          ...(feed.fileName === null ? {} : { fileName: feed.fileName }),
        })
        await learnCodes(ctx.tx, feed)
        // What is written beside the work comes before the last word on the same row.
        await noting
        await letGoFile(ctx.tx, feed.id)
        await ctx.blobs.drop(ctx.tx, file)
      },
      { subject: feed.id },
    )
  } finally {
    source.destroy()
    await noting
  }
}
