import { z } from 'zod'
import { lookAlikes } from '../../people/index.ts'
import { invalid, notFound, page, redirect, tick, view } from '../../web/index.ts'
import { correctedMeanwhile } from '../corrected-meanwhile.ts'
import { decideNow } from '../decide-now.ts'
import { backFrom } from '../journey.ts'
import { listOf } from '../rules/facts.ts'
import { ROUTE_WORDS } from '../rules/words.ts'
import { saveStep } from '../save-step.ts'
import { sendDisclosure } from '../send-disclosure.ts'
import { stillOpen } from '../still-open.ts'
import { disclosureById } from '../store/disclosures.ts'
import { documentsOf } from '../store/documents.ts'
import { senderLetter } from '../write-letter.ts'
import { stepLinks } from './decision.ts'
import { CHANNEL } from './recipients.ts'
import { caseOf, changedView, frame, isClosed, shownOf } from './step.ts'

/** The last look at everyone on the list, by name, role and address (CUM-52, CUM-13, CUM-14, CUM-51); then it is sent. */
export const check = page({
  path: '/disclosures/:id/check',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.write',
  audit: 'disclosure.check',
  auditPost: 'disclosure.sent',
  async get(ctx, { params }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    if (isClosed(shown.row)) return redirect(`/disclosures/${params.id}/record`)
    const { row, day } = shown
    const now = await decideNow(ctx, row)
    if (now === undefined) return redirect(`/disclosures/${params.id}/decision`)
    const steps = (await stillOpen(ctx, row, now)).filter((one) => one !== 'check')
    const needs = now.decision.needs.filter((one) => one.id !== 'recipient-check' && one.id !== 'role-of-recipient')
    const list = await Promise.all(
      now.entries.map(async (entry, index) => {
        const chosen = row.draft.recipients[index]!
        const party = now.disclosure.to[index]!
        const route = now.decision.route ?? now.decision.recipients[index]?.route
        return {
          chosen,
          entry,
          party,
          channel: entry === undefined ? undefined : CHANNEL[entry.state],
          route: route === undefined ? undefined : ROUTE_WORDS[route],
          alike: entry === undefined ? [] : await lookAlikes(ctx, entry),
        }
      }),
    )
    return view('sharing/pages/check.njk', {
      ...frame(shown),
      title: 'Check the list and send',
      caption: 'Decision and sending',
      backTo: backFrom('check', caseOf(shown)),
      list,
      ready: steps.length === 0 && needs.length === 0 && now.decision.outcome !== 'refuse',
      steps: stepLinks(params.id, steps),
      needs,
      outcome: now.decision.outcome,
      letter: senderLetter(row, now.disclosure, now.decision, day),
      corrected: await correctedMeanwhile(ctx, row, now),
      documents: (await documentsOf(ctx.tx, params.id)).filter((one) => one.kind === 'document'),
    })
  },
  form: z.object({ version: z.coerce.number().int(), right: tick(), looked: tick() }),
  async post(ctx, { params, form }) {
    if (!form.right)
      return invalid({ right: 'Look at each person on the list, then say that they are the ones you mean' })
    const row = await disclosureById(ctx.tx, params.id)
    if (row === undefined) return notFound()
    // The second click of two finds it sent, and goes where the first one went.
    if (isClosed(row)) return redirect(`/disclosures/${params.id}/record`)
    const before = await decideNow(ctx, row)
    if (!form.looked && before !== undefined && (await correctedMeanwhile(ctx, row, before)).length > 0)
      return invalid({ looked: 'Look at what a register has corrected, then say that what you wrote is right' })
    const saved = await saveStep(ctx, params.id, form.version, 'check', (draft) => {
      const base = {
        note: 'The list was checked, each person by name, role and address.',
        by: ctx.actor.name,
        at: ctx.now.toISOString(),
        of: listOf(draft),
      }
      const others = draft.confirmed.filter((one) => one.need !== 'recipient-check' && one.need !== 'role-of-recipient')
      return {
        ...draft,
        confirmed: [...others, { ...base, need: 'recipient-check' }, { ...base, need: 'role-of-recipient' }],
      }
    })
    if (saved.kind === 'changed') return changedView(saved.row, `/disclosures/${params.id}/check`, {})
    if (saved.kind !== 'saved') return redirect(`/disclosures/${params.id}/record`)
    const version = (await disclosureById(ctx.tx, params.id))!.version
    const sending = await sendDisclosure(ctx, params.id, { version })
    switch (sending.kind) {
      case 'decided':
        return redirect(`/disclosures/${params.id}/record?sent=yes`)
      case 'already':
        return redirect(`/disclosures/${params.id}/record`)
      case 'changed':
        return changedView(sending.row, `/disclosures/${params.id}/check`, {})
      case 'missing':
        return notFound()
      case 'hold':
      case 'refused':
      case 'unanswered':
        return redirect(`/disclosures/${params.id}/decision`)
    }
  },
})
