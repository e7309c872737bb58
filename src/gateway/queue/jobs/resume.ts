import { z } from 'zod'
import { job } from '../../../platform/index.ts'
import { unfinished } from '../lists.ts'
import { deliverMessage } from './deliver.ts'

const patience = 90_000

/** Takes up what a stopped machine left half-way. */
export const resumeMessages = job({
  name: 'gateway.resume',
  audit: 'gateway.resumed',
  payload: z.object({}),
  every: '1 minute',
  async run(ctx) {
    const found = await unfinished(ctx.tx, new Date(ctx.now.getTime() - patience))
    for (const { id } of found) await ctx.tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` })
    ctx.about('gateway', { resumed: found.length })
  },
})
