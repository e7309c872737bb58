import { z } from 'zod'
import { agencyById, listUsers } from '../../people/index.ts'
import { type Actor, type Context, job, sql } from '../../platform/index.ts'
import { keepDecision, protocolNamed } from '../../protocols/index.ts'
import type { Entry } from '../entry.ts'
import { decideFor, disclosureFor } from '../rules/disclosure-for.ts'
import type { Met, SealedQuestion } from '../sealed.ts'
import { type Enquiry, enquiryById, openQuestion } from '../store/enquiries.ts'
import { notice } from '../store/notices.ts'
import { tell } from './tell.ts'

const TEN_DAYS = 10 * 86_400_000
/** So many agencies asking about one child within ten days is a signal. */
const AGENCIES_FOR_SIGNAL = 3

interface Standing {
  readonly id: number
  readonly authority: string
  readonly record: Entry
  readonly shielded: boolean
}

/**
 * After an enquiry was answered: writes it into the history of every child it met (WY-25), tells the keepers, the children's workers and
 * those who wished to hear of it, and raises a signal where three agencies asked within ten days.
 */
export const noteMet = job({
  name: 'register.note-met',
  audit: 'register.enquiry-noted',
  payload: z.object({ enquiry: z.uuid() }),
  async run(ctx, { enquiry }) {
    const row = await enquiryById(ctx.tx, enquiry)
    if (row === undefined) return
    const { met, asking, check } = openQuestion(ctx, row.id, row.sealedQuestion)
    ctx.about(enquiry, { met: met.length })
    if (met.length === 0) return
    const entries = new Map(
      (
        await ctx.tx.query<Standing>(
          sql`select id, authority, record, shielded from register.entry where id = any(${met.map((one) => one.id)}::bigint[])`,
        )
      ).map((one) => [one.id, one]),
    )
    // In one order, so that two enquiries into the same children never wait for one another.
    for (const one of met.toSorted((a, b) => a.id - b.id)) {
      const entry = entries.get(one.id)
      if (entry === undefined) continue
      const decision = one.decision ?? (await keepRefusal(ctx, row, { asking, check }, one))
      await ctx.tx.run(sql`insert into register.enquiry_entry (enquiry_id, entry_id, authority, agency, asker, at, shown, probability, decision_id)
        values (${row.id}, ${one.id}, ${one.authority}, ${row.agency}, ${row.asker}, ${row.at}, ${one.shown}, ${one.probability}, ${decision})
        on conflict do nothing`)
      await tellKeepers(ctx, row, entry)
      await tellSubscribers(ctx, row, entry)
      await raiseSignal(ctx, entry)
    }
  },
})

/** What was withheld is a decision too (BEX-7). The rule is asked again from the same facts: it can only answer the same. */
async function keepRefusal(
  ctx: Context,
  row: Enquiry,
  { asking, check }: Pick<SealedQuestion, 'asking' | 'check'>,
  one: Met,
): Promise<string> {
  const asked = {
    asker: asking.asker,
    check,
    authority: { id: one.authority, name: (await agencyById(ctx.tx, one.authority))?.name ?? one.authority },
    protocol: protocolNamed(asking.protocol),
    day: asking.day,
  }
  const { disclosure, decision } = decideFor(asked)
  const about = disclosureFor(asked, disclosure.information, [`register:${one.id}`])
  const actor: Actor = {
    id: row.asker,
    name: row.askerName,
    kind: 'user',
    agency: row.agency,
    permissions: new Set(),
  }
  return keepDecision(ctx.tx, row.at, actor, about, decision)
}

async function tellKeepers(ctx: Context, row: Enquiry, entry: Standing): Promise<void> {
  const users = await listUsers(ctx.tx, entry.authority)
  // A notice to a whole agency would say that a shielded child is there: only those named are told.
  if (entry.shielded) {
    for (const user of users)
      if (entry.record.shielded?.visibleTo.includes(user.username) && user.id !== row.asker)
        await tellUser(ctx, row, entry, user.id, 'Somebody asked the registers about a child whose record is shielded.')
    return
  }
  if (row.agency !== entry.authority)
    await notice(ctx, {
      agency: entry.authority,
      kind: 'enquiry',
      entry: entry.id,
      enquiry: row.id,
      says: 'Another agency asked the registers about this child.',
    })
  const worker = users.find((user) => user.name === entry.record.keyWorker?.name)
  if (worker !== undefined && worker.id !== row.asker)
    await tellUser(
      ctx,
      row,
      entry,
      worker.id,
      row.agency === entry.authority
        ? 'A colleague asked the registers about a child you work with.'
        : 'Another agency asked the registers about a child you work with.',
    )
}

async function tellUser(ctx: Context, row: Enquiry, entry: Standing, user: string, says: string): Promise<void> {
  const id = await notice(ctx, {
    agency: entry.authority,
    forUser: user,
    kind: 'enquiry',
    entry: entry.id,
    enquiry: row.id,
    says,
  })
  await ctx.tx.enqueue(tell, { notice: id })
}

async function tellSubscribers(ctx: Context, row: Enquiry, entry: Standing): Promise<void> {
  // Who wished to hear of a child that has been shielded since hears nothing more.
  if (entry.shielded) return
  const waiting = await ctx.tx.query<{ user: string; agency: string }>(
    sql`select user_id as user, agency from register.subscription where entry_id = ${entry.id} and ended_at is null and user_id <> ${row.asker}`,
  )
  for (const { user, agency } of waiting) {
    const id = await notice(ctx, {
      agency,
      forUser: user,
      kind: 'subscription',
      entry: entry.id,
      says: 'Somebody else asked about a child you wished to hear of. The keeper of the register can say who.',
    })
    await ctx.tx.enqueue(tell, { notice: id })
  }
}

async function raiseSignal(ctx: Context, entry: Standing): Promise<void> {
  if (entry.shielded) return
  const since = new Date(ctx.now.getTime() - TEN_DAYS)
  // Enquiries that are noted at the same moment must not each raise it.
  await ctx.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`register.signal ${entry.id}`}, 0))`)
  const { n } = await ctx.tx.one<{ n: number }>(
    sql`select count(distinct agency)::int as n from register.enquiry_entry where entry_id = ${entry.id} and at > ${since}`,
  )
  if (n < AGENCIES_FOR_SIGNAL) return
  const raised = await ctx.tx.query(
    sql`select 1 from register.notice where entry_id = ${entry.id} and kind = 'signal' and at > ${since} limit 1`,
  )
  if (raised.length > 0) return
  await notice(ctx, {
    agency: entry.authority,
    kind: 'signal',
    entry: entry.id,
    says: `${n} agencies asked about one child within ten days. Look whether together they know more than each alone.`,
  })
  ctx.audit({ act: 'register.signal-raised', subject: String(entry.id), detail: { agencies: n } })
}
