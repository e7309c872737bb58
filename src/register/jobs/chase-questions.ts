import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { notice } from '../store/notices.ts'
import { takeOverdue } from '../store/questions.ts'
import { tell } from './tell.ts'

/** Tells both sides, once, of a question to a keeper whose clock has run out. */
export const chaseQuestions = job({
  name: 'register.chase-questions',
  audit: 'register.questions-chased',
  payload: z.object({}),
  every: '15 minutes',
  async run(ctx) {
    const late = await takeOverdue(ctx.tx, ctx.now)
    ctx.about('register', { overdue: late.length })
    for (const one of late) {
      await notice(ctx, {
        agency: one.authority,
        kind: 'overdue',
        enquiry: one.enquiry,
        says: `A question of ${one.askerName}, ${one.agencyName}, should have been answered by now.`,
      })
      const id = await notice(ctx, {
        agency: one.agency,
        forUser: one.asker,
        kind: 'overdue',
        enquiry: one.enquiry,
        says: 'A keeper whom you asked has not answered in time. Telephone them.',
      })
      await ctx.tx.enqueue(tell, { notice: id })
    }
  },
})
