import { z } from 'zod'
import { describeSize } from '../../platform/index.ts'
import {
  type Answer,
  file,
  notFound,
  type PageContext,
  page,
  redirect,
  refusal,
  text,
  tick,
  view,
} from '../../web/index.ts'
import { tell } from '../jobs/tell.ts'
import {
  endSitting,
  keepReply,
  type Message,
  messageById,
  noteActed,
  noteOpened,
  noteViewing,
  repliesTo,
  sittingFor,
} from '../store.ts'

const params = z.object({ id: z.uuid() })

/** The message, for the reader whose sitting it is; anyone else learns nothing, not even that it exists. */
async function messageOfReader(ctx: PageContext, id: string): Promise<Message | Answer> {
  const message = await messageById(ctx, id)
  if (message === undefined || !(await sittingFor(ctx, ctx.visit.session, id)))
    return notFound(
      'To read this, open the link in your invitation and enter your password. If you were reading, half an hour has passed.',
    )
  ctx.about(message.dispatchId)
  if (message.recalledAt !== null || message.expiresAt < ctx.now)
    return refusal(410, `${message.carried.senderName} has taken this back, or its time is over.`)
  return message
}

export const messagePage = page({
  path: '/portal/message/:id',
  params,
  permission: 'public',
  audit: 'portal.read',
  auditPost: 'portal.replied',
  async get(ctx, { params: { id } }) {
    const message = await messageOfReader(ctx, id)
    if ('kind' in message) return message
    if (await noteOpened(ctx.tx, id, ctx.now))
      await ctx.tx.enqueue(tell, {
        dispatchId: message.dispatchId,
        what: 'read',
        detail: 'Opened in the portal after password and telephone code.',
      })
    await noteViewing(ctx, id, 'Read the letter')
    const { carried } = message
    return view('portal/pages/message.njk', {
      title: `From ${carried.senderAgency}`,
      id,
      carried,
      paragraphs: carried.letter.split(/\n{2,}/).map((one) => one.split('\n')),
      documents: carried.documents.map((one, index) => ({
        name: one.name,
        size: describeSize(one.size),
        href: `/portal/message/${id}/files/${index}`,
      })),
      replies: await repliesTo(ctx, id),
      acted: message.actedAt,
      expiresAt: message.expiresAt,
    })
  },
  form: z.object({ words: text('Write your reply', 10_000), acted: tick() }),
  async post(ctx, { params: { id }, form }) {
    const message = await messageOfReader(ctx, id)
    if ('kind' in message) return message
    await keepReply(ctx, id, form.words, form.acted)
    if (form.acted && (await noteActed(ctx.tx, id, ctx.now)))
      await ctx.tx.enqueue(tell, {
        dispatchId: message.dispatchId,
        what: 'acted-on',
        detail: 'The recipient says in the portal that they have acted on it.',
      })
    await noteViewing(ctx, id, form.acted ? 'Replied, having acted on it' : 'Replied')
    return redirect(`/portal/message/${id}`)
  },
})

export const filePage = page({
  path: '/portal/message/:id/files/:index',
  params: params.extend({ index: z.coerce.number().int().min(0).max(10_000) }),
  permission: 'public',
  audit: 'portal.downloaded',
  async get(ctx, { params: { id, index } }) {
    const message = await messageOfReader(ctx, id)
    if ('kind' in message) return message
    const document = message.carried.documents[index]
    if (document === undefined) return notFound('There is no such file in this message.')
    await noteViewing(ctx, id, `Downloaded file ${index + 1}`)
    return file({
      name: document.name,
      type: document.type,
      content: await ctx.blobs.read(document.blobId),
      size: document.size,
    })
  },
})

export const leavePage = page({
  path: '/portal/message/:id/leave',
  params,
  permission: 'public',
  audit: 'portal.left',
  form: z.object({}),
  async post(ctx, { params: { id } }) {
    const message = await messageById(ctx, id)
    if (message !== undefined) ctx.about(message.dispatchId)
    if (ctx.visit.session !== undefined) await endSitting(ctx.tx, ctx.visit.session)
    return view('portal/pages/left.njk', { title: 'You have left' }, { session: null })
  },
})
