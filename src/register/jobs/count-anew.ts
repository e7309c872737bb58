import { z } from 'zod'
import { termsFor } from '../../matching/index.ts'
import { job, type Tx } from '../../platform/index.ts'
import { preparedFrom } from '../searching/store.ts'
import { addToCount, nextToCount, putInPlace } from '../store/count-anew.ts'

/** So many at a time: about a second. */
const AT_ONCE = 10_000

/**
 * After entries were filed anew, how often names and places occur is counted anew, some thousands of entries at a time, beside the counts that searches go by;
 * when all are counted the new ones take their place. As in feeding, a shielded entry does not count, and neither does who has left.
 */
export const countAnew = job({
  name: 'register.count-anew',
  audit: 'register.counted-anew',
  payload: z.object({}),
  async run(ctx) {
    const entries = await nextToCount(ctx.tx, AT_ONCE)
    if (entries === undefined) return
    const terms = new Map<string, number>()
    for (const { prepared } of entries)
      for (const { kind, key } of termsFor(preparedFrom(prepared))) {
        const term = `${kind}:${key}`
        terms.set(term, (terms.get(term) ?? 0) + 1)
      }
    if (entries.length > 0) await addToCount(ctx.tx, terms, entries)
    const done = entries.length < AT_ONCE && (await putInPlace(ctx.tx, ctx.now))
    ctx.about('register', { done })
    if (!done) await goOn(ctx.tx)
  },
})

const goOn = (tx: Tx): Promise<void> => tx.enqueue(countAnew, {})
