import { z } from 'zod'
import { Fault, job } from '../../platform/index.ts'

/**
 * By this job the transfer room, on our right, learns that a register has corrected what an asker was shown, so that whoever they sent it on to is told too
 * (BEX-55). That room registers the job of this name; this one only names it. It says which enquiry and which entry, and nothing of anyone.
 */
export const corrected = job({
  name: 'transfer.register-corrected',
  audit: 'transfer.register-corrected',
  payload: z.object({ asker: z.string(), enquiry: z.uuid(), entry: z.number().int() }),
  run: () => Promise.reject(new Fault('register.no-transfer', 'Sending is not part of this installation.')),
})
