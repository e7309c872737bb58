import { z } from 'zod'
import { agencyById, authorities, userById } from '../../people/index.ts'
import { type Context, newId } from '../../platform/index.ts'
import { day, optionalText, text, withDays } from '../../web/index.ts'
import { dayOf } from '../rules/clocks.ts'
import { plainLine, plainText } from '../rules/plain.ts'
import { addCall, callsOf } from '../store/calls.ts'
import { step, stepForm, wrong } from './step.ts'

export interface Hub {
  readonly name: string
  readonly telephone: string
  readonly hours?: string | undefined
}

/** The hubs to telephone: that of the worker's own area, or those of every authority where the agency works across them. */
export async function hubsFor(ctx: Context): Promise<readonly Hub[]> {
  const person = await userById(ctx.tx, ctx.actor.id)
  const own = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
  const area = own?.keepsRegister === true ? own.id : (own?.area ?? person?.area)
  const found = (await authorities(ctx.tx)).filter((one) => area === undefined || one.id === area)
  return found.flatMap((one) =>
    one.hubTelephone === undefined ? [] : [{ name: one.name, telephone: one.hubTelephone, hours: one.hubHours }],
  )
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'Europe/London',
})

/** An instant by London's clock. Around the change of the hour it may be off by that hour, never by more. */
export function londonInstant(on: string, at: string): Date {
  const asIfUtc = new Date(`${on}T${at.padStart(5, '0')}:00Z`)
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(asIfUtc)
  return new Date(2 * asIfUtc.getTime() - new Date(`${shown.replace(' ', 'T')}Z`).getTime())
}

export const call = step({
  step: 'call',
  template: 'sharing/pages/call.njk',
  form: withDays(
    ['madeOn'],
    stepForm({
      callId: z.uuid('Open the page again, and send it from there'),
      spokenTo: text('Enter whom you spoke to', 200),
      spokenRole: optionalText(200),
      telephone: text('Enter the number you called', 50),
      madeOn: day('Enter the day of the call'),
      madeAt: z
        .string('Enter the time of the call, such as 14:05')
        .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'Enter the time of the call, such as 14:05'),
      told: text('Record what you told the hub', 10_000),
      understood: text('Record what it was taken to mean', 5_000),
      decision: text('Record what was decided at once', 5_000),
      action: optionalText(5_000),
    }),
  ),
  async show(ctx, { row }) {
    return {
      hubs: await hubsFor(ctx),
      calls: await callsOf(ctx.tx, row.id),
      callId: newId(),
      today: dayOf(ctx.now),
      time: CLOCK.format(ctx.now),
    }
  },
  save(draft, form, _shown, ctx) {
    const madeAt = londonInstant(form.madeOn, form.madeAt)
    return madeAt.getTime() > ctx.now.getTime() + 60_000
      ? wrong({ madeOn: 'The call cannot be later than now' })
      : draft
  },
  async also(ctx, form, { row }) {
    await addCall(ctx, row.id, {
      id: form.callId,
      madeAt: londonInstant(form.madeOn, form.madeAt),
      telephone: plainLine(form.telephone),
      spokenTo: plainLine(form.spokenTo),
      spokenRole: form.spokenRole === undefined ? undefined : plainLine(form.spokenRole),
      told: plainText(form.told),
      understood: plainText(form.understood),
      decision: plainText(form.decision),
      action: form.action === undefined ? undefined : plainText(form.action),
    })
    return undefined
  },
})
