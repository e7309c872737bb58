import type { Context } from '../platform/index.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { ownProtocol } from './protocol-in-force.ts'
import { addDisclosure } from './store/disclosures.ts'

export interface Start {
  /** Given by the page, so that the same form sent twice starts one. */
  readonly id?: string | undefined
  readonly form: 'referral' | 'police-report'
  readonly draft?: Draft | undefined
  /** Another protocol on a day of the past. */
  readonly protocol?: string | undefined
  readonly onDay?: string | undefined
  /** The disclosure that it puts right. */
  readonly corrects?: string | undefined
}

/** Starts a draft for the signed-in worker and gives its id. */
export async function startDisclosure(ctx: Context, start: Start): Promise<string> {
  const protocol = start.protocol ?? (await ownProtocol(ctx)).id
  const id = await addDisclosure(ctx, {
    id: start.id,
    form: start.form,
    draft: start.draft ?? emptyDraft(),
    protocol,
    onDay: start.onDay,
    corrects: start.corrects,
  })
  ctx.about(id)
  return id
}
