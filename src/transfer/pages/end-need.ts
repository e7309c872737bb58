import { z } from 'zod'
import { conflict, notFound, page, redirect, text, view } from '../../web/index.ts'
import { endNeed } from '../end-need.ts'
import { foundDispatch } from './found.ts'

/** A recipient has no part in it any more (BEX-31). */
export const endNeedPage = page({
  path: '/dispatches/:id/ended',
  params: z.object({ id: z.uuid() }),
  permission: 'dispatch.confirm',
  audit: 'transfer.need-ending',
  auditPost: 'transfer.need-ended',
  async get(ctx, { params: { id } }) {
    const found = await foundDispatch(ctx, id)
    if (!found) return notFound()
    ctx.about(id)
    return view('transfer/pages/end-need.njk', {
      title: 'They need it no longer',
      backTo: `/dispatches/${id}`,
      dispatch: found.dispatch,
    })
  },
  form: z.object({ why: text('Enter why they need it no longer', 1_000) }),
  async post(ctx, { params: { id }, form }) {
    ctx.about(id)
    const ended = await endNeed(ctx, id, form.why)
    if (ended.kind === 'missing') return notFound()
    if (ended.kind === 'before') return conflict(ended.sentence)
    return redirect(`/dispatches/${id}`)
  },
})
