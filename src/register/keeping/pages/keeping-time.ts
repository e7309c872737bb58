import { z } from 'zod'
import { agencyById } from '../../../people/index.ts'
import { type Context, sql } from '../../../platform/index.ts'
import { forbidden, invalid, page, redirect, text, tick, view } from '../../../web/index.ts'

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
      left: await gone(ctx, agency.id, 0),
      kept: now ?? { years: 6, reason: null, setBy: null, setAt: null },
    })
  },
  form: z.object({
    years: text('Enter the number of years', 3),
    reason: text('Say why it is worth keeping them so long', 500),
    sure: tick(),
  }),
  async post(ctx, { form }) {
    const agency = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
    if (agency?.keepsRegister !== true) return forbidden('Your agency keeps no register.')
    const years = Number(form.years)
    if (!Number.isInteger(years) || years < 1 || years > 100)
      return invalid({ years: 'The number of years is from 1 to 100' })
    const over = await gone(ctx, agency.id, years)
    const words = over.n === 1 ? 'one entry' : `${over.n.toLocaleString('en-GB')} entries`
    if (over.n > 0 && !form.sure)
      return invalid({
        sure: `With ${years === 1 ? 'one year' : `${years} years`}, ${words} that left the register will be disposed of, and nothing brings them back. Tick this if it is meant`,
      })
    await ctx.tx.run(sql`insert into register.standing (authority, years_kept, keeping_reason, keeping_set_by, keeping_set_at)
      values (${agency.id}, ${years}, ${form.reason}, ${ctx.actor.name}, ${ctx.now})
      on conflict (authority) do update set years_kept = excluded.years_kept, keeping_reason = excluded.keeping_reason, keeping_set_by = excluded.keeping_set_by, keeping_set_at = excluded.keeping_set_at`)
    ctx.about(agency.id, { years, over: over.n })
    return redirect('/register/keeping-time')
  },
})

/** Entries that left the register so many years ago or longer, and are kept still; and when the first of them left. */
const gone = (ctx: Context, authority: string, years: number): Promise<{ n: number; first: Date | null }> =>
  ctx.tx.one(sql`select count(*)::int as n, min(removed_at) as first from register.entry
    where authority = ${authority} and removed_at is not null and disposed_at is null and removed_at <= ${ctx.now}::timestamptz - make_interval(years => ${years})`)
