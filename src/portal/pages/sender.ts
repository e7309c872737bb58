import { z } from 'zod'
import { type Context, randomDigits } from '../../platform/index.ts'
import { consignmentOf } from '../../transfer/index.ts'
import { choice, conflict, notFound, page, redirect, view } from '../../web/index.ts'
import {
  CODE_TRIES,
  codeOf,
  type Message,
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
    const code = (await needsCode(ctx, message)) ? await codeOf(ctx, message.id) : undefined
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
    else if (!(await needsCode(ctx, message)))
      return conflict(
        'The recipient has already entered the code, or the message is not on its way to them any more. Look at the page again.',
      )
    else if (form.what === 'told') await noteCodeTold(ctx, message.id)
    else await setCode(ctx, message.id, randomDigits(8))
    return redirect(`/dispatches/${id}/portal`)
  },
})

/** A code is of use only while the message waits for its recipient: not when it was opened, taken back, or did not get there. */
async function needsCode(ctx: Context, message: Message): Promise<boolean> {
  if (message.verifiedAt !== null || message.recalledAt !== null) return false
  const found = await consignmentOf(ctx, message.dispatchId)
  return found !== undefined && found.dispatch.state !== 'failed' && found.dispatch.route === 'portal'
}
