import { userById } from '../people/index.ts'
import { type Context, sql } from '../platform/index.ts'
import type { CheckAnswer, Found } from './answer.ts'
import { pastTheWall } from './past-the-wall.ts'
import { disputedOf, pairKey } from './rules/found.ts'
import type { SealedQuestion } from './sealed.ts'
import { openDisagreements } from './store/disagreements.ts'
import { type Enquiry, enquiryById, openAnswer, openQuestion } from './store/enquiries.ts'
import { latestVerdicts } from './store/verdicts.ts'

/** An answer can be read again for a day; after that the question is asked again, for the reason that holds then (WY-16). */
export const OPEN_FOR = 24 * 3_600_000

export interface OwnAnswer {
  readonly enquiry: Enquiry
  readonly question: SealedQuestion
  /** Absent when the day is over. */
  readonly answer?: CheckAnswer
}

/**
 * What this user was answered, for themselves alone. What has been shielded since, or has left the register, is no longer
 * in it, and what a person has said of two entries since, or against one, is.
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
  if (ids.length === 0) return { enquiry, question, answer }
  const { gone, verdicts, disagreements } = await pastTheWall(ctx.tx, async () => ({
    gone: await ctx.tx.query<{ id: number }>(sql`select id from register.entry where id = any(${ids}::bigint[])
      and (removed_at is not null or (shielded and not (record -> 'shielded' -> 'visibleTo' ? ${username})))`),
    verdicts: await latestVerdicts(ctx.tx, ids),
    disagreements: await openDisagreements(ctx.tx, ids),
  }))
  const found = answer.found.filter(({ entry }) => !gone.some((one) => one.id === entry))
  return {
    enquiry,
    question,
    answer: {
      ...answer,
      found: found.map((one): Found => {
        const others = found.filter(({ entry }) => entry !== one.entry)
        const said = others.flatMap(({ entry }) => {
          const verdict = verdicts.get(pairKey(one.entry, entry))
          return verdict === undefined ? [] : [{ entry, same: verdict.same, by: verdict.by }]
        })
        const open = ({ entry }: { entry: number }): boolean =>
          others.some((other) => other.entry === entry) && !said.some((other) => other.entry === entry)
        return {
          ...one,
          linked: [
            ...one.linked.filter((link) => open(link) && link.how === 'matched'),
            ...said.filter(({ same }) => same).map(({ entry, by }) => ({ entry, how: 'said' as const, by })),
          ],
          disputed: disputedOf(one, disagreements),
          notTheSame: said.filter(({ same }) => !same).map(({ entry, by }) => ({ entry, by })),
        }
      }),
    },
  }
}
