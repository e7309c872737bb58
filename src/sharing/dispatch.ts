import { z } from 'zod'
import { Fault, job } from '../platform/index.ts'

/**
 * By this job the transfer room, on our right, learns that a disclosure is decided. That room registers the job of this name; this
 * one only names it, so that it can be asked for in the transaction of the decision.
 */
export const dispatch = job({
  name: 'transfer.dispatch',
  audit: 'transfer.dispatched',
  payload: z.object({ disclosureId: z.uuid() }),
  run: () => Promise.reject(new Fault('sharing.no-transfer', 'Sending is not part of this installation.')),
})

/** By this job the transfer room learns that a disclosure is released no longer: what has not gone is stopped, and who has it is told. */
export const stop = job({
  name: 'transfer.stop',
  audit: 'transfer.stopped',
  payload: z.object({ disclosureId: z.uuid() }),
  run: () => Promise.reject(new Fault('sharing.no-transfer', 'Sending is not part of this installation.')),
})
