import { z } from 'zod'
import { agencyById } from '../../../people/index.ts'
import { sql } from '../../../platform/index.ts'
import { forbidden, invalid, page, redirect, text, view } from '../../../web/index.ts'

/**
 * How long entries are kept after they have left the register: each authority's own policy (WY-7), changed by nobody else (BEX-57), with its reason
 * (BEX-58).
 */
export const keepingTime = page({
  path: '/register/keeping-time',
  permission: 'register.import',
  audit: 'register.keeping-time-read',
  auditPost: 'register.keeping-time-set',
  async get(ctx) {
    const agency = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
    if (agency?.keepsRegister !== true) return forbidden('Your agency keeps no register.')
    const now = await ctx.tx.maybe<{ years: number; reason: string | null; setBy: string | null; setAt: Date | null }>(
      sql`select years_kept as years, keeping_reason as reason, keeping_set_by as "setBy", keeping_set_at as "setAt" from register.standing where authority = ${agency.id}`,
    )
    return view('register/keeping/pages/keeping-time.njk', {
      title: 'How long entries are kept',
      backTo: '/register/feeds',
      backText: 'Feeds of the register',
      agencyName: agency.name,
      kept: now ?? { years: 6, reason: null, setBy: null, setAt: null },
    })
  },
  form: z.object({ years: text('Enter the number of years', 3), reason: text('Say why', 500) }),
  async post(ctx, { form }) {
    const agency = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
    if (agency?.keepsRegister !== true) return forbidden('Your agency keeps no register.')
    const years = Number(form.years)
    if (!Number.isInteger(years) || years < 1 || years > 100)
      return invalid({ years: 'The number of years is from 1 to 100' })
    await ctx.tx.run(sql`insert into register.standing (authority, years_kept, keeping_reason, keeping_set_by, keeping_set_at)
      values (${agency.id}, ${years}, ${form.reason}, ${ctx.actor.name}, ${ctx.now})
      on conflict (authority) do update set years_kept = excluded.years_kept, keeping_reason = excluded.keeping_reason, keeping_set_by = excluded.keeping_set_by, keeping_set_at = excluded.keeping_set_at`)
    ctx.about(agency.id, { years })
    return redirect('/register/keeping-time')
  },
})
