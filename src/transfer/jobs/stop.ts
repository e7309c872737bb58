import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { stopDisclosure } from '../stop-disclosure.ts'

/** Asked for by the sharing room in the transaction in which a disclosure stops being released. */
export const stopJob = job({
  name: 'transfer.stop',
  audit: 'transfer.stopped',
  payload: z.object({ disclosureId: z.uuid() }),
  run: (ctx, { disclosureId }) => stopDisclosure(ctx, disclosureId),
})
