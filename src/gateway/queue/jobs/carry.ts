import { z } from 'zod'
import { job } from '../../../platform/index.ts'
import { carry } from '../carry.ts'

/** Carries on the messages that were put down together. Asked twice, it does nothing the second time. */
export const carryMessages = job({
  name: 'gateway.carry',
  audit: 'gateway.delivering',
  payload: z.object({ messages: z.array(z.uuid()) }),
  manual: true,
  attempts: 6,
  run: (work, { messages }) => carry(work, messages),
})
