import { z } from 'zod'
import { listUsers } from '../../people/index.ts'
import type { Context } from '../../platform/index.ts'
import type { Route } from '../../protocols/index.ts'
import { choice, conflict, invalid, notFound, optionalText, page, redirect, view } from '../../web/index.ts'
import { type Rag, timeLeft } from '../rules/clocks.ts'
import { plainText } from '../rules/plain.ts'
import { FORM_WORDS, RAG_WORDS, ROUTE_WORDS } from '../rules/words.ts'
import { claimReport, countQueue, decideReport, queueOf, type Report, reportById, setRag } from '../store/reports.ts'

export const OUTCOMES = [
  'Strategy discussion and section 47 enquiry',
  'Assessment under section 17',
  'Early help',
  'Information passed to the allocated worker',
  'Advice given',
  'No further action',
] as const
const RAG_TAG = { red: 'govuk-tag--red', amber: 'govuk-tag--yellow', green: 'govuk-tag--green' } as const
const STATES = { waiting: 'Waiting', claimed: 'Taken up', decided: 'Decided' } as const

const shownAs = (one: Report, now: Date) => ({
  ...one,
  formWords: FORM_WORDS[one.form as 'referral'] ?? one.form,
  routeWords: ROUTE_WORDS[one.route as Route] ?? one.route,
  stateWords: STATES[one.state],
  ragTag: { text: RAG_WORDS[one.rag], classes: RAG_TAG[one.rag] },
  left: one.state === 'decided' ? undefined : timeLeft(one.dueAt, now),
})

/** The queue of what came in, with counts by state, clock and agency (MPS-7). */
export const intake = page({
  path: '/intake',
  query: z.object({
    state: z.enum(['waiting', 'claimed', 'decided']).optional().catch(undefined),
    from: z.string().max(80).optional(),
  }),
  permission: 'intake.work',
  audit: 'intake.queue',
  async get(ctx, { query }) {
    const agency = ctx.actor.agency ?? ''
    const counts = await countQueue(ctx.tx, agency, ctx.now)
    const sum = (pick: (one: (typeof counts)[number]) => boolean) =>
      counts.filter(pick).reduce((total, one) => total + one.count, 0)
    const rags = (['red', 'amber', 'green'] as const).map((rag) => ({
      rag,
      tag: { text: RAG_WORDS[rag], classes: RAG_TAG[rag] },
      waiting: sum((one) => one.rag === rag && one.state === 'waiting'),
      claimed: sum((one) => one.rag === rag && one.state === 'claimed'),
      overdue: sum((one) => one.rag === rag && one.overdue),
      decided: sum((one) => one.rag === rag && one.state === 'decided'),
    }))
    const agencies = [...new Map(counts.map((one) => [one.fromAgency, one.fromAgencyName]))].map(([id, name]) => ({
      id,
      name,
      open: sum((one) => one.fromAgency === id && one.state !== 'decided'),
      all: sum((one) => one.fromAgency === id),
    }))
    return view('sharing/pages/intake.njk', {
      title: 'Intake',
      backTo: '/',
      rags,
      agencies,
      chosen: query,
      overdue: sum((one) => one.overdue),
      states: (['waiting', 'claimed', 'decided'] as const).map((state) => ({
        state,
        title: STATES[state],
        count: sum((one) => one.state === state),
      })),
      list: (await queueOf(ctx.tx, agency, query.state, query.from)).map((one) => shownAs(one, ctx.now)),
    })
  },
})

async function own(ctx: Context, id: string): Promise<Report | undefined> {
  const found = await reportById(ctx.tx, id)
  return found?.toAgency === ctx.actor.agency ? found : undefined
}
const behind = (one: Report) =>
  conflict(
    `Somebody else was quicker${one.claimedByName === null ? '' : `: ${one.claimedByName} has it`}. Open the report again to see where it stands.`,
  )

/** One report: taken up by one person, its clock set, and decided with what it was taken to mean and what is done (CUM-9). */
export const report = page({
  path: '/intake/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'intake.work',
  audit: 'intake.opened',
  auditPost: 'intake.worked',
  async get(ctx, { params }) {
    const found = await own(ctx, params.id)
    if (found === undefined) return notFound()
    ctx.about(found.disclosure, { report: params.id })
    return view('sharing/pages/report-in.njk', {
      title: `${FORM_WORDS[found.form as 'referral'] ?? found.form} ${found.reference}`,
      backTo: '/intake',
      report: shownAs(found, ctx.now),
      outcomes: OUTCOMES,
      rags: (['red', 'amber', 'green'] as const).map((value) => ({ value, text: RAG_WORDS[value] })),
      workers: (await listUsers(ctx.tx, ctx.actor.agency)).map((one) => one.name),
    })
  },
  form: z.object({
    version: z.coerce.number().int(),
    act: choice(['claim', 'clock', 'decide'], 'Choose what to do'),
    rag: z.enum(['red', 'amber', 'green']).optional(),
    understood: optionalText(5_000),
    outcome: z.enum(OUTCOMES).optional(),
    action: optionalText(5_000),
    assignedTo: optionalText(200),
  }),
  async post(ctx, { params, form }) {
    const found = await own(ctx, params.id)
    if (found === undefined) return notFound()
    ctx.about(found.disclosure, { report: params.id, act: form.act })
    const here = redirect(`/intake/${params.id}`)
    if (form.act === 'claim')
      return found.claimedBy === ctx.actor.id
        ? here
        : (await claimReport(ctx, params.id, form.version))
          ? here
          : behind(found)
    if (form.act === 'clock')
      return form.rag === undefined || form.rag === found.rag
        ? here
        : (await setRag(ctx, { ...found, version: form.version }, form.rag as Rag))
          ? here
          : behind(found)
    const errors = {
      ...(form.understood === undefined ? { understood: 'Record what the information is taken to mean' } : {}),
      ...(form.outcome === undefined ? { outcome: 'Choose what is decided' } : {}),
      ...(form.action === undefined ? { action: 'Record what is done, by whom and by when' } : {}),
    }
    if (form.understood === undefined || form.outcome === undefined || form.action === undefined) return invalid(errors)
    const made = {
      understood: plainText(form.understood),
      outcome: form.outcome,
      action: plainText(form.action),
      assignedTo: form.assignedTo,
    }
    if (await decideReport(ctx, params.id, form.version, made)) return redirect('/intake')
    return found.state === 'decided' && found.decidedByName === ctx.actor.name ? redirect('/intake') : behind(found)
  },
})
