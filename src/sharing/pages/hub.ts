import { z } from 'zod'
import { notFound, page, redirect, view } from '../../web/index.ts'
import { tasksOf } from '../journey.ts'
import { timeLeft } from '../rules/clocks.ts'
import { callsOf } from '../store/calls.ts'
import { markSeen, questionsOf } from '../store/questions.ts'
import { hubsFor } from './call.ts'
import { caseOf, frame, isClosed, shownOf } from './step.ts'

/** The task list of one disclosure: what is done, and what is to do. */
export const hub = page({
  path: '/disclosures/:id',
  params: z.object({ id: z.uuid() }),
  query: z.object({ asked: z.string().optional() }),
  permission: 'disclosure.read',
  audit: 'disclosure.opened',
  async get(ctx, { params, query }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    if (isClosed(shown.row) || shown.row.form === 'program' || !ctx.actor.permissions.has('disclosure.write'))
      return redirect(`/disclosures/${params.id}/record`)
    const calls = await callsOf(ctx.tx, params.id)
    const questions = await questionsOf(ctx.tx, params.id)
    await markSeen(ctx, params.id, ctx.actor.id)
    return view('sharing/pages/hub.njk', {
      ...frame(shown),
      title: shown.row.form === 'police-report' ? 'Police report' : 'Referral',
      backTo: '/disclosures',
      sections: tasksOf(caseOf(shown), calls.length),
      questions,
      hubs: shown.row.draft.worry?.risk === 'imminent-harm' && calls.length === 0 ? await hubsFor(ctx) : [],
      followUps: calls
        .filter((one) => one.followedUpAt === null)
        .map((one) => ({ ...one, left: timeLeft(one.followUpDue, ctx.now) })),
      ...(query.asked === undefined ? {} : { notice: 'Your question is on its way. The answer comes back here.' }),
    })
  },
})
