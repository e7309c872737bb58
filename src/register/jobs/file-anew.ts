import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { keysFor, normalise } from '../../matching/index.ts'
import { job, type Tx } from '../../platform/index.ts'
import { asPerson } from '../rules/as-person.ts'
import { isCountWanted, wantCount } from '../store/count-anew.ts'
import { filedByEarlier, fileUnder, someFiledByEarlier, type ToFileAnew } from '../store/file-anew.ts'
import { countAnew } from './count-anew.ts'

/** So many at a time: a few seconds, in which a feed of the same entries waits. */
const AT_ONCE = 5_000

/**
 * After the keys of matching/ have changed, entries that were filed by the earlier ones are filed anew, until none is left: a search by the new keys would
 * not meet them, and say "not known" of a child who is. How often names occur is counted anew after that.
 */
export const fileAnew = job({
  name: 'register.file-anew',
  audit: 'register.filed-anew',
  payload: z.object({}),
  every: '1 hour',
  async run(ctx) {
    const earlier = await filedByEarlier(ctx.tx, AT_ONCE)
    await fileUnder(ctx.tx, await madeReady(earlier))
    ctx.about('register', { filed: earlier.filter((one) => one.record.shielded === undefined).length })
    if (earlier.length > 0) await wantCount(ctx.tx)
    if (earlier.length === AT_ONCE) await goOn(ctx.tx)
    else if ((await isCountWanted(ctx.tx)) && !(await someFiledByEarlier(ctx.tx))) await ctx.tx.enqueue(countAnew, {})
  },
})

const goOn = (tx: Tx): Promise<void> => tx.enqueue(fileAnew, {})

async function madeReady(earlier: readonly ToFileAnew[]) {
  const ready: { id: number; prepared: Buffer; keys: bigint[] }[] = []
  for (const [index, { id, authority, localId, record }] of earlier.entries()) {
    if (index % 50 === 49) await breathe()
    const person = normalise(asPerson(record, authority, localId))
    const { buffer, byteOffset, byteLength } = person.words
    ready.push({ id, prepared: Buffer.from(buffer, byteOffset, byteLength), keys: keysFor(person) })
  }
  return ready
}
