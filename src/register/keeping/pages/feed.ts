import { z } from 'zod'
import { choice, conflict, file, notFound, page, redirect, view } from '../../../web/index.ts'
import { flawsAsCsv } from '../../flaws-as-csv.ts'
import { feedFile } from '../jobs/feed-file.ts'
import { progressOf, timeLeft } from '../rules/progress.ts'
import { confirmHeld, feedById, flawsOf, type KeptFeed, refuse } from '../store/open-feeds.ts'
import { feedTag, formatTitle } from './feed-words.ts'

const SHOWN = 100
const params = z.object({ id: z.uuid() })

/** One feed: how far it is, what it did or why not; where it is held, its keeper says whether it is meant. */
export const feed = page({
  path: '/register/feeds/:id',
  params,
  permission: 'register.import',
  audit: 'register.feed-read',
  auditPost: 'register.feed-answered',
  async get(ctx, { params: { id } }) {
    const found = await feedById(ctx.tx, id)
    if (found === undefined) return notFound()
    ctx.about(id)
    const open = found.state === 'waiting' || found.state === 'running'
    const flaws = open ? [] : await flawsOf(ctx.tx, id, SHOWN)
    return view('register/keeping/pages/feed.njk', {
      title: `${formatTitle(found.format)}${found.fileName === null ? '' : `: ${found.fileName}`}`,
      backTo: '/register/feeds',
      backText: 'Feeds of the register',
      ...(open ? { refresh: 5 } : {}),
      feed: found,
      tag: feedTag(found.state),
      progress:
        found.state === 'running' && found.beganAt !== null
          ? inWords(found, ctx.now.getTime() - found.beganAt.getTime())
          : undefined,
      flaws,
      more: found.flagged + found.rejected - flaws.length,
      mendable: flaws.some((one) => one.row),
    })
  },
  form: z.object({ answer: choice(['meant', 'not-meant'], 'Say whether it is meant') }),
  async post(ctx, { params: { id }, form }) {
    const found = await feedById(ctx.tx, id)
    if (found === undefined) return notFound()
    ctx.about(id, { answer: form.answer })
    if (found.state !== 'held') return conflict('Somebody else has answered already, or the feed is not held any more.')
    if (form.answer === 'meant') {
      await confirmHeld(ctx.tx, id, ctx.actor.name)
      await ctx.tx.enqueue(feedFile, { feed: id })
    } else {
      await refuse(ctx.tx, id, `${ctx.actor.name} said that it was not meant. Nothing was changed.`, ctx.now)
      if (found.file !== null) await ctx.blobs.drop(ctx.tx, found.file)
    }
    return redirect(`/register/feeds/${id}`)
  },
})

function inWords({ told, filed, read, size }: KeptFeed, elapsed: number) {
  const { left, ...progress } = progressOf({ told, filed, read, size: size ?? 0, elapsed })
  return { ...progress, left: left === undefined ? undefined : timeLeft(left) }
}

/** What was set aside and rejected, to be mended. */
export const feedToMend = page({
  path: '/register/feeds/:id/to-mend',
  params,
  permission: 'register.import',
  audit: 'register.feed-to-mend',
  async get(ctx, { params: { id } }) {
    const found = await feedById(ctx.tx, id)
    const flaws = found === undefined ? [] : await flawsOf(ctx.tx, id, 100_000)
    if (found === undefined || flaws.length === 0) return notFound()
    ctx.about(id, { flaws: flaws.length })
    return file({
      name: `to-mend-${found.format}-${found.startedAt.toISOString().slice(0, 10)}.csv`,
      type: 'text/csv; charset=utf-8',
      // Excel takes a CSV for UTF-8 where it begins with a byte order mark.
      content: Buffer.from(`\uFEFF${flawsAsCsv(flaws)}`),
    })
  },
})
