import { z } from 'zod'
import { newId } from '../../platform/index.ts'
import { findProtocol, listProtocols } from '../../protocols/index.ts'
import { choice, invalid, optionalDay, optionalText, page, redirect, view, withDays } from '../../web/index.ts'
import { FORMS } from '../draft.ts'
import { ownProtocol } from '../protocol-in-force.ts'
import { dayOf } from '../rules/clocks.ts'
import { startDisclosure } from '../start-disclosure.ts'

/** Starts a disclosure. In an invented area an earlier protocol may be chosen, with a day in its force. */
export const start = page({
  path: '/disclosures/new',
  permission: 'disclosure.write',
  audit: 'disclosure.start',
  auditPost: 'disclosure.started',
  async get(ctx) {
    const protocol = await ownProtocol(ctx)
    return view('sharing/pages/start.njk', {
      title: 'Start',
      backTo: '/',
      startId: newId(),
      protocol,
      today: dayOf(ctx.now),
      practice: ctx.config.demo,
      protocols: ctx.config.demo
        ? listProtocols().map((one) => ({ value: one.id, text: one.title, from: one.inForce.from }))
        : [],
    })
  },
  form: withDays(
    ['onDay'],
    z.object({
      startId: z.uuid('Open the page again, and send it from there'),
      form: choice(FORMS, 'Choose what you want to do'),
      protocol: optionalText(60),
      onDay: optionalDay(),
    }),
  ),
  async post(ctx, { form }) {
    const own = await ownProtocol(ctx)
    const earlier =
      ctx.config.demo && form.protocol !== undefined && (form.protocol !== own.id || form.onDay !== undefined)
    if (!earlier)
      return redirect(`/disclosures/${await startDisclosure(ctx, { id: form.startId, form: form.form })}/worry`)
    const wanted = findProtocol(form.protocol!)
    if (wanted === undefined) return invalid({ protocol: 'Choose a protocol of the list' })
    const onDay =
      form.onDay ??
      (dayOf(ctx.now) >= wanted.inForce.from && wanted.inForce.until === undefined
        ? dayOf(ctx.now)
        : wanted.inForce.from)
    if (onDay < wanted.inForce.from || (wanted.inForce.until !== undefined && onDay > wanted.inForce.until))
      return invalid({
        onDay: `${wanted.title} was not in force on that day. It is in force from ${wanted.inForce.from}${wanted.inForce.until === undefined ? '' : ` to ${wanted.inForce.until}`}`,
      })
    return redirect(
      `/disclosures/${await startDisclosure(ctx, { id: form.startId, form: form.form, protocol: wanted.id, onDay })}/worry`,
    )
  },
})
