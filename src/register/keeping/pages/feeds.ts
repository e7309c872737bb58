import { z } from 'zod'
import { agencyById, authorities } from '../../../people/index.ts'
import { newId, type Tx } from '../../../platform/index.ts'
import { choice, forbidden, invalid, optionalText, type PageContext, page, redirect, view } from '../../../web/index.ts'
import { feedNamed, feeds as formats } from '../../feeds/index.ts'
import { STALE_AFTER_DAYS } from '../../rules/doubt.ts'
import { standings } from '../../store/standings.ts'
import { feedFile } from '../jobs/feed-file.ts'
import { addWaiting, lastLiveFeed, latestFeeds } from '../store/open-feeds.ts'
import { feedTag, formatTitle } from './feed-words.ts'

const DAY = 86_400_000
const FILE_LIMIT = 1024 * 1024 * 1024
const NAMES = formats.map((one) => one.format) as [string, ...string[]]

/** The feeds of the keeper's own register, how fresh every register is, and where a file is sent. */
export const feeds = page({
  path: '/register/feeds',
  permission: 'register.import',
  audit: 'register.feeds-read',
  auditPost: 'register.feed-sent',
  async get(ctx) {
    const own = await ownRegister(ctx)
    if (own === undefined) return forbidden('Your agency keeps no register, so there is nothing to feed.')
    const standing = await standings(ctx.tx)
    const registers = (await authorities(ctx.tx)).map(({ id, name }) => {
      const { entries = 0, fedAt = null } = standing.get(id) ?? {}
      const days = fedAt === null ? undefined : Math.floor((ctx.now.getTime() - fedAt.getTime()) / DAY)
      return {
        id,
        name,
        own: id === own.id,
        entries,
        fedAt,
        age: ageWords(days),
        stale: days === undefined || days >= STALE_AFTER_DAYS,
      }
    })
    return view('register/keeping/pages/feeds.njk', {
      title: 'Feeds of the register',
      own,
      codes: standing.get(own.id)?.codes.join(', ') ?? '',
      registers: registers.sort((one, other) => Number(other.own) - Number(one.own)),
      live: await lastLive(ctx.tx, own.id),
      staleAfter: STALE_AFTER_DAYS,
      formats: formats.map(({ format, title, brings }) => ({ value: format, text: title, hint: brings })),
      latest: (await latestFeeds(ctx.tx, own.id, 30)).map((one) => ({
        ...one,
        tag: feedTag(one.state),
        what: formatTitle(one.format),
      })),
    })
  },
  form: z.object({
    format: choice(NAMES, 'Choose what the file is'),
    code: optionalText(20),
  }),
  files: { limit: FILE_LIMIT, count: 1 },
  async post(ctx, { form, files }) {
    const own = await ownRegister(ctx)
    if (own === undefined) return forbidden('Your agency keeps no register, so there is nothing to feed.')
    const [file] = files
    const feed = feedNamed(form.format)
    if (feed === undefined) return invalid({ format: 'Choose what the file is' })
    const code = form.code?.trim() || undefined
    if (code !== undefined && !/^[\w-]{1,20}$/.test(code))
      return invalid({ code: 'The code is made of letters and digits, such as 301' })
    if (file === undefined || file.size === 0) return invalid({ file: 'Choose a file that is not empty' })
    const standing = await standings(ctx.tx)
    const elsewhere = [...standing].find(([id, one]) => id !== own.id && code !== undefined && one.codes.includes(code))
    if (elsewhere !== undefined) return invalid({ code: 'Another authority’s returns go by this code' })
    const known = standing.get(own.id)?.codes ?? []
    const codes = code === undefined ? [...known] : [...new Set([...known, code])]
    if (feed.format === 'cin' && codes.length === 0)
      return invalid({
        code: 'Enter the code by which your returns name you, so that they can be told from another authority’s',
      })
    await ctx.blobs.claim(ctx.tx, file)
    const id = newId()
    await addWaiting(
      ctx.tx,
      {
        id,
        authority: own.id,
        format: feed.format,
        fileName: file.name,
        file: file.id,
        size: file.size,
        codes,
        by: { id: ctx.actor.id, name: ctx.actor.name },
      },
      ctx.now,
    )
    await ctx.tx.enqueue(feedFile, { feed: id })
    ctx.about(id, { authority: own.id, format: feed.format, size: file.size })
    return redirect(`/register/feeds/${id}`)
  },
})

/** When the authority's own system last wrote by the API, and what it sent that day (WY-36). */
async function lastLive(tx: Tx, authority: string) {
  const feed = await lastLiveFeed(tx, authority)
  return feed === undefined
    ? undefined
    : { ...feed, at: feed.endedAt ?? feed.startedAt, unmended: feed.flagged + feed.rejected }
}

async function ownRegister(ctx: PageContext): Promise<{ id: string; name: string } | undefined> {
  const agency = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
  return agency?.keepsRegister === true ? { id: agency.id, name: agency.name } : undefined
}

function ageWords(days: number | undefined): string {
  if (days === undefined) return 'never fed'
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`
}
