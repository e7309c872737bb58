import { z } from 'zod'
import { Fault, job } from '../../platform/index.ts'

/**
 * By this job the portal, a room to the right, learns that a dispatch is its to carry. The portal room registers the job of
 * this name that invites; this one only names it, so that it can be asked for in the transaction of the change.
 */
export const portalInvite = job({
  name: 'portal.invite',
  audit: 'portal.invited',
  payload: z.object({ dispatchId: z.uuid() }),
  run: () => Promise.reject(new Fault('transfer.no-portal', 'The portal is not part of this installation.')),
})
