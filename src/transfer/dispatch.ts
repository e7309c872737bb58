import type { Context } from '../platform/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { oweTasks, takeRoute } from './fall-back.ts'
import { askForDelivery } from './jobs/deliver.ts'
import { findConsignment, insertConsignment, replaceConsignment } from './store/consignments.ts'
import { changeDispatch, dispatchesOf, insertDispatches, renameRecipient } from './store/dispatches.ts'

/**
 * Takes over a decided disclosure: freezes what is sent, makes one dispatch for each recipient with its tasks, and asks for
 * delivery, all in the caller's transaction. Asked twice, it changes nothing and gives the dispatches that are there; asked
 * with another decision, before any of it has gone, it sends what was decided last.
 */
export async function dispatch(ctx: Context, consignment: Consignment): Promise<Dispatch[]> {
  if (await insertConsignment(ctx, consignment)) {
    await begin(ctx, consignment, await insertDispatches(ctx, consignment))
    return dispatchesOf(ctx.tx, consignment.id)
  }
  const before = await dispatchesOf(ctx.tx, consignment.id)
  const kept = await findConsignment(ctx, consignment.id)
  if (kept?.decisionId === consignment.decisionId || !before.every(hasNotGone)) return before
  await replaceConsignment(ctx, consignment)
  for (const one of before) await takeUp(ctx, consignment, one)
  const known = new Set(before.map((one) => one.recipientIndex))
  const recipients = consignment.recipients.filter(({ index }) => !known.has(index))
  if (recipients.length > 0) {
    const all = await insertDispatches(ctx, { ...consignment, recipients })
    await begin(
      ctx,
      consignment,
      all.filter((one) => !known.has(one.recipientIndex)),
    )
  }
  return dispatchesOf(ctx.tx, consignment.id)
}

async function begin(ctx: Context, consignment: Consignment, dispatches: readonly Dispatch[]): Promise<void> {
  for (const made of dispatches) {
    await oweTasks(ctx, consignment, made)
    await askForDelivery(ctx, made)
  }
}

async function takeUp(ctx: Context, consignment: Consignment, before: Dispatch): Promise<void> {
  const recipient = consignment.recipients.find(({ index }) => index === before.recipientIndex)
  if (!recipient) {
    await changeDispatch(ctx, before, {
      state: 'failed',
      what: 'stopped',
      detail: 'Decided anew without this recipient.',
    })
    return
  }
  await renameRecipient(ctx.tx, before.id, recipient.party)
  const taken = await takeRoute(ctx, consignment, { ...before, tried: [] }, recipient.route, 'Decided anew')
  await askForDelivery(ctx, taken)
}

const hasNotGone = ({ state, handedAt }: Dispatch): boolean =>
  handedAt === null && (state === 'prepared' || state === 'failed')
