import { isDeepStrictEqual } from 'node:util'
import { rememberRecipient } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import type { Decision, NeedAsked } from '../protocols/index.ts'
import { findDecision, keepDecision } from '../protocols/index.ts'
import { type DecidedNow, decideNow } from './decide-now.ts'
import { dispatch } from './dispatch.ts'
import type { StepId } from './rules/unanswered.ts'
import { stillOpen } from './still-open.ts'
import { lockDisclosure, type Row, settle } from './store/disclosures.ts'

export type Sending =
  | { readonly kind: 'decided'; readonly decisionId: string }
  /** It had been sent before: nothing was done. */
  | { readonly kind: 'already'; readonly row: Row }
  | { readonly kind: 'hold'; readonly decision: Decision; readonly needs: readonly NeedAsked[] }
  | { readonly kind: 'refused'; readonly decision: Decision }
  | { readonly kind: 'changed'; readonly row: Row }
  | { readonly kind: 'unanswered'; readonly steps: readonly StepId[] }
  | { readonly kind: 'missing' }

/**
 * Decides with the facts as they are now, records the decision, and asks for its dispatch, all in the caller's transaction. Only an outcome
 * of share goes on; hold and refuse are recorded too (BEX-7). Asked twice, it sends once.
 */
export async function sendDisclosure(ctx: Context, id: string, { version }: { version: number }): Promise<Sending> {
  const row = await lockDisclosure(ctx.tx, id)
  if (row === undefined) return { kind: 'missing' }
  if (row.state !== 'draft' && row.state !== 'held') return { kind: 'already', row }
  if (row.version !== version) return { kind: 'changed', row }
  const now = await decideNow(ctx, row)
  if (now === undefined) return { kind: 'unanswered', steps: ['worry', 'information', 'recipients'] }
  const steps = await stillOpen(ctx, row, now)
  if (steps.length > 0) return { kind: 'unanswered', steps }
  ctx.about(id, { outcome: now.decision.outcome, protocol: now.protocol.id })
  if (now.decision.outcome !== 'share') {
    await hold(ctx, row, now)
    return now.decision.outcome === 'hold'
      ? { kind: 'hold', decision: now.decision, needs: now.decision.needs }
      : { kind: 'refused', decision: now.decision }
  }
  const decisionId = await keepDecision(ctx.tx, ctx.now, ctx.actor, now.disclosure, now.decision)
  await settle(ctx, row, { state: 'decided', decisionId, protocol: now.protocol.id })
  for (const one of row.draft.recipients) await rememberRecipient(ctx, one.entryId)
  await ctx.tx.enqueue(dispatch, { disclosureId: id }, { key: `transfer.dispatch:${id}` })
  return { kind: 'decided', decisionId }
}

// The same hold asked for again is not recorded again.
async function hold(ctx: Context, row: Row, now: DecidedNow): Promise<void> {
  const before = row.decisionId === null ? undefined : await findDecision(ctx.tx, row.decisionId)
  if (before !== undefined && isDeepStrictEqual(before.decision, JSON.parse(JSON.stringify(now.decision)))) return
  const decisionId = await keepDecision(ctx.tx, ctx.now, ctx.actor, now.disclosure, now.decision)
  await settle(ctx, row, { state: 'held', decisionId, protocol: now.protocol.id })
}
