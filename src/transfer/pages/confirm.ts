import { z } from 'zod'
import { conflict, invalid, notFound, page, redirect, view } from '../../web/index.ts'
import { recordStep, stepsFrom } from '../record-step.ts'
import { routeNamed } from '../routes/index.ts'
import type { RouteStep } from '../routes/route.ts'
import { foundDispatch } from './found.ts'

const alreadyThere =
  'This was confirmed already, or the dispatch has moved on. Look at what happened before you confirm more.'

/** A form by which a person confirms one step of custody. */
export const confirmPage = page({
  path: '/dispatches/:id/steps/:step',
  params: z.object({ id: z.uuid(), step: z.string().max(40) }),
  permission: 'dispatch.confirm',
  audit: 'transfer.step-asked',
  auditPost: 'transfer.step-confirmed',
  async get(ctx, { params }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found || !routeNamed(found.dispatch.route).steps.some((one) => one.id === params.step)) return notFound()
    const step = stepsFrom(found.dispatch).find((one) => one.id === params.step)
    if (!step) return conflict(alreadyThere)
    const { dispatch } = found
    return view('transfer/pages/confirm.njk', {
      title: step.label,
      backTo: `/dispatches/${dispatch.id}`,
      dispatch,
      step,
    })
  },
  form: z.looseObject({}),
  async post(ctx, { params, form }) {
    const found = await foundDispatch(ctx, params.id)
    const step = found && routeNamed(found.dispatch.route).steps.find((one) => one.id === params.step)
    if (!step) return notFound()
    const read = readAnswers(step, form)
    if ('errors' in read) return invalid(read.errors)
    const answer = await recordStep(ctx, params.id, step.id, read.answers)
    ctx.about(params.id, { step: step.id })
    switch (answer.kind) {
      case 'recorded':
        return redirect(`/dispatches/${params.id}`)
      case 'not-now':
        return conflict(answer.sentence)
      case 'missing':
        return notFound()
    }
  },
})

type Answers = Record<string, string | boolean | undefined>

/** The answers to a step's fields, or a sentence for each that is missing or malformed. */
export function readAnswers(
  step: RouteStep,
  form: Readonly<Record<string, unknown>>,
): { answers: Answers } | { errors: Record<string, string> } {
  const answers: Answers = {}
  const errors: Record<string, string> = {}
  for (const { name, kind, missing } of step.fields) {
    const typed = form[name]
    const value = typeof typed === 'string' ? typed : ''
    if (value === '') {
      if (missing) errors[name] = missing
      continue
    }
    if (kind === 'tick') answers[name] = true
    else if (value.length > (kind === 'paragraph' ? 5000 : 300))
      errors[name] = `Shorten this to ${kind === 'paragraph' ? 5000 : 300} characters or fewer`
    else if (kind === 'amount' && !/^£?\d{1,5}(\.\d{2})?$/.test(value))
      errors[name] = 'Enter the cost in pounds, such as 4.35'
    else answers[name] = value
  }
  return Object.keys(errors).length > 0 ? { errors } : { answers }
}
