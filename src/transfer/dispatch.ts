import type { Context } from '../platform/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { oweTasks } from './fall-back.ts'
import { askForDelivery } from './jobs/deliver.ts'
import { insertConsignment } from './store/consignments.ts'
import { dispatchesOf, insertDispatches } from './store/dispatches.ts'

/**
 * Takes over a decided disclosure: freezes what is sent, makes one dispatch for each recipient with its tasks, and asks for
 * delivery, all in the caller's transaction. Asked twice, it changes nothing and gives the dispatches that are there.
 */
export async function dispatch(ctx: Context, consignment: Consignment): Promise<Dispatch[]> {
  const own = withOwnRoutes(consignment)
  if (!(await insertConsignment(ctx, own))) return dispatchesOf(ctx.tx, consignment.id)
  const dispatches = await insertDispatches(ctx, own)
  for (const made of dispatches) {
    await oweTasks(ctx, own, made)
    await askForDelivery(ctx, made)
  }
  return dispatches
}

// Each recipient goes by the route that the decision gives them, which need not be that of the whole.
function withOwnRoutes(consignment: Consignment): Consignment {
  const routes = new Map(consignment.decision.recipients.map(({ index, route }) => [index, route]))
  const recipients = consignment.recipients.map((one) => ({ ...one, route: routes.get(one.index) ?? one.route }))
  return { ...consignment, recipients }
}
