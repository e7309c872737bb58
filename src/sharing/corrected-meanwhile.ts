import type { Context } from '../platform/index.ts'
import { correctedSince } from '../register/index.ts'
import { formatDay } from '../web/index.ts'
import type { DecidedNow } from './decide-now.ts'
import { childrenOf } from './rules/children-of.ts'
import type { Row } from './store/disclosures.ts'

/**
 * What registers have corrected, of what would go, since the actor was shown it, in words: a draft is put right before it goes, not after (BEX-55). Nothing of it for
 * somebody who was not shown it.
 */
export async function correctedMeanwhile(
  ctx: Context,
  row: Row,
  now: Pick<DecidedNow, 'disclosure'>,
): Promise<{ readonly text: string; readonly cites: readonly string[] }[]> {
  // A correction itself says what was wrong and what is right.
  if (row.corrects !== null) return []
  const corrected = await correctedSince(ctx, childrenOf(row.draft), now.disclosure.information)
  return corrected.map(({ authorityName, shownAt, items }) => ({
    text: `${authorityName} has changed what its register says under ${items.map((item) => `“${item}”`).join(', ')} since you were shown it on ${formatDay(shownAt.toISOString().slice(0, 10))}. Check the registers again, and put right what you wrote.`,
    cites: ['BEX-55'],
  }))
}
