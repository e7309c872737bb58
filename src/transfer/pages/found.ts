import type { Context } from '../../platform/index.ts'
import type { Consignment, Dispatch } from '../consignment.ts'
import { findConsignment } from '../store/consignments.ts'
import { findDispatch } from '../store/dispatches.ts'

/** A dispatch with what is sent, where this actor may see it. */
export async function foundDispatch(
  ctx: Context,
  id: string,
): Promise<{ dispatch: Dispatch; consignment: Consignment } | undefined> {
  ctx.about(id)
  const dispatch = await findDispatch(ctx.tx, id)
  const consignment = dispatch && (await findConsignment(ctx, dispatch.disclosure))
  return dispatch && consignment ? { dispatch, consignment } : undefined
}
