import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { recordRecall } from '../../transfer/index.ts'
import { messageOfDispatch, recall } from '../store.ts'

/**
 * Takes back what lies in the portal, because it is released no longer or its reader needs it no longer (BEX-31); in the first case it says
 * whether somebody had opened it.
 */
export const recallMessage = job({
  name: 'portal.recall',
  audit: 'portal.recalled',
  payload: z.object({
    dispatchId: z.uuid(),
    because: z.enum(['released-no-longer', 'need-ended']).default('released-no-longer'),
  }),
  async run(ctx, { dispatchId, because }) {
    const message = await messageOfDispatch(ctx, dispatchId)
    const opened = message !== undefined && message.openedAt !== null
    if (message !== undefined) await recall(ctx.tx, message.id, ctx.now)
    if (because === 'released-no-longer') await recordRecall(ctx, dispatchId, opened)
    ctx.about(dispatchId, { opened, because })
  },
})
