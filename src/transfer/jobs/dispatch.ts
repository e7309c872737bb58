import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { disclosureForDispatch } from '../../sharing/index.ts'
import { dispatch } from '../dispatch.ts'

/** Asked for by the sharing room in the transaction that decides. */
export const dispatchJob = job({
  name: 'transfer.dispatch',
  audit: 'transfer.dispatched',
  payload: z.object({ disclosureId: z.string().min(1).max(100) }),
  async run(ctx, { disclosureId }) {
    const found = await disclosureForDispatch(ctx, disclosureId)
    ctx.about(disclosureId, { found: found !== undefined })
    if (found) await dispatch(ctx, found)
  },
})
