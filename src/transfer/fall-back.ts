import type { Context } from '../platform/index.ts'
import type { Obligation, Route } from '../protocols/index.ts'
import { type Consignment, type Dispatch, recipientOf } from './consignment.ts'
import { isStopped } from './is-stopped.ts'
import { routeNamed } from './routes/index.ts'
import { decisionFor } from './rules/decision-for.ts'
import { type Choosing, nextRoute, openRoutes } from './rules/next-route.ts'
import { owedTasks } from './rules/owed.ts'
import { changeDispatch } from './store/dispatches.ts'
import { insertTasks, tasksOf } from './store/tasks.ts'
import { tellSender } from './tell-sender.ts'

/**
 * What a failed delivery does at once: goes on by the next route that the decision holds open and for which nothing is left
 * to be done before, and the sender is told; or, where there is none, is `failed` and the sender is told and asked. A
 * dispatch that comes back `prepared` on a route carried by Safehaven is for the caller to deliver.
 */
export async function fallBack(
  ctx: Context,
  consignment: Consignment,
  dispatch: Dispatch,
  why: string,
): Promise<Dispatch> {
  const tried = [...new Set([...dispatch.tried, dispatch.route])]
  const failed = await changeDispatch(ctx, dispatch, { state: 'failed', what: 'failed', detail: why, tried })
  const choosing = await choosingFor(ctx, consignment, failed)
  const next = (await isStopped(ctx, dispatch.disclosure)) ? undefined : nextRoute(choosing)
  const by = routeNamed(dispatch.route).label
  if (next === undefined) {
    const open = openRoutes(choosing).map((route) => routeNamed(route).label)
    const rest =
      open.length > 0 ? `Choose how it shall go: ${open.join(', ')}.` : 'The decision leaves no other route open.'
    await tellSender(ctx, consignment, failed, { kind: 'choose-route', text: `${by} failed: ${why} ${rest}` })
    return failed
  }
  const text = `${by} failed: ${why} It goes on by ${routeNamed(next).label}, which the decision holds open.`
  await tellSender(ctx, consignment, failed, { kind: 'route-changed', text })
  return takeRoute(ctx, consignment, failed, next, `By ${routeNamed(next).label}`)
}

/** Prepares a further attempt by a route, and writes down what that route owes. */
export async function takeRoute(
  ctx: Context,
  consignment: Consignment,
  dispatch: Dispatch,
  route: Route,
  detail: string,
): Promise<Dispatch> {
  const prepared = await changeDispatch(ctx, dispatch, {
    state: 'prepared',
    what: 'rerouted',
    detail,
    route,
    attempt: dispatch.attempt + 1,
    handedAt: null,
  })
  await oweTasks(ctx, consignment, prepared)
  return prepared
}

/** Writes down what a dispatch owes on its route. */
export async function oweTasks(ctx: Context, consignment: Consignment, dispatch: Dispatch): Promise<void> {
  const { fulfils } = routeNamed(dispatch.route)
  const party = recipientOf(consignment, dispatch.recipientIndex)
  const decision = decisionFor(consignment, dispatch.recipientIndex, dispatch.route) ?? consignment.decision
  await insertTasks(ctx, owedTasks(consignment, { dispatch, party, decision, fulfils }, ctx.now))
}

/** What is known when another route is to be chosen for a dispatch. */
export async function choosingFor(ctx: Context, consignment: Consignment, dispatch: Dispatch): Promise<Choosing> {
  const party = recipientOf(consignment, dispatch.recipientIndex)
  const done = (await tasksOf(ctx.tx, dispatch.disclosure, dispatch.id)).filter((task) => task.doneAt !== null)
  const released = consignment.decision.obligations.filter((owed) => owed.when === 'before').map(({ id }) => id)
  return {
    decideFor: (route) => decisionFor(consignment, dispatch.recipientIndex, route),
    decision: consignment.decision,
    recipientIndex: dispatch.recipientIndex,
    party,
    tried: dispatch.tried,
    met: new Set<Obligation>([...released, ...(done.map((task) => task.kind) as Obligation[])]),
    fulfils: (route) => routeNamed(route).fulfils,
    unable: (route) => routeNamed(route).unable(consignment, party),
  }
}
