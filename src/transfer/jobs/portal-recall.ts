import { z } from 'zod'
import { Fault, job } from '../../platform/index.ts'

/** By this job the portal learns that what lies there is to be taken back; it says afterwards whether somebody had opened it. */
export const portalRecall = job({
  name: 'portal.recall',
  audit: 'portal.recalled',
  payload: z.object({
    dispatchId: z.uuid(),
    because: z.enum(['released-no-longer', 'need-ended']).default('released-no-longer'),
  }),
  run: () => Promise.reject(new Fault('transfer.no-portal', 'The portal is not part of this installation.')),
})
