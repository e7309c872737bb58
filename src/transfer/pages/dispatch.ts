import { z } from 'zod'
import { notFound, page, view } from '../../web/index.ts'
import { recipientOf, type State } from '../consignment.ts'
import { sheetLabels } from '../draw-sheet.ts'
import { stepsFrom } from '../record-step.ts'
import { routeNamed } from '../routes/index.ts'
import { stepsOf } from '../store/dispatches.ts'
import { findPassword } from '../store/passwords.ts'
import { tasksOf } from '../store/tasks.ts'
import { foundDispatch } from './found.ts'
import { stateWords, stepWords } from './words.ts'

/** Routes on which an answer comes back to Safehaven; the gateway has the page of them. */
const byMail: ReadonlySet<string> = new Set(['internal-email', 'secure-email', 'email', 'encrypted-attachment'])

/** What can be done about it in the portal. Nothing lies there of what failed. */
function portalWords(state: State): string | undefined {
  if (state === 'failed') return undefined
  return state === 'read' || state === 'acted-on'
    ? 'See who has read it'
    : 'Give the telephone code, and see who has read it'
}

/** The custody chain of one dispatch on one page. */
export const dispatchPage = page({
  path: '/dispatches/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.read',
  audit: 'transfer.dispatch-read',
  async get(ctx, { params }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found) return notFound()
    const { dispatch, consignment } = found
    const route = routeNamed(dispatch.route)
    const steps = await stepsOf(ctx.tx, dispatch.id)
    const tasks = await tasksOf(ctx.tx, dispatch.disclosure, dispatch.id)
    return view('transfer/pages/dispatch.njk', {
      title: `Custody of ${dispatch.reference}`,
      backTo: `/disclosures/${dispatch.disclosure}/custody`,
      dispatch,
      state: stateWords[dispatch.state],
      route,
      party: recipientOf(consignment, dispatch.recipientIndex),
      sender: consignment.sender,
      decision: consignment.decision,
      documents: consignment.documents,
      steps: steps.map((step) => ({ ...step, words: stepWords(step.what), byRoute: routeNamed(step.route).label })),
      tasks: tasks.map((task) => ({ ...task, overdue: task.doneAt === null && task.due < ctx.now })),
      portal: route.id === 'portal' ? portalWords(dispatch.state) : undefined,
      answers: ctx.config.returns !== undefined && byMail.has(route.id) && dispatch.state !== 'prepared',
      next: stepsFrom(dispatch),
      sheets: route.sheets.map((kind) => ({ kind, label: sheetLabels[kind] })),
      passwordWaits: (await findPassword(ctx, dispatch)) !== undefined && dispatch.state !== 'prepared',
      mayChoose:
        dispatch.state === 'failed' ||
        dispatch.state === 'uncertain' ||
        (dispatch.state === 'prepared' && route.carrier === 'person'),
    })
  },
})
