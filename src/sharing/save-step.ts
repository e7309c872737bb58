import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../platform/index.ts'
import { type Draft, draftSchema } from './draft.ts'
import { keepDraft, lockDisclosure, type Row } from './store/disclosures.ts'

export type Saved =
  | { readonly kind: 'saved'; readonly draft: Draft }
  /** Somebody changed it since this page was opened. */
  | { readonly kind: 'changed'; readonly row: Row }
  /** It is decided, and stays as it was decided. */
  | { readonly kind: 'closed'; readonly row: Row }
  | { readonly kind: 'missing' }

/**
 * Writes one step of a draft. `version` is that of the page on which it was typed: when the draft has moved on since, nothing is overwritten.
 * The same step sent twice is saved once. Throws when the change is not a Draft.
 */
export async function saveStep(
  ctx: Context,
  id: string,
  version: number,
  step: string,
  change: (draft: Draft) => Draft,
): Promise<Saved> {
  const row = await lockDisclosure(ctx.tx, id)
  if (row === undefined) return { kind: 'missing' }
  if (row.state !== 'draft' && row.state !== 'held') return { kind: 'closed', row }
  const draft = JSON.parse(JSON.stringify(draftSchema.parse(change(row.draft)))) as Draft
  if (isDeepStrictEqual(draft, row.draft)) return { kind: 'saved', draft }
  if (row.version !== version) return { kind: 'changed', row }
  await keepDraft(ctx, row, step, draft)
  return { kind: 'saved', draft }
}
