import { type HeldRecord, holding, sql } from '../platform/index.ts'

const years = 6

/** What was told about breaches and near misses; found by words in it. */
export const breachHolding = holding({
  name: 'transfer.breach',
  tables: ['transfer.breach'],
  retention: { text: `Kept ${years} years after it was closed.`, cites: ['CUM-47'] },
  async find(ctx, { givenName, surname }) {
    const words = [givenName, surname].flatMap((part) => part?.trim().split(/\s+/) ?? []).filter((word) => word !== '')
    if (words.length === 0) return []
    const where = words.reduce(
      (all, word) =>
        sql`${all} and position(lower(${word}) in lower(concat_ws(' ', what, outcome, lesson, told_by_name))) > 0`,
      sql`true`,
    )
    const rows = await ctx.tx.query<{ id: string; since: Date }>(
      sql`select id, noticed_at as since from transfer.breach where ${where} order by noticed_at limit 1000`,
    )
    return rows.map(({ id, since }): HeldRecord => ({ id, label: 'what was told about a breach', since }))
  },
  async export(ctx, id) {
    const row = await ctx.tx.maybe<Record<string, unknown>>(
      sql`select kind, noticed_at as noticed, what, lesson, told_by_name as "told by", closed_at as closed, outcome from transfer.breach where id = ${id}::uuid`,
    )
    return row ?? {}
  },
  async due(ctx) {
    const rows = await ctx.tx.query<{ id: string }>(
      sql`select id from transfer.breach where closed_at <= ${ctx.now}::timestamptz - make_interval(years => ${years})`,
    )
    return rows.map((row) => row.id)
  },
  dispose: (ctx, ids) => ctx.tx.run(sql`delete from transfer.breach where id = any(${[...ids]}::uuid[])`),
})
