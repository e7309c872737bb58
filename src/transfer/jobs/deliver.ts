import { z } from 'zod'
import { type Context, job } from '../../platform/index.ts'
import type { Dispatch } from '../consignment.ts'
import { deliver } from '../deliver.ts'
import { carried } from '../routes/index.ts'

/** Carries one dispatch. Asked twice, it does nothing the second time. */
export const deliverJob = job({
  name: 'transfer.deliver',
  audit: 'transfer.delivered',
  payload: z.object({ dispatch: z.uuid(), attempt: z.int() }),
  manual: true,
  run: (work, { dispatch, attempt }) => deliver(work, dispatch, attempt),
})

/** Asks for delivery in the transaction of the change, where the route is Safehaven's to carry. */
export async function askForDelivery(ctx: Context, { id, attempt, route, state }: Dispatch): Promise<void> {
  if (state !== 'prepared' || !carried.includes(route)) return
  await ctx.tx.enqueue(deliverJob, { dispatch: id, attempt }, { key: `transfer.deliver:${id}` })
}
