import type { Context } from '../../platform/index.ts'
import { convertFor } from './convert.ts'
import { tellOf } from './jobs/tell.ts'
import { changeRecipient, readSeen, restate } from './store.ts'
import type { MessageRow, RecipientRow } from './types.ts'

/** What went out came back: it goes at once by the next way that the protocol holds open, and the sender is told; or the sender is asked. */
export async function otherWay(ctx: Context, row: MessageRow, one: RecipientRow, why: string): Promise<void> {
  const seen = await readSeen(ctx, row.id)
  if (await convertFor(ctx, row, seen, one, why)) await tellOf(ctx, row.id, 'rerouted')
  else {
    const detail = `${why} They have not got it. Send it again, choose another recipient, or withdraw the message.`
    await changeRecipient(ctx.tx, one, { state: 'held', handedAt: null, detail }, ctx.now)
    await tellOf(ctx, row.id, 'returned')
  }
  await restate(ctx.tx, [row.id])
}

/** What might not have arrived has. */
export async function arrivedAfterAll(ctx: Context, one: RecipientRow, why: string): Promise<void> {
  if (one.state !== 'uncertain') return
  await changeRecipient(ctx.tx, one, { state: 'sent', detail: why }, ctx.now)
  await restate(ctx.tx, [one.message])
}
