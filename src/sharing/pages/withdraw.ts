import { z } from 'zod'
import { invalid, notFound, page, redirect, text, tick, view } from '../../web/index.ts'
import { dayOf } from '../rules/clocks.ts'
import { plainText } from '../rules/plain.ts'
import { withdrawConsent } from '../withdraw-consent.ts'
import { frame, shownOf } from './step.ts'

/** Consent may be withdrawn at any time, also after it was relied on (BEX-26). */
export const withdraw = page({
  path: '/disclosures/:id/consent/withdraw',
  params: z.object({ id: z.uuid() }),
  query: z.object({ key: z.string().max(40) }),
  permission: 'disclosure.write',
  audit: 'disclosure.consent-withdraw',
  auditPost: 'disclosure.consent-withdrawn',
  async get(ctx, { params, query }) {
    const shown = await shownOf(ctx, params.id)
    const person = shown?.row.draft.people.find((one) => one.key === query.key)
    if (shown === undefined || person === undefined) return notFound()
    ctx.about(params.id)
    return view('sharing/pages/withdraw.njk', {
      ...frame(shown),
      title: `${person.name} withdraws consent`,
      backTo: `/disclosures/${params.id}`,
      person,
    })
  },
  form: z.object({ how: text('Record how they said it', 2_000), toldOfConsequences: tick() }),
  async post(ctx, { params, query, form }) {
    if (!form.toldOfConsequences)
      return invalid({ toldOfConsequences: 'Tell them what follows from withdrawing, then say here that you have' })
    const made = await withdrawConsent(ctx, params.id, {
      person: query.key,
      on: dayOf(ctx.now),
      how: plainText(form.how),
      toldOfConsequences: true,
    })
    if (made.kind === 'missing') return notFound()
    return redirect(`/disclosures/${params.id}/record`)
  },
})
