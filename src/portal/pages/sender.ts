import { z } from 'zod'
import { randomDigits } from '../../platform/index.ts'
import { choice, conflict, notFound, page, redirect, view } from '../../web/index.ts'
import {
  CODE_TRIES,
  codeOf,
  messageOfDispatch,
  noteCodeTold,
  recall,
  repliesTo,
  setCode,
  viewingsOf,
} from '../store.ts'

const params = z.object({ id: z.uuid() })

/** What the sender sees of a message in the portal: the code to give by telephone, who looked at what, the replies; and can take it back. */
export const senderPage = page({
  path: '/dispatches/:id/portal',
  params,
  permission: 'dispatch.confirm',
  audit: 'portal.seen-by-sender',
  auditPost: 'portal.changed-by-sender',
  async get(ctx, { params: { id } }) {
    const message = await messageOfDispatch(ctx, id)
    if (message === undefined)
      return notFound('Nothing lies in the portal for this dispatch yet. It is put there within a minute of sending.')
    ctx.about(id)
    const { carried } = message
    const code = message.verifiedAt === null && message.recalledAt === null ? await codeOf(ctx, message.id) : undefined
    return view('portal/pages/sender.njk', {
      title: 'In the portal',
      backTo: `/dispatches/${id}`,
      message,
      carried,
      code: code === undefined ? undefined : `${code.slice(0, 4)} ${code.slice(4)}`,
      spent: message.codeTries >= CODE_TRIES,
      viewings: await viewingsOf(ctx.tx, message.id),
      replies: await repliesTo(ctx, message.id),
    })
  },
  form: z.object({ what: choice(['told', 'new-code', 'recall'], 'Choose what to do') }),
  async post(ctx, { params: { id }, form }) {
    const message = await messageOfDispatch(ctx, id)
    if (message === undefined) return notFound('Nothing lies in the portal for this dispatch.')
    ctx.about(id, { what: form.what })
    if (form.what === 'recall') await recall(ctx.tx, message.id, ctx.now)
    else if (message.verifiedAt !== null || message.recalledAt !== null)
      return conflict(
        'The recipient has already entered the code, or the message has been taken back. Look at the page again.',
      )
    else if (form.what === 'told') await noteCodeTold(ctx, message.id)
    else await setCode(ctx, message.id, randomDigits(8))
    return redirect(`/dispatches/${id}/portal`)
  },
})
