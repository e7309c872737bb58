import { z } from 'zod'
import { describeSize } from '../../platform/index.ts'
import { file, notFound, page } from '../../web/index.ts'
import { sheetFacts } from '../composing/parts.ts'
import { recipientOf } from '../consignment.ts'
import { neutralName } from '../packing/neutral-names.ts'
import { routeNamed } from '../routes/index.ts'
import { proofSheet } from '../sheets/proof.ts'
import { dayAndTime } from '../sheets/sheet.ts'
import { stepsOf } from '../store/dispatches.ts'
import { tasksOf } from '../store/tasks.ts'
import { foundDispatch } from './found.ts'
import { stepWords } from './words.ts'

/** The custody chain as a PDF: what was decided, why, and that it arrived. */
export const proofPage = page({
  path: '/dispatches/:id/proof',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.read',
  audit: 'transfer.proof-saved',
  async get(ctx, { params }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found) return notFound()
    const { dispatch, consignment } = found
    const { decision } = consignment
    const steps = await stepsOf(ctx.tx, dispatch.id)
    const tasks = await tasksOf(ctx.tx, dispatch.disclosure, dispatch.id)
    const content = await proofSheet({
      ...sheetFacts(consignment, dispatch, recipientOf(consignment, dispatch.recipientIndex), ctx.now),
      disclosure: dispatch.disclosure,
      outcome: decision.outcome,
      level: decision.level,
      protocol: decision.protocol,
      route: routeNamed(dispatch.route).label,
      items: decision.items,
      withheld: decision.withheld,
      reasons: decision.reasons,
      documents: consignment.documents.map(({ name, size }, index) => ({
        name: neutralName(index + 1, name),
        size: describeSize(size),
      })),
      steps: steps.map((step) => ({ at: step.at, what: stepWords(step.what), by: step.byName, detail: step.detail })),
      tasks: tasks.map(({ text, due, ownerName, doneAt, doneByName }) => ({
        text,
        due,
        owner: ownerName,
        ...(doneAt ? { done: `${dayAndTime(doneAt)}, ${doneByName ?? ''}` } : {}),
      })),
    })
    return file({ name: `proof-${dispatch.reference}.pdf`, type: 'application/pdf', content })
  },
})
