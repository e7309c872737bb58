import { z } from 'zod'
import { notFound, page, view } from '../../web/index.ts'
import { findMessage, withdrawMessage } from '../queue/index.ts'
import { answer } from './message.ts'

export const withdrawPage = page({
  path: '/mail/:id/withdraw',
  params: z.object({ id: z.uuid() }),
  permission: 'account.own',
  audit: 'gateway.withdraw-asked',
  auditPost: 'gateway.withdrawn',
  async get(ctx, { params }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || row.senderUser !== ctx.actor.id || row.state !== 'held') return notFound()
    return view('gateway/pages/withdraw.njk', { title: 'Withdraw the message', backTo: `/mail/${row.id}`, row })
  },
  form: z.object({ version: z.coerce.number().int() }),
  async post(ctx, { params, form }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || row.senderUser !== ctx.actor.id) return notFound()
    return answer(await withdrawMessage(ctx, params.id, form), params.id)
  },
})
