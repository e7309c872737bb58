import { z } from 'zod'
import { choice, conflict, notFound, optionalText, page, redirect, text, tick, view } from '../../web/index.ts'
import { addBreach, closeBreach, findBreach, listBreaches, nearMisses, sampleForAudit } from '../store/breaches.ts'

const DAYS = 90

/** Breaches and near misses, and a sample of what was sent whose need to know is looked at again (CUM-47). */
export const breachesPage = page({
  path: '/breaches',
  query: z.object({ told: z.string().optional() }),
  permission: 'breach.report',
  audit: 'transfer.breaches-read',
  auditPost: 'transfer.breach-reported',
  async get(ctx, { query }) {
    const since = new Date(ctx.now.getTime() - DAYS * 86_400_000)
    const keeps = ctx.actor.permissions.has('breach.keep')
    const found = keeps ? await listBreaches(ctx) : []
    ctx.about('breaches', { shown: found.length })
    return view('transfer/pages/breaches.njk', {
      title: 'Breaches and near misses',
      keeps,
      ...(query.told === undefined
        ? {}
        : { notice: 'Thank you. Those who look into it have it now.', noticeType: 'success' }),
      days: DAYS,
      breaches: found.map((one) => ({
        ...one,
        overdue: one.closedAt === null && one.reportDue !== null && one.reportDue < ctx.now,
      })),
      ...(keeps ? { counts: await nearMisses(ctx, since) } : {}),
      ...(keeps && ctx.actor.permissions.has('disclosure.read')
        ? { sample: await sampleForAudit(ctx, since, ctx.now.toISOString().slice(0, 7)) }
        : {}),
    })
  },
  form: z.object({
    kind: choice(['breach', 'near-miss'], 'Choose whether anyone saw what was not for them'),
    what: text('Enter what happened', 5_000),
    reference: optionalText(40),
    risk: tick(),
  }),
  async post(ctx, { form }) {
    const id = await addBreach(ctx, { ...form, risk: form.kind === 'breach' && form.risk })
    ctx.about(id, { kind: form.kind })
    return redirect(ctx.actor.permissions.has('breach.keep') ? `/breaches/${id}` : '/breaches?told=yes')
  },
})

/** One of them, and what came of looking into it. */
export const breachPage = page({
  path: '/breaches/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'breach.keep',
  audit: 'transfer.breach-read',
  auditPost: 'transfer.breach-closed',
  async get(ctx, { params: { id } }) {
    const breach = await findBreach(ctx, id)
    if (breach === undefined) return notFound()
    ctx.about(id)
    const overdue = breach.closedAt === null && breach.reportDue !== null && breach.reportDue < ctx.now
    return view('transfer/pages/breach.njk', { title: 'What went wrong', backTo: '/breaches', breach, overdue })
  },
  form: z.object({
    outcome: text('Enter what you found, and what was done for the people concerned', 5_000),
    lesson: text('Enter what is done so that it does not happen again', 5_000),
    reported: choice(['yes', 'no'], 'Say whether the Information Commissioner was told'),
  }),
  async post(ctx, { params: { id }, form }) {
    ctx.about(id)
    if ((await findBreach(ctx, id)) === undefined) return notFound()
    if (!(await closeBreach(ctx, id, { ...form, reported: form.reported === 'yes' })))
      return conflict('Somebody else has closed this already.')
    return redirect('/breaches')
  },
})
