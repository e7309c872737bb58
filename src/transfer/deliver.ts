import { type Context, Fault, generatePassword, type House, isFault, type ManualWork } from '../platform/index.ts'
import { type Consignment, type Dispatch, recipientOf } from './consignment.ts'
import { fallBack } from './fall-back.ts'
import { isStopped, stoppedSentence } from './is-stopped.ts'
import { portalInvite } from './jobs/portal-invite.ts'
import { noteSent } from './note-sent.ts'
import { carried, routeNamed } from './routes/index.ts'
import type { Delivered } from './routes/route.ts'
import { decisionFor } from './rules/decision-for.ts'
import { findConsignment } from './store/consignments.ts'
import { changeDispatch, findDispatch, markLeaving } from './store/dispatches.ts'
import { findPassword, keepPassword } from './store/passwords.ts'
import { tellSender } from './tell-sender.ts'

// More routes than there are can never be tried.
const mostTurns = 15

/**
 * Carries one dispatch until it is sent, with another room, with a person, uncertain, or failed for good. Safe to be asked
 * twice and to be killed at any moment: one process at a time holds a dispatch, and what is written down just before the
 * content leaves tells afterwards whether it can have left.
 */
export async function deliver(work: ManualWork, id: string, attempt: number): Promise<void> {
  await alone(work.house, id, async () => {
    let turn: number | undefined = attempt
    for (let turns = 0; turn !== undefined && turns < mostTurns; turns++) turn = await deliverOnce(work, id, turn)
  })
}

/** One attempt. Gives the next attempt when it failed and another route is Safehaven's to carry at once. */
async function deliverOnce(work: ManualWork, id: string, attempt: number): Promise<number | undefined> {
  const act = { act: 'transfer.delivering', subject: id }
  const begun = await work.transaction((ctx) => begin(ctx, id, attempt), act)
  if (!begun) return undefined
  const { dispatch, consignment, password } = begun
  let left = false
  const leaving = async () => {
    const { database } = work.house
    const marked = await database.transaction(work.actor, (tx) => markLeaving(tx, dispatch, work.house.clock.now()))
    if (!marked) throw new Fault('transfer.moved-on', 'Somebody else has taken this dispatch on meanwhile.')
    left = true
  }
  const party = recipientOf(consignment, dispatch.recipientIndex)
  const decision = decisionFor(consignment, dispatch.recipientIndex, dispatch.route) ?? consignment.decision
  const route = routeNamed(dispatch.route)
  let delivered: Delivered
  try {
    const unable = route.unable(consignment, party)
    delivered =
      unable === undefined
        ? await route.deliver!({ work, consignment, dispatch, party, decision, password, leaving })
        : { outcome: 'failed', detail: unable }
  } catch (error) {
    work.house.log.fault('a delivery broke off', error, { dispatch: id, attempt })
    const detail = isFault(error) ? error.sentence : 'It broke off for a reason that is written in the log.'
    delivered = { outcome: left ? 'uncertain' : 'failed', detail }
  }
  return work.transaction((ctx) => conclude(ctx, id, attempt, consignment, delivered), {
    act: 'transfer.delivered',
    subject: id,
    detail: { outcome: delivered.outcome, route: dispatch.route, attempt },
  })
}

interface Begun {
  readonly dispatch: Dispatch
  readonly consignment: Consignment
  readonly password: string | undefined
}

async function begin(ctx: Context, id: string, attempt: number): Promise<Begun | undefined> {
  const found = await findDispatch(ctx.tx, id, true)
  if (found?.attempt !== attempt || !carried.includes(found.route)) return undefined
  const consignment = await findConsignment(ctx, found.disclosure)
  if (!consignment) return undefined
  if (found.state === 'sending' && found.handedAt !== null) {
    await becomeUncertain(ctx, consignment, found, 'Safehaven was stopped after the content had begun to leave.')
    return undefined
  }
  if (found.state !== 'prepared' && found.state !== 'sending') return undefined
  if (await isStopped(ctx, found.disclosure)) {
    await changeDispatch(ctx, found, { state: 'failed', what: 'stopped', detail: stoppedSentence })
    return undefined
  }
  const sending = { state: 'sending', what: 'sending', detail: `By ${routeNamed(found.route).label}` } as const
  const dispatch = found.state === 'sending' ? found : await changeDispatch(ctx, found, sending)
  return { dispatch, consignment, password: await passwordFor(ctx, dispatch) }
}

// New for each transmission (CUM-31), kept sealed until a person has told it by another channel (CUM-54).
async function passwordFor(ctx: Context, dispatch: Dispatch): Promise<string | undefined> {
  if (!routeNamed(dispatch.route).fulfils.includes('new-password')) return undefined
  const kept = await findPassword(ctx, dispatch)
  if (kept !== undefined) return kept
  const password = generatePassword()
  await keepPassword(ctx, dispatch, password)
  return password
}

async function conclude(
  ctx: Context,
  id: string,
  attempt: number,
  consignment: Consignment,
  { outcome, detail }: Delivered,
): Promise<number | undefined> {
  const dispatch = await findDispatch(ctx.tx, id, true)
  if (dispatch?.attempt !== attempt || dispatch.state !== 'sending') return undefined
  switch (outcome) {
    case 'sent': {
      const state = dispatch.route === 'register' ? 'arrived' : 'sent'
      await noteSent(ctx, consignment, await changeDispatch(ctx, dispatch, { state, what: 'sent', detail }))
      return undefined
    }
    case 'handed-on':
      await changeDispatch(ctx, dispatch, { state: 'sent', what: 'sent', detail })
      await ctx.tx.enqueue(portalInvite, { dispatchId: id })
      await noteSent(ctx, consignment, dispatch)
      return undefined
    case 'uncertain':
      await becomeUncertain(ctx, consignment, dispatch, detail)
      return undefined
    case 'failed': {
      const next = await fallBack(ctx, consignment, dispatch, detail)
      return next.state === 'prepared' && carried.includes(next.route) ? next.attempt : undefined
    }
  }
}

/** It may have gone, or not: it is never sent again by itself, and its sender is asked. */
export async function becomeUncertain(
  ctx: Context,
  consignment: Consignment,
  dispatch: Dispatch,
  why: string,
): Promise<void> {
  const uncertain = await changeDispatch(ctx, dispatch, { state: 'uncertain', what: 'uncertain', detail: why })
  const text = `${why} Ask ${dispatch.recipientName} whether it arrived; then confirm it, or send it again.`
  await tellSender(ctx, consignment, uncertain, { kind: 'uncertain', text })
}

// A lock of the session: a killed process lets go of it by itself.
async function alone(house: House, id: string, run: () => Promise<void>): Promise<void> {
  const client = await house.database.pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 50)) as held',
      [id],
    )
    if (rows[0]?.held !== true) return
    try {
      await run()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 50))', [id]).catch((error: Error) => {
        broken = error
      })
    }
  } finally {
    client.release(broken)
  }
}
