import type { Context } from '../platform/index.ts'
import { becomeUncertain } from './deliver.ts'
import { carried } from './routes/index.ts'
import { findConsignment } from './store/consignments.ts'
import { findDispatch, unfinished } from './store/dispatches.ts'

/**
 * What waited to be sent when the backup was made may have gone since, and the restored hub cannot know: it is not sent by itself, and
 * each sender is asked.
 */
export async function afterRestore(ctx: Context, at: Date): Promise<void> {
  const made = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  for (const { id } of await unfinished(ctx.tx, carried, ctx.now)) {
    const dispatch = await findDispatch(ctx.tx, id, true)
    const consignment = dispatch && (await findConsignment(ctx, dispatch.disclosure))
    if (!dispatch || !consignment) continue
    const why = `Safehaven was restored from a backup of ${made}, when this had not gone yet. It may have gone since.`
    await becomeUncertain(ctx, consignment, dispatch, why)
  }
}
