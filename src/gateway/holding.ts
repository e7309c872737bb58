import { type Context, type HeldRecord, holding, sql } from '../platform/index.ts'
import { readSeen, recipientsOf } from './queue/index.ts'
import { returnedFor } from './returns/index.ts'

const days = 90

/** Messages that went through the gateway; found by whom they name, in what was found in them and in their addresses. */
export const gatewayHolding = holding({
  name: 'gateway.message',
  tables: [
    'gateway.message',
    'gateway.recipient',
    'gateway.returned',
    'gateway.tidying',
    'gateway.mailbox',
    'gateway.mail_password',
  ],
  retention: {
    text: `What went through the mail gateway is kept ${days} days after its last change; the decision and the custody chain are kept by their own rule.`,
    cites: ['CUM-23', 'CUM-32'],
  },
  async find(ctx, { givenName, surname }) {
    const words = [givenName, surname]
      .filter((word) => word !== undefined && word !== '')
      .map((word) => word!.toLowerCase())
    if (words.length === 0) return []
    const rows = await ctx.tx.query<{ id: string; at: Date; reference: string; name: string }>(
      sql`select id, at, reference, sender_name as name from gateway.message order by at`,
    )
    const found: HeldRecord[] = []
    for (const { id, at, reference, name } of rows) {
      const { parts, recipients } = await readSeen(ctx, id)
      const text =
        `${name} ${parts.map((one) => one.text).join('\n')} ${recipients.map((one) => `${one.name} ${one.address}`).join(' ')}`.toLowerCase()
      if (words.every((word) => text.includes(word))) found.push({ id, label: `message ${reference}`, since: at })
    }
    return found
  },
  async export(ctx, id) {
    const { parts, findings, recipients, decision } = await readSeen(ctx, id)
    return {
      parts,
      findings,
      recipients,
      decision,
      states: await recipientsOf(ctx.tx, id),
      returned: await returnedFor(ctx.tx, id),
    }
  },
  due: async (ctx) => (await dueMessages(ctx)).map(({ id }) => id),
  dispose: (ctx, ids) => ctx.tx.run(sql`delete from gateway.message where id = any(${[...ids]}::uuid[])`),
})

const dueMessages = (ctx: Context): Promise<{ id: string }[]> =>
  ctx.tx.query(sql`select m.id from gateway.message m where m.state in ('done', 'refused', 'withdrawn')
    and greatest(m.at, m.settled_at, (select max(r.changed_at) from gateway.recipient r where r.message = m.id))
      <= ${ctx.now}::timestamptz - make_interval(days => ${days})`)
