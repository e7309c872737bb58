import { userById } from '../people/index.ts'
import { type Context, sql } from '../platform/index.ts'
import type { CheckAnswer } from './answer.ts'
import { pastTheWall } from './past-the-wall.ts'
import type { SealedQuestion } from './sealed.ts'
import { type Enquiry, enquiryById, openAnswer, openQuestion } from './store/enquiries.ts'

/** An answer can be read again for a day; after that the question is asked again, for the reason that holds then (WY-16). */
export const OPEN_FOR = 24 * 3_600_000

export interface OwnAnswer {
  readonly enquiry: Enquiry
  readonly question: SealedQuestion
  /** Absent when the day is over. */
  readonly answer?: CheckAnswer
}

/**
 * What this user was answered, for themselves alone. What has been shielded since, or has left the register, is no longer in it.
 * Undefined when the enquiry is not theirs.
 */
export async function readAnswer(ctx: Context, id: string): Promise<OwnAnswer | undefined> {
  const row = await enquiryById(ctx.tx, id)
  if (row === undefined || row.asker !== ctx.actor.id) return undefined
  const { sealedQuestion, sealedAnswer, ...enquiry } = row
  const question = openQuestion(ctx, id, sealedQuestion)
  if (ctx.now.getTime() - row.at.getTime() > OPEN_FOR) return { enquiry, question }
  const answer = openAnswer(ctx, id, sealedAnswer)
  const username = (await userById(ctx.tx, ctx.actor.id))?.username ?? ''
  const ids = answer.found.map(({ entry }) => entry)
  const gone = await pastTheWall(ctx.tx, async () =>
    ids.length === 0
      ? []
      : ctx.tx.query<{ id: number }>(sql`select id from register.entry where id = any(${ids}::bigint[])
          and (removed_at is not null or (shielded and not (record -> 'shielded' -> 'visibleTo' ? ${username})))`),
  )
  const left = (entry: number): boolean => !gone.some((one) => one.id === entry)
  return {
    enquiry,
    question,
    answer: {
      ...answer,
      found: answer.found
        .filter(({ entry }) => left(entry))
        .map((one) => ({
          ...one,
          linked: one.linked.filter(({ entry }) => left(entry)),
          notTheSame: one.notTheSame.filter(({ entry }) => left(entry)),
        })),
    },
  }
}
