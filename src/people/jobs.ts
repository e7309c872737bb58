import { z } from 'zod'
import { job } from '../platform/index.ts'
import { sweepSessions } from './store/sessions.ts'

/** Sessions, questions and counts that are long over are removed; what was done in them stays in the log of acts. */
export const sweepSignIns = job({
  name: 'people.sweep-sign-ins',
  audit: 'sign-in.swept',
  payload: z.object({}),
  every: 'day at 03:10',
  async run(ctx) {
    const removed = await sweepSessions(ctx.tx, new Date(ctx.now.getTime() - 30 * 86_400_000))
    ctx.about('sign-in', { removed })
  },
})
