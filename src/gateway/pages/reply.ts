import { z } from 'zod'
import { file, notFound, page, view } from '../../web/index.ts'
import { checkers } from '../checking/index.ts'
import { findReturned, readReturned } from '../returns/index.ts'

/** One reply from outside, beside what it answers. Its words are shown as text; its files stay in the message, which may be taken whole. */
export const replyPage = page({
  path: '/mail/replies/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'account.own',
  audit: 'gateway.reply-read',
  async get(ctx, { params }) {
    const found = await findReturned(ctx.tx, params.id)
    const raw = found?.senderUser === ctx.actor.id ? await readReturned(ctx, params.id) : undefined
    if (found === undefined || raw === undefined) return notFound()
    ctx.about(found.message ?? found.dispatch ?? found.id, { reply: found.id })
    const { letter, files } = await checkers().withMessage(raw, (held) => held.ask({ kind: 'letter' }))
    const answers = found.message === null ? `/dispatches/${found.dispatch}` : `/mail/${found.message}`
    return view('gateway/pages/reply.njk', {
      title: found.kind === 'reply' ? `Reply from ${found.address}` : `Automatic answer from ${found.address}`,
      backTo: answers,
      found,
      answers,
      known: found.place !== null || found.kind === 'automatic',
      letter: letter.slice(0, 50_000),
      files: files.map(({ name, bytes }) => ({ name, size: bytes.length })),
    })
  },
})

/** The reply as it came, for a mail program. */
export const replyFile = page({
  path: '/mail/replies/:id/original',
  params: z.object({ id: z.uuid() }),
  permission: 'account.own',
  audit: 'gateway.reply-taken',
  async get(ctx, { params }) {
    const found = await findReturned(ctx.tx, params.id)
    const raw = found?.senderUser === ctx.actor.id ? await readReturned(ctx, params.id) : undefined
    if (found === undefined || raw === undefined) return notFound()
    ctx.about(found.message ?? found.dispatch ?? found.id, { reply: found.id })
    return file({ name: 'reply.eml', type: 'message/rfc822', content: raw })
  },
})
