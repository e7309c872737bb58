import { z } from 'zod'
import type { Context } from '../../platform/index.ts'
import { ROUTES, type Route } from '../../protocols/index.ts'
import { choice, conflict, invalid, notFound, page, redirect, tick, view } from '../../web/index.ts'
import type { Consignment, Dispatch } from '../consignment.ts'
import { choosingFor, takeRoute } from '../fall-back.ts'
import { isStopped, stoppedSentence } from '../is-stopped.ts'
import { askForDelivery } from '../jobs/deliver.ts'
import { routeNamed } from '../routes/index.ts'
import { openRoutes } from '../rules/next-route.ts'
import { findDispatch } from '../store/dispatches.ts'
import { finishTasks } from '../store/tasks.ts'
import { foundDispatch } from './found.ts'

/** Where the sender chooses how a dispatch goes on that failed, is not certain, or waits for a person. */
export const chooseRoutePage = page({
  path: '/dispatches/:id/route',
  params: z.object({ id: z.uuid() }),
  permission: 'dispatch.confirm',
  audit: 'transfer.route-asked',
  auditPost: 'transfer.route-chosen',
  async get(ctx, { params }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found) return notFound()
    const { dispatch, consignment } = found
    if (!open(dispatch)) return conflict('This dispatch is on its way. Its route can be chosen again if it fails.')
    if (await isStopped(ctx, dispatch.disclosure)) return conflict(stoppedSentence)
    const choices = await choicesFor(ctx, consignment, dispatch)
    return view('transfer/pages/choose-route.njk', {
      title: 'Choose how it shall go',
      backTo: `/dispatches/${dispatch.id}`,
      dispatch,
      choices: choices.map((route) => ({
        value: route,
        text: routeNamed(route).label,
        hint: hintFor(dispatch, route),
      })),
    })
  },
  form: z.object({ route: choice(ROUTES, 'Choose how it shall go'), copy: tick() }),
  async post(ctx, { params, form }) {
    const found = await foundDispatch(ctx, params.id)
    const dispatch = found && (await findDispatch(ctx.tx, params.id, true))
    if (!found || !dispatch) return notFound()
    if (!open(dispatch)) return conflict('Somebody else was quicker: this dispatch is on its way already.')
    if (!(await choicesFor(ctx, found.consignment, dispatch)).includes(form.route)) {
      return invalid({ route: 'The decision does not leave this route open for this recipient.' })
    }
    if (dispatch.state === 'uncertain' && !form.copy) {
      return invalid({ copy: 'Confirm that you know this may be a second copy' })
    }
    if (await isStopped(ctx, dispatch.disclosure)) return conflict(stoppedSentence)
    await finishTasks(
      ctx,
      dispatch.id,
      ['choose-route', 'uncertain', 'chase-receipt', 'password-by-another-route'],
      `Sent again by ${routeNamed(form.route).label}`,
    )
    const detail = `By ${routeNamed(form.route).label}, chosen by hand${dispatch.state === 'uncertain' ? '; this may be a second copy' : ''}`
    await askForDelivery(ctx, await takeRoute(ctx, found.consignment, dispatch, form.route, detail))
    ctx.about(dispatch.id, { route: form.route })
    return redirect(`/dispatches/${dispatch.id}`)
  },
})

const open = ({ state, route }: Dispatch): boolean =>
  state === 'failed' || state === 'uncertain' || (state === 'prepared' && routeNamed(route).carrier === 'person')

// What failed once may be tried again by hand; what the decision closes may not.
async function choicesFor(ctx: Context, consignment: Consignment, dispatch: Dispatch): Promise<Route[]> {
  const choosing = await choosingFor(ctx, consignment, { ...dispatch, tried: [] })
  return openRoutes(choosing).filter((route) => {
    const decision = choosing.decideFor(route)
    return decision === undefined || (decision.outcome === 'share' && decision.route === route)
  })
}

function hintFor(dispatch: Dispatch, route: Route): string {
  if (dispatch.tried.includes(route)) return 'This has failed before.'
  return routeNamed(route).carrier === 'person'
    ? 'You or a colleague do this and confirm each step.'
    : 'Safehaven sends it at once.'
}
