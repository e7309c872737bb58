import { z } from 'zod'
import { consignmentOf } from '../../transfer/index.ts'
import { notFound, page, view } from '../../web/index.ts'
import { returnedForDispatch } from '../returns/index.ts'
import { returnedWords } from './words.ts'

/** What came back for something that was sent through a disclosure: reports, and replies, which their sender alone may read. */
export const cameBackPage = page({
  path: '/dispatches/:id/came-back',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.read',
  audit: 'gateway.came-back-read',
  async get(ctx, { params }) {
    const found = await consignmentOf(ctx, params.id)
    if (found === undefined) return notFound()
    const returned = await returnedForDispatch(ctx.tx, params.id)
    ctx.about(params.id, { returned: returned.length })
    return view('gateway/pages/came-back.njk', {
      title: 'What came back',
      backTo: `/dispatches/${params.id}`,
      reference: found.dispatch.reference,
      returned: returned.map((one) => ({
        ...one,
        words: returnedWords[one.kind],
        readable: (one.kind === 'reply' || one.kind === 'automatic') && one.senderUser === ctx.actor.id,
      })),
    })
  },
})
