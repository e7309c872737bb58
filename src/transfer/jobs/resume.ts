import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { carried } from '../routes/index.ts'
import { unfinished } from '../store/dispatches.ts'
import { deliverJob } from './deliver.ts'

const patience = 60_000

/** Takes up what a stopped machine left half-way: the queue by itself would wait hours for a worker that is gone. */
export const resume = job({
  name: 'transfer.resume',
  audit: 'transfer.resumed',
  payload: z.object({}),
  every: '1 minute',
  async run(ctx) {
    const found = await unfinished(ctx.tx, carried, new Date(ctx.now.getTime() - patience))
    for (const { id, attempt } of found) {
      await ctx.tx.enqueue(deliverJob, { dispatch: id, attempt }, { key: `transfer.deliver:${id}` })
    }
    ctx.about('transfer', { resumed: found.length })
  },
})
