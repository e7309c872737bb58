import { z } from 'zod'
import { notFound, page, view } from '../../web/index.ts'
import { recipientOf } from '../consignment.ts'
import { sheetLabels } from '../draw-sheet.ts'
import { stepsFrom } from '../record-step.ts'
import { routeNamed } from '../routes/index.ts'
import { stepsOf } from '../store/dispatches.ts'
import { findPassword } from '../store/passwords.ts'
import { tasksOf } from '../store/tasks.ts'
import { foundDispatch } from './found.ts'
import { stateWords, stepWords } from './words.ts'

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
