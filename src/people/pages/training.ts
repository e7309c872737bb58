import { z } from 'zod'
import { may } from '../../platform/index.ts'
import { day, forbidden, invalid, notFound, page, redirect, view, withDays } from '../../web/index.ts'
import { trainingState } from '../rules/training.ts'
import { historyOf, recordTraining, trainingOf } from '../store/training.ts'
import { userById } from '../store/users.ts'

/** Everyone's own training, and for those who record it that of their agency, the most pressing first (BOU-1, BOU-2). */
export const training = page({
  path: '/training',
  permission: 'account.own',
  audit: 'training.read',
  async get(ctx) {
    const today = ctx.now.toISOString().slice(0, 10)
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    const all = may(ctx.actor, 'training.record') ? await trainingOf(ctx.tx, person.agency) : []
    ctx.about(person.id, { listed: all.length })
    return view('people/pages/training.njk', {
      title: 'Training',
      own: trainingState(person.trained, today),
      history: await historyOf(ctx.tx, person.id),
      staff: all.map((one) => ({ ...one, ...trainingState(one.takenOn ?? undefined, today) })),
      agencyName: person.agencyName,
    })
  },
})

export const trainingTaken = page({
  path: '/training/:user',
  params: z.object({ user: z.uuid() }),
  permission: 'training.record',
  audit: 'training.record-page',
  auditPost: 'training.recorded',
  async get(ctx, { params }) {
    const person = await userById(ctx.tx, params.user)
    if (person === undefined || person.agency !== ctx.actor.agency) return notFound()
    ctx.about(person.id)
    return view('people/pages/training-taken.njk', { title: 'Record training', backTo: '/training', person })
  },
  form: withDays(['taken'], z.object({ taken: day('Enter the day on which it was taken') })),
  async post(ctx, { params, form }) {
    const person = await userById(ctx.tx, params.user)
    if (person === undefined || person.agency !== ctx.actor.agency) return notFound()
    if (person.id === ctx.actor.id) return forbidden('Your own training is recorded by somebody else.')
    if (form.taken > ctx.now.toISOString().slice(0, 10)) return invalid({ taken: 'The day must not lie ahead' })
    await recordTraining(ctx.tx, person.id, form.taken, ctx.actor.name)
    ctx.about(person.id, { taken: form.taken })
    return redirect('/training')
  },
})
