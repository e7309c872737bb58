import type { Context } from '../platform/index.ts'
import { keepDecision } from '../protocols/index.ts'
import { decideNow } from './decide-now.ts'
import type { Draft } from './draft.ts'
import { inForceFor } from './protocol-in-force.ts'
import type { Saved } from './save-step.ts'
import { lockDisclosure, settle } from './store/disclosures.ts'

/** Records the decision not to share, with its reasons: a result like any other (BEX-7). What the protocol would have said is kept beside it. */
export async function declineToShare(
  ctx: Context,
  id: string,
  version: number,
  reasons: NonNullable<Draft['notShared']>,
): Promise<Saved> {
  const row = await lockDisclosure(ctx.tx, id)
  if (row === undefined) return { kind: 'missing' }
  if (row.state !== 'draft' && row.state !== 'held') return { kind: 'closed', row }
  if (row.version !== version) return { kind: 'changed', row }
  const now = await decideNow(ctx, row)
  const decisionId =
    now === undefined ? undefined : await keepDecision(ctx.tx, ctx.now, ctx.actor, now.disclosure, now.decision)
  const draft: Draft = { ...row.draft, notShared: reasons }
  await settle(ctx, row, {
    state: 'not-shared',
    decisionId,
    protocol: now?.protocol.id ?? (await inForceFor(ctx, row)).protocol.id,
    draft,
  })
  ctx.about(id, { outcome: 'not-shared' })
  return { kind: 'saved', draft }
}
