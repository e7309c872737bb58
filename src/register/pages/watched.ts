import { z } from 'zod'
import { conflict, invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { reasonWords } from '../rules/words.ts'
import { keepLookedAt, lookedAtIn, stoodOut } from '../store/looked-at.ts'
import { WATCHED_DAYS } from './watch.ts'

/**
 * One person's checks that stood out, for an auditor of the same agency, who says in a sentence what was found; whom they were about is not here. What stands out
 * afterwards is open again. Nobody looks at their own way of asking.
 */
export const watched = page({
  path: '/register/watch/:asker',
  params: z.object({ asker: z.uuid() }),
  permission: 'audit.read',
  audit: 'register.asking-watched-one',
  auditPost: 'register.asking-looked-at',
  async get(ctx, { params: { asker } }) {
    const agency = ctx.actor.agency ?? ''
    const since = new Date(ctx.now.getTime() - WATCHED_DAYS * 86_400_000)
    const list = await stoodOut(ctx.tx, agency, asker, since)
    const before = await lookedAtIn(ctx.tx, agency, asker)
    if (list.length === 0 && before.length === 0) return notFound()
    ctx.about(asker, { flagged: list.length })
    return view('register/pages/watched.njk', {
      title: `How ${list[0]?.askerName ?? 'they'} asked`,
      backTo: '/register/watch',
      days: WATCHED_DAYS,
      own: asker === ctx.actor.id,
      upTo: list[0]?.at.toISOString(),
      open: list.filter((one) => !one.seen).map((one) => ({ ...one, reason: reasonWords(one.purpose) })),
      seen: list.filter((one) => one.seen).length,
      before,
    })
  },
  form: z.object({ found: text('Write what you found', 1_000), upTo: z.iso.datetime() }),
  async post(ctx, { params: { asker }, form }) {
    const upTo = new Date(form.upTo)
    ctx.about(asker, { upTo: form.upTo })
    if (asker === ctx.actor.id) return conflict('Somebody else must look at how you ask.')
    if (form.found.trim().length < 10) return invalid({ found: 'Write what you found, in a sentence' })
    const since = new Date(ctx.now.getTime() - WATCHED_DAYS * 86_400_000)
    const list = await stoodOut(ctx.tx, ctx.actor.agency ?? '', asker, since)
    // What is marked as looked at is what stood on the page, and nothing that came since.
    if (!list.some((one) => one.at.getTime() === upTo.getTime())) return notFound()
    if (!list.some((one) => !one.seen && one.at <= upTo))
      return conflict('Somebody has looked at this already. Open it again to read what was found.')
    await keepLookedAt(ctx, { asker, upTo, found: form.found.trim() })
    return redirect('/register/watch')
  },
})
