import { z } from 'zod'
import { adviserFor, managersOf } from '../../people/index.ts'
import { type Context, newId } from '../../platform/index.ts'
import { invalid, notFound, page, redirect, text, tick, view } from '../../web/index.ts'
import { anonymousFacts, identifyingIn } from '../rules/anonymous.ts'
import { plainText } from '../rules/plain.ts'
import { addQuestion, questionsOf } from '../store/questions.ts'
import { frame, isClosed, shownOf } from './step.ts'

const form = z.object({
  questionId: z.uuid('Open the page again, and send it from there'),
  askedOf: z.uuid('Choose whom you ask'),
  question: text('Write what you want to ask', 5_000),
  looked: tick(),
})
const within = (ctx: Context, kind: string) =>
  kind === 'advice' ? adviserFor(ctx.tx, ctx.actor.agency ?? '') : managersOf(ctx.tx, ctx.actor.agency ?? '')

/** "I am not sure": a named adviser is asked, who does not learn about whom (CUM-6, BEX-3). */
export const askAdvice = page({
  path: '/disclosures/:id/ask',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.write',
  audit: 'disclosure.ask',
  auditPost: 'disclosure.asked',
  async get(ctx, { params }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    const advisers = (await within(ctx, 'advice')).filter((one) => one.id !== ctx.actor.id)
    return view('sharing/pages/ask.njk', {
      ...frame(shown),
      title: 'I am not sure',
      backTo: `/disclosures/${params.id}`,
      advisers,
      questionId: newId(),
      facts: anonymousFacts(shown.row.draft, shown.day),
      questions: (await questionsOf(ctx.tx, params.id)).filter((one) => one.kind === 'advice'),
      risk: shown.row.draft.worry?.risk,
    })
  },
  form,
  async post(ctx, { params, form }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    const adviser = (await within(ctx, 'advice')).find((one) => one.id === form.askedOf && one.id !== ctx.actor.id)
    if (adviser === undefined) return invalid({ askedOf: 'Choose an adviser of your agency' })
    const question = plainText(form.question)
    const { known, perhaps } = identifyingIn(question, shown.row.draft)
    if (known.length > 0)
      return invalid({
        question: `The adviser must not learn who this is about. Take out: ${known.slice(0, 5).join(', ')}`,
      })
    if (perhaps.length > 0 && !form.looked)
      return invalid({
        looked: `Look at these again: ${perhaps.slice(0, 8).join(', ')}. Take them out, or say that they identify nobody of this family`,
      })
    await addQuestion(ctx, {
      id: form.questionId,
      disclosure: params.id,
      kind: 'advice',
      askedOf: adviser.id,
      askedOfName: adviser.name,
      question,
      facts: anonymousFacts(shown.row.draft, shown.day),
    })
    ctx.about(params.id, { asked: adviser.id })
    return redirect(`/disclosures/${params.id}?asked=yes`)
  },
})

const KINDS = {
  'manager-authorisation': 'Ask your manager to authorise it',
  'harm-balance': 'Ask your manager about the balance of harm',
} as const

/** What a manager must authorise (CUM-33), or the balance of harm that a manager confirms (CA2004-16LA). */
export const authorise = page({
  path: '/disclosures/:id/authorise',
  params: z.object({ id: z.uuid() }),
  query: z.object({ kind: z.enum(['manager-authorisation', 'harm-balance']).catch('manager-authorisation') }),
  permission: 'disclosure.write',
  audit: 'disclosure.authorise',
  auditPost: 'disclosure.authorisation-asked',
  async get(ctx, { params, query }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    if (isClosed(shown.row)) return redirect(`/disclosures/${params.id}/record`)
    const managers = (await within(ctx, query.kind)).filter((one) => one.id !== ctx.actor.id)
    return view('sharing/pages/authorise.njk', {
      ...frame(shown),
      title: KINDS[query.kind],
      kind: query.kind,
      backTo: `/disclosures/${params.id}/decision`,
      managers,
      questionId: newId(),
      questions: (await questionsOf(ctx.tx, params.id)).filter((one) => one.kind === query.kind),
    })
  },
  form,
  async post(ctx, { params, query, form }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    const manager = (await within(ctx, query.kind)).find((one) => one.id === form.askedOf && one.id !== ctx.actor.id)
    if (manager === undefined) return invalid({ askedOf: 'Choose a manager of your agency' })
    await addQuestion(ctx, {
      id: form.questionId,
      disclosure: params.id,
      kind: query.kind,
      askedOf: manager.id,
      askedOfName: manager.name,
      question: plainText(form.question),
      facts: { ...anonymousFacts(shown.row.draft, shown.day), version: shown.row.version },
    })
    ctx.about(params.id, { asked: manager.id })
    return redirect(`/disclosures/${params.id}?asked=yes`)
  },
})
