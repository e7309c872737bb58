import type { Context } from '../platform/index.ts'
import { keepDecision } from '../protocols/index.ts'
import { decideNow } from './decide-now.ts'
import { stop } from './dispatch.ts'
import type { Draft } from './draft.ts'
import { lockDisclosure, settle, stopRest } from './store/disclosures.ts'

export interface Withdrawal {
  readonly person: string
  readonly on: string
  readonly how: string
  readonly toldOfConsequences: boolean
}
export type Withdrawn =
  | { readonly kind: 'recorded' }
  /** It may not go without this consent: what had not gone is stopped, and those who have it are told. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'missing' }

/** Consent may be withdrawn at any time (BEX-26). What has not gone is decided anew; it goes on only under an exemption, and those who have it are told (BEX-27). */
export async function withdrawConsent(ctx: Context, id: string, withdrawal: Withdrawal): Promise<Withdrawn> {
  const row = await lockDisclosure(ctx.tx, id)
  const record = row?.draft.consent.find((one) => one.person === withdrawal.person)
  if (row === undefined || record === undefined) return { kind: 'missing' }
  if (record.state === 'withdrawn') return { kind: 'recorded' }
  const consent = row.draft.consent.map((one) =>
    one !== record
      ? one
      : {
          ...one,
          state: 'withdrawn' as const,
          withdrawnOn: withdrawal.on,
          how: withdrawal.how,
          toldOfConsequences: withdrawal.toldOfConsequences,
        },
  )
  const draft: Draft = { ...row.draft, consent }
  const released = row.state === 'decided' || row.state === 'sent'
  const again = released ? await decideNow(ctx, { ...row, draft }) : undefined
  const stopped = released && again?.decision.outcome !== 'share'
  const decisionId =
    stopped && again !== undefined
      ? await keepDecision(ctx.tx, ctx.now, ctx.actor, again.disclosure, again.decision)
      : undefined
  // What some have been sent stays sent, by the decision that sent it; the rest of it goes no further.
  if (row.state === 'sent') {
    await settle(ctx, row, { state: 'sent', protocol: row.protocol, draft })
    if (stopped) await stopRest(ctx, id)
  } else await settle(ctx, row, { state: stopped ? 'held' : row.state, decisionId, protocol: row.protocol, draft })
  if (stopped) await ctx.tx.enqueue(stop, { disclosureId: id }, { key: `transfer.stop:${id}` })
  ctx.about(id, { consent: 'withdrawn', stopped, ...(decisionId === undefined ? {} : { decision: decisionId }) })
  return { kind: stopped ? 'stopped' : 'recorded' }
}
