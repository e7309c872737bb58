import type { Context } from '../../platform/index.ts'
import { tellOf } from './jobs/tell.ts'
import { unfinished } from './lists.ts'
import { changeRecipient, recipientsOf, restate } from './store.ts'

/** What waited to be sent when a backup was made may have gone since: it is not sent by itself, and its sender is told. */
export async function afterRestore(ctx: Context, at: Date): Promise<void> {
  const made = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const detail = `Safehaven was restored from a backup of ${made}, when this had not gone yet. It may have gone since: ask the recipient.`
  for (const { id } of await unfinished(ctx.tx, new Date(ctx.now.getTime() + 1))) {
    for (const one of await recipientsOf(ctx.tx, id))
      if (one.state === 'waiting' || one.state === 'sending')
        await changeRecipient(ctx.tx, one, { state: 'uncertain', detail }, ctx.now)
    await restate(ctx.tx, [id])
    await tellOf(ctx, id, 'uncertain')
  }
}
