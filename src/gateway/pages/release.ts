import { z } from 'zod'
import { notFound, page, text, view } from '../../web/index.ts'
import { findMessage, readSeen, releaseMessage, whatSettles } from '../queue/index.ts'
import { answer } from './message.ts'
import { listFindings } from './words.ts'

/** A manager lets a colleague's message go although something asked for a person, and says why. */
export const releasePage = page({
  path: '/mail/:id/release',
  params: z.object({ id: z.uuid() }),
  permission: 'gateway.release',
  audit: 'gateway.release-asked',
  auditPost: 'gateway.released',
  async get(ctx, { params }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || row.agency !== ctx.actor.agency || row.senderUser === ctx.actor.id || row.state !== 'held')
      return notFound()
    const { asked, left } = await whatSettles(ctx, row)
    const { subject } = await readSeen(ctx, row.id)
    return view('gateway/pages/release.njk', {
      title: 'Release the message',
      backTo: `/mail/${row.id}`,
      row,
      subject,
      findings: listFindings([...asked.flatMap((one) => one.findings), ...left]),
    })
  },
  form: z.object({ why: text('Say why it may go', 2_000), version: z.coerce.number().int() }),
  async post(ctx, { params, form }) {
    return answer(await releaseMessage(ctx, params.id, form), params.id)
  },
})
