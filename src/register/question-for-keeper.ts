import { normalise, type Score, score } from '../matching/index.ts'
import { authorities } from '../people/index.ts'
import { type Context, may, sql } from '../platform/index.ts'
import { type Decision, type Disclosure, protocolNamed } from '../protocols/index.ts'
import type { Entry } from './entry.ts'
import { frequenciesNow } from './frequencies.ts'
import { pastTheWall } from './past-the-wall.ts'
import { decideFor, disclosureFor } from './rules/disclosure-for.ts'
import { soughtReadings } from './rules/sought.ts'
import type { SealedQuestion } from './sealed.ts'
import { preparedFrom } from './search.ts'
import { type Enquiry, enquiryById, openQuestion } from './store/enquiries.ts'
import { type KeeperQuestion, questionById } from './store/questions.ts'

/** An own entry that the question may mean, the likeliest first. */
export interface Meant {
  readonly id: number
  readonly localId: string
  readonly record: Entry
  readonly probability: number
  /** Field by field, against the entry as it is now. */
  readonly score: Score
}

export interface Opened {
  readonly question: KeeperQuestion
  readonly enquiry: Enquiry
  readonly sealed: SealedQuestion
  readonly meant: readonly Meant[]
  /** What the keeper may tell the asker, when the keeper authorises it (WY-18); `answers` says whether that is anything about the child. */
  readonly telling: { readonly disclosure: Disclosure; readonly decision: Decision; readonly answers: boolean }
}

/**
 * A question as the keeper of the register asked reads it: who asks, why, what was typed, and which of the keeper's own entries it met or
 * came near. Row security shows a shielded entry only to the keepers whom it names. Undefined when it was not asked of this keeper.
 */
export async function questionForKeeper(ctx: Context, id: string): Promise<Opened | undefined> {
  const question = await questionById(ctx.tx, id)
  if (question === undefined || question.authority !== ctx.actor.agency) return undefined
  // The enquiry itself may have met nobody of this authority, and would then not be there for its keeper.
  const row = await pastTheWall(ctx.tx, () => enquiryById(ctx.tx, question.enquiry))
  if (row === undefined) return undefined
  const { sealedQuestion, sealedAnswer: _, ...enquiry } = row
  const sealed = openQuestion(ctx, row.id, sealedQuestion)
  const near = [...sealed.met, ...sealed.near].filter((one) => one.authority === question.authority)
  const entries = await ctx.tx.query<Omit<Meant, 'probability' | 'score'> & { readonly prepared: Buffer }>(
    sql`select id, local_id as "localId", record, prepared from register.entry where id = any(${near.map((one) => one.id)}::bigint[]) and removed_at is null`,
  )
  const frequencies = await pastTheWall(ctx.tx, () => frequenciesNow(ctx))
  const readings = soughtReadings(sealed.check.known, sealed.asking.day).map((one) => normalise(one))
  const keeper = (await authorities(ctx.tx)).find((one) => one.id === question.authority)
  const asking = {
    asker: sealed.asking.asker,
    check: sealed.check,
    authority: { id: question.authority, name: keeper?.name ?? question.authority },
    protocol: protocolNamed(sealed.asking.protocol),
    day: ctx.now.toISOString().slice(0, 10),
    ...(may(ctx.actor, 'disclosure.authorise') ? { authorisedBy: ctx.actor.name } : {}),
  }
  const telling = decideFor(asking)
  return {
    question,
    enquiry,
    sealed,
    telling: {
      ...telling,
      disclosure: disclosureFor(
        asking,
        telling.disclosure.information,
        entries.map((one) => `register:${one.id}`),
      ),
    },
    meant: near.flatMap(({ id: entry, probability }) => {
      const found = entries.find((one) => one.id === entry)
      if (found === undefined) return []
      const { prepared, ...meant } = found
      const scores = readings.map((reading) => score(reading, preparedFrom(prepared), frequencies))
      return [{ ...meant, probability, score: scores.sort((a, b) => b.weight - a.weight)[0]! }]
    }),
  }
}
