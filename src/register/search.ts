import {
  acceptThreshold,
  keysFor,
  normalise,
  type PersonInput,
  type PreparedPerson,
  probability,
  type Score,
  score,
} from '../matching/index.ts'
import type { Context } from '../platform/index.ts'
import { frequenciesFor } from './frequencies.ts'
import { rankCandidates } from './searching/rank-candidates.ts'
import { type Detail, detailsOf, postingsUnder, preparedOf } from './searching/store.ts'

export { preparedFrom } from './searching/store.ts'

/** How many are weighed of those who share a key. */
const WEIGHED = 120
/** How many are looked at whole. Always as many, so that the time taken says nothing of who they are. */
const LOOKED_AT = 16

/** An entry that may be the person sought, with the weight of every field. */
export interface Candidate extends Detail {
  readonly prepared: PreparedPerson
  readonly score: Score
  /** Whether it is believed to be the person, in a population of this size. */
  readonly accepted: boolean
}

/**
 * Everyone in any register who may be the person, the likeliest first: three short statements, whatever the registers hold. Needs to stand past
 * the wall.
 */
export async function candidatesFor(
  ctx: Pick<Context, 'tx' | 'secrets' | 'now'>,
  person: PersonInput,
): Promise<{ candidates: Candidate[]; population: number; threshold: number }> {
  const sought = normalise(person)
  const { population, postings } = await postingsUnder(ctx.tx, keysFor(sought))
  const frequencies = await frequenciesFor(ctx, population)
  const threshold = acceptThreshold(population)
  const weighed = (await preparedOf(ctx.tx, rankCandidates(postings, WEIGHED)))
    .map((one) => ({ ...one, probability: probability(sought, one.prepared, frequencies) }))
    .sort((one, other) => other.probability - one.probability || one.id - other.id)
    .slice(0, LOOKED_AT)
  const details = new Map(
    (
      await detailsOf(
        ctx.tx,
        weighed.map((one) => one.id),
      )
    ).map((one) => [one.id, one]),
  )
  const candidates = weighed.flatMap(({ id, prepared }): Candidate[] => {
    const detail = details.get(id)
    if (detail === undefined) return []
    const found = score(sought, prepared, frequencies)
    return [{ ...detail, prepared, score: found, accepted: found.weight - found.prior >= threshold }]
  })
  candidates.sort((one, other) => other.score.weight - one.score.weight || one.id - other.id)
  return { candidates, population, threshold }
}
