import type { Context } from '../platform/index.ts'
import type { Party } from '../protocols/index.ts'
import { type Consignment, type Dispatch, recipientOf } from './consignment.ts'
import { findConsignment } from './store/consignments.ts'
import { findDispatch } from './store/dispatches.ts'

/** What the portal carries: the dispatch, what is sent, and to whom. Undefined where it is not for this actor. */
export async function consignmentOf(
  ctx: Context,
  dispatchId: string,
): Promise<{ dispatch: Dispatch; consignment: Consignment; party: Party } | undefined> {
  const dispatch = await findDispatch(ctx.tx, dispatchId)
  const consignment = dispatch && (await findConsignment(ctx, dispatch.disclosure))
  return dispatch && consignment && { dispatch, consignment, party: recipientOf(consignment, dispatch.recipientIndex) }
}
