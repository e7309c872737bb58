import type { Context } from '../platform/index.ts'
import { hasIt } from './correct-disclosure.ts'
import { portalRecall } from './jobs/portal-recall.ts'
import { findConsignment } from './store/consignments.ts'
import { addStep, changeDispatch, findDispatch } from './store/dispatches.ts'
import { finishAllTasks, insertTasks } from './store/tasks.ts'

export type Ended =
  | { readonly kind: 'ended' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'before'; readonly sentence: string }

const A_DAY = 24 * 3_600_000

/**
 * The plan does not need a recipient any more: what they can still open is closed (BEX-31), what has not gone does not go, and the sender is asked to tell them that they
 * keep neither what they received nor what was put together from it, and to write down how it was disposed of (BEX-59, BEX-60).
 */
export async function endNeed(ctx: Context, id: string, why: string): Promise<Ended> {
  const dispatch = await findDispatch(ctx.tx, id, true)
  const consignment = dispatch && (await findConsignment(ctx, dispatch.disclosure))
  if (!dispatch || !consignment) return { kind: 'missing' }
  if (dispatch.state === 'sending')
    return { kind: 'before', sentence: 'It is being sent this moment. Look again in a minute.' }
  if (!hasIt(dispatch)) {
    await changeDispatch(ctx, dispatch, { state: 'failed', what: 'need-ended', detail: why })
    await finishAllTasks(ctx, id, 'Not needed any more: the recipient has no part in it.')
    return { kind: 'ended' }
  }
  await addStep(ctx, dispatch, 'need-ended', why)
  await finishAllTasks(ctx, id, 'Not needed any more: the recipient has no part in it.')
  if (dispatch.route === 'portal') await ctx.tx.enqueue(portalRecall, { dispatchId: id, because: 'need-ended' })
  const { userId, name, agency } = consignment.sender
  const text = `Tell ${dispatch.recipientName} that they have no part in this any more: they keep neither what they were sent nor what was put together from it. Ask how they disposed of it, and write that down here.`
  const owed = {
    disclosure: dispatch.disclosure,
    dispatch: id,
    owner: { userId, name, agency },
    due: new Date(ctx.now.getTime() + A_DAY),
  }
  await insertTasks(ctx, [{ ...owed, kind: 'tell-need-ended', text, cites: ['BEX-31', 'BEX-59', 'BEX-60'] }])
  return { kind: 'ended' }
}
