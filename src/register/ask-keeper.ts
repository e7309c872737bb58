import type { Context } from '../platform/index.ts'
import type { Check } from './answer.ts'
import { pastTheWall } from './past-the-wall.ts'
import { answerBy } from './rules/answer-by.ts'
import { notice } from './store/notices.ts'
import { addQuestion } from './store/questions.ts'

/** Puts a question to the keeper of a register, and tells them. Undefined when that keeper was asked already. */
export async function askKeeper(
  ctx: Context,
  asked: { enquiry: string; authority: string; words?: string | undefined; risk: Check['risk'] },
): Promise<string | undefined> {
  const dueAt = answerBy(asked.risk, ctx.now)
  return pastTheWall(ctx.tx, async () => {
    const id = await addQuestion(ctx, { ...asked, dueAt })
    if (id === undefined) return undefined
    await notice(ctx, {
      agency: asked.authority,
      kind: 'question',
      enquiry: asked.enquiry,
      says: `${ctx.actor.name}, ${ctx.actor.agencyName ?? 'no agency'}, asks the keeper about a child.`,
    })
    return id
  })
}
