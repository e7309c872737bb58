import { z } from 'zod'
import { notFound, optionalText, page, redirect, text, view } from '../../web/index.ts'
import { declineToShare } from '../decline-to-share.ts'
import { plainText } from '../rules/plain.ts'
import { changedView, frame, isClosed, shownOf } from './step.ts'

/** Not sharing is a decision of equal standing, and is recorded with its reasons (BEX-7). */
export const notShare = page({
  path: '/disclosures/:id/not-share',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.write',
  audit: 'disclosure.not-share',
  auditPost: 'disclosure.not-shared',
  async get(ctx, { params }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    if (isClosed(shown.row)) return redirect(`/disclosures/${params.id}/record`)
    return view('sharing/pages/not-share.njk', {
      ...frame(shown),
      title: 'Decide not to share',
      backTo: `/disclosures/${params.id}/decision`,
      risk: shown.row.draft.worry?.risk,
      duty: shown.protocol.rules.some((rule) => rule.cites.includes('CA2004-16LA')),
    })
  },
  form: z.object({
    version: z.coerce.number().int(),
    reasons: text('Record why you decide not to share', 5_000),
    instead: text('Record what you do instead to keep the child safe, even if it is nothing', 5_000),
    safer: optionalText(5_000),
  }),
  async post(ctx, { params, form }) {
    const saved = await declineToShare(ctx, params.id, form.version, {
      reasons: plainText(form.reasons),
      instead: plainText(form.instead),
      ...(form.safer === undefined ? {} : { safer: plainText(form.safer) }),
    })
    if (saved.kind === 'missing') return notFound()
    if (saved.kind === 'changed') return changedView(saved.row, `/disclosures/${params.id}/not-share`, form)
    return redirect(`/disclosures/${params.id}/record`)
  },
})
