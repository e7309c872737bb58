import { type Context, type HeldRecord, holding, sql } from '../platform/index.ts'
import { findConsignment } from './store/consignments.ts'
import { dispatchesOf, stepsOf } from './store/dispatches.ts'
import { tasksOf } from './store/tasks.ts'

const years = 6

/** What was sent, with its custody chain; found by the recipient's or sender's name, and by the child's reference. */
export const transferHolding = holding({
  name: 'transfer.consignment',
  tables: [
    'transfer.consignment',
    'transfer.dispatch',
    'transfer.step',
    'transfer.task',
    'transfer.password',
    'transfer.cost',
  ],
  retention: {
    text: `What was sent and the proof that it arrived are kept ${years} years from the last step, unless the agency that it came from agrees to another time.`,
    cites: ['BEX-57', 'BEX-58'],
  },
  async find(ctx, { subject, givenName, surname }) {
    const name = [givenName, surname].filter(Boolean).join(' ').toLowerCase()
    const rows = await ctx.tx.query<{ id: string; at: Date; names: string | null }>(sql`
      select c.disclosure as id, c.at, string_agg(d.recipient_name, '; ') as names
      from transfer.consignment c left join transfer.dispatch d using (disclosure) group by c.disclosure, c.at order by c.at`)
    const found: HeldRecord[] = []
    for (const { id, at, names } of rows) {
      const consignment = await findConsignment(ctx, id)
      if (!consignment) continue
      const about = consignment.disclosure.about?.some((one) => one.ref === subject) ?? false
      const words = `${names ?? ''} ${consignment.sender.name} ${consignment.letter}`.toLowerCase()
      const named = name !== '' && name.split(' ').every((part) => words.includes(part))
      if (about || named) found.push({ id, label: `sent to ${names ?? 'nobody'}`, since: at })
    }
    return found
  },
  async export(ctx, id) {
    const consignment = await findConsignment(ctx, id)
    if (!consignment) return {}
    const { letter, decision, sender, disclosure } = consignment
    const dispatches = await dispatchesOf(ctx.tx, id)
    const chains = await Promise.all(
      dispatches.map(async (one) => ({ ...one, custody: await stepsOf(ctx.tx, one.id) })),
    )
    return { sender, disclosure, decision, letter, dispatches: chains, tasks: await tasksOf(ctx.tx, id) }
  },
  due: async (ctx) => (await dueConsignments(ctx)).map(({ id }) => id),
  async dispose(ctx, ids) {
    return ctx.tx.run(sql`delete from transfer.consignment where disclosure = any(${[...ids]})`)
  },
})

const dueConsignments = (ctx: Context): Promise<{ id: string }[]> =>
  ctx.tx.query(sql`
    select c.disclosure as id from transfer.consignment c
    where not exists (select from transfer.dispatch d where d.disclosure = c.disclosure
      and d.changed_at > ${ctx.now}::timestamptz - make_interval(years => ${years}))
    and c.at <= ${ctx.now}::timestamptz - make_interval(years => ${years})`)
