import type { Context } from '../platform/index.ts'
import type { DecidedNow } from './decide-now.ts'
import { type StepId, unanswered } from './rules/unanswered.ts'
import { callsOf } from './store/calls.ts'
import type { Row } from './store/disclosures.ts'
import { documentsOf } from './store/documents.ts'

/**
 * Pages that must be seen to before it goes. Documents go whole: where something is withheld from a recipient, no document goes along, because
 * nobody can say that it does not hold the same (BEX-36).
 */
export async function stillOpen(
  ctx: Context,
  row: Row,
  { protocol, decision }: DecidedNow,
): Promise<readonly StepId[]> {
  const steps = unanswered(row.draft, row.form, protocol, (await callsOf(ctx.tx, row.id)).length)
  const withDocuments = (await documentsOf(ctx.tx, row.id)).some((one) => one.kind === 'document')
  return decision.withheld.length > 0 && withDocuments ? ['documents', ...steps] : steps
}
