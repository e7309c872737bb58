import type { Context } from '../platform/index.ts'
import { keepDecision } from '../protocols/index.ts'
import { tell } from './jobs/tell.ts'
import { pastTheWall } from './past-the-wall.ts'
import { questionForKeeper } from './question-for-keeper.ts'
import { notice } from './store/notices.ts'
import { answerQuestion, type KeeperAnswer } from './store/questions.ts'

export type Answering = 'answered' | 'missing' | 'not-allowed' | 'already'

/**
 * A keeper answers what they were asked. To say whether the child is known is a disclosure: it must be allowed with the keeper's
 * authorisation, and the decision is recorded (WY-18, BEX-7). The asker is told that an answer is there.
 */
export async function answerKeeper(
  ctx: Context,
  id: string,
  { answer, words }: { answer: KeeperAnswer; words: string },
): Promise<Answering> {
  const found = await questionForKeeper(ctx, id)
  if (found === undefined) return 'missing'
  const { disclosure, decision, answers } = found.telling
  ctx.about(found.enquiry.id, { answer })
  if (answer !== 'telephone' && !answers) return 'not-allowed'
  if (!(await answerQuestion(ctx, id, answer, words))) return 'already'
  if (answer !== 'telephone') await keepDecision(ctx.tx, ctx.now, ctx.actor, disclosure, decision)
  const told = await pastTheWall(ctx.tx, () =>
    notice(ctx, {
      agency: found.question.agency,
      forUser: found.question.asker,
      kind: 'answer',
      enquiry: found.enquiry.id,
      says: 'A keeper has answered your question.',
    }),
  )
  await ctx.tx.enqueue(tell, { notice: told })
  return 'answered'
}
