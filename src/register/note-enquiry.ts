import { type Context, sql } from '../platform/index.ts'
import type { Check, CheckAnswer } from './answer.ts'
import { noteMet } from './jobs/note-met.ts'
import { ANSWER, QUESTION, type SealedQuestion } from './sealed.ts'

/** An enquiry with everything that it met. */
export interface Noted {
  readonly check: Check
  readonly answer: CheckAnswer
  readonly question: SealedQuestion
  readonly flag?: string | undefined
}

/**
 * Writes who asked, when and why (WY-25, WY-35). Whom the enquiry met is sealed, and told to keepers, workers and those who wished to hear
 * of it by a job after the answer: so that answering takes the same work whether or not a record was withheld. Needs to stand past the wall.
 */
export async function noteEnquiry(ctx: Context, { check, answer, question, flag }: Noted): Promise<void> {
  const id = answer.enquiry
  await ctx.tx.run(sql`insert into register.enquiry (id, at, asker, asker_name, agency, agency_name, purpose, ground, consent, need_to_know, outcome, sealed_question, sealed_answer, flag)
    values (${id}, ${ctx.now}, ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.actor.agency ?? ''}, ${ctx.actor.agencyName ?? ctx.actor.agency ?? ''}, ${check.purpose}, ${check.ground ?? null},
      ${check.consent ?? null}, ${check.needToKnow}, ${answer.outcome}, ${ctx.secrets.seal(QUESTION, JSON.stringify(question), id)},
      ${ctx.secrets.seal(ANSWER, JSON.stringify(answer), id)}, ${flag ?? null})`)
  await ctx.tx.enqueue(noteMet, { enquiry: id })
  if (flag !== undefined)
    ctx.audit({ act: 'register.trawling-suspected', subject: ctx.actor.id, detail: { enquiry: id } })
}
