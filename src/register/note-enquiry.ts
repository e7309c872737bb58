import { listUsers } from '../people/index.ts'
import { type Context, newId, sql } from '../platform/index.ts'
import type { Check, CheckAnswer } from './answer.ts'

const TEN_DAYS = 10 * 86_400_000
/** So many agencies asking about one child within ten days is a signal. */
const AGENCIES_FOR_SIGNAL = 3

export interface Met {
  readonly id: number
  readonly authority: string
  readonly shielded: boolean
  readonly keyWorker?: string | undefined
  readonly shown: boolean
  readonly probability: number
  readonly decision?: string | undefined
}

/** An enquiry with everything that it met. `nearIds` are candidates below the threshold: only a keeper who is asked sees them. */
export interface Noted {
  readonly check: Check
  readonly answer: CheckAnswer
  readonly met: readonly Met[]
  readonly nearIds: readonly { readonly id: number; readonly authority: string; readonly probability: number }[]
  readonly flag?: string | undefined
}

/** What of an enquiry is sealed. */
export interface SealedQuestion {
  readonly check: Check
  readonly near: Noted['nearIds']
}
export const QUESTION = 'register.enquiry-question'
export const ANSWER = 'register.enquiry-answer'

/**
 * Writes who asked, when and why (WY-25, WY-35); tells the keeping authorities, the child's worker and those who wished to hear of it;
 * raises a signal where three agencies ask within ten days. Needs to stand past the wall.
 */
export async function noteEnquiry(ctx: Context, noted: Noted): Promise<void> {
  const { check, answer, met } = noted
  const id = answer.enquiry
  const sealed: SealedQuestion = { check, near: noted.nearIds }
  await ctx.tx.run(sql`insert into register.enquiry (id, at, asker, asker_name, agency, agency_name, purpose, ground, consent, need_to_know, outcome, sealed_question, sealed_answer, flag)
    values (${id}, ${ctx.now}, ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.actor.agency ?? ''}, ${ctx.actor.agencyName ?? ctx.actor.agency ?? ''}, ${check.purpose}, ${check.ground ?? null},
      ${check.consent ?? null}, ${check.needToKnow}, ${answer.outcome}, ${ctx.secrets.seal(QUESTION, JSON.stringify(sealed), id)},
      ${ctx.secrets.seal(ANSWER, JSON.stringify(answer), id)}, ${noted.flag ?? null})`)
  if (noted.flag !== undefined)
    ctx.audit({ act: 'register.trawling-suspected', subject: ctx.actor.id, detail: { enquiry: id } })
  for (const one of met) {
    await ctx.tx.run(sql`insert into register.enquiry_entry (enquiry_id, entry_id, authority, agency, asker, at, shown, probability, decision_id)
      values (${id}, ${one.id}, ${one.authority}, ${ctx.actor.agency ?? ''}, ${ctx.actor.id}, ${ctx.now}, ${one.shown}, ${one.probability}, ${one.decision ?? null})`)
    await tellKeeper(ctx, one, id)
    if (one.shown) await tellSubscribers(ctx, one, id)
    await raiseSignal(ctx, one)
  }
}

async function tellKeeper(ctx: Context, one: Met, enquiry: string): Promise<void> {
  // Who works with a shielded child is told by those named; a notice would say to a whole agency that the child is there.
  if (one.shielded || ctx.actor.agency === one.authority) return
  const worker =
    one.keyWorker === undefined
      ? undefined
      : (await listUsers(ctx.tx, one.authority)).find((user) => user.name === one.keyWorker)
  await notice(ctx, {
    agency: one.authority,
    kind: 'enquiry',
    entry: one.id,
    enquiry,
    says: 'Another agency asked the registers about this child.',
  })
  if (worker !== undefined)
    await notice(ctx, {
      agency: one.authority,
      forUser: worker.id,
      kind: 'enquiry',
      entry: one.id,
      enquiry,
      says: 'Another agency asked the registers about a child you work with.',
    })
}

async function tellSubscribers(ctx: Context, one: Met, enquiry: string): Promise<void> {
  const waiting = await ctx.tx.query<{ user: string; agency: string }>(
    sql`select user_id as user, agency from register.subscription where entry_id = ${one.id} and ended_at is null and user_id <> ${ctx.actor.id}`,
  )
  for (const { user, agency } of waiting)
    await notice(ctx, {
      agency,
      forUser: user,
      kind: 'subscription',
      entry: one.id,
      enquiry,
      says: 'Somebody else asked about a child you wished to hear of. The keeper of the register can say who.',
    })
}

async function raiseSignal(ctx: Context, one: Met): Promise<void> {
  if (one.shielded) return
  const since = new Date(ctx.now.getTime() - TEN_DAYS)
  const { n } = await ctx.tx.one<{ n: number }>(
    sql`select count(distinct agency)::int as n from register.enquiry_entry where entry_id = ${one.id} and at > ${since}`,
  )
  if (n < AGENCIES_FOR_SIGNAL) return
  const raised = await ctx.tx.query(
    sql`select 1 from register.notice where entry_id = ${one.id} and kind = 'signal' and at > ${since} limit 1`,
  )
  if (raised.length > 0) return
  await notice(ctx, {
    agency: one.authority,
    kind: 'signal',
    entry: one.id,
    says: `${n} agencies asked about one child within ten days. Look whether together they know more than each alone.`,
  })
  ctx.audit({ act: 'register.signal-raised', subject: String(one.id), detail: { agencies: n } })
}

export async function notice(
  ctx: Context,
  one: {
    agency: string
    forUser?: string
    kind: 'enquiry' | 'subscription' | 'signal' | 'answer'
    entry?: number
    enquiry?: string
    says: string
  },
): Promise<void> {
  await ctx.tx.run(sql`insert into register.notice (id, at, agency, for_user, kind, entry_id, enquiry_id, says)
    values (${newId()}, ${ctx.now}, ${one.agency}, ${one.forUser ?? null}, ${one.kind}, ${one.entry ?? null}, ${one.enquiry ?? null}, ${one.says})`)
}
