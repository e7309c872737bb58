import { z } from 'zod'
import { job } from '../../../platform/index.ts'
import { deliver } from '../deliver.ts'

/** Carries one message on. Asked twice, it does nothing the second time. */
export const deliverMessage = job({
  name: 'gateway.deliver',
  audit: 'gateway.delivered',
  payload: z.object({ message: z.uuid() }),
  manual: true,
  attempts: 6,
  run: (work, { message }) => deliver(work, message),
})
