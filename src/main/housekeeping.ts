import { job, sql } from '../platform/index.ts'

/** Once a night: files that nobody claims, forms kept for a sign-in that never came, old answers to repeated calls, old marks of jobs. */
export const housekeeping = job({
  name: 'main.housekeeping',
  audit: 'main.tidied',
  payload: { parse: () => ({}) },
  every: 'day at 02:40',
  async run(ctx) {
    const hoursAgo = (hours: number) => new Date(ctx.now.getTime() - hours * 3_600_000)
    const forms = await ctx.tx.run(sql`delete from platform.kept_form where kept_at < ${hoursAgo(24)}`)
    const answers = await ctx.tx.run(sql`delete from platform.answered_request where at < ${hoursAgo(48)}`)
    const marks = await ctx.tx.run(sql`delete from platform.job_run where ran_at < ${hoursAgo(24 * 90)}`)
    const files = await ctx.blobs.sweep(ctx.tx, ctx.now)
    ctx.about('housekeeping', { forms, answers, marks, files })
  },
})
