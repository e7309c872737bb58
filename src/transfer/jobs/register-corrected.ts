import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { tellOfCorrection } from '../tell-of-correction.ts'

/** Asked for by the register, when an authority has corrected what an asker was shown. */
export const registerCorrected = job({
  name: 'transfer.register-corrected',
  audit: 'transfer.register-corrected',
  payload: z.object({ asker: z.string(), enquiry: z.uuid(), entry: z.number().int() }),
  run: tellOfCorrection,
})
