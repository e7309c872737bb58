import type { Context } from '../platform/index.ts'
import { keepDecision } from '../protocols/index.ts'
import { decideNow } from './decide-now.ts'
import type { Draft } from './draft.ts'
import { lockDisclosure, settle } from './store/disclosures.ts'

export interface Withdrawal {
  readonly person: string
  readonly on: string
  readonly how: string
  readonly toldOfConsequences: boolean
}
export type Withdrawn =
  | { readonly kind: 'recorded' }
  /** It was decided and had not gone yet: it is stopped, and stands as held. */
  | { readonly kind: 'stopped' }
  /** It had gone: nothing more may be sent on this consent. */
  | { readonly kind: 'too-late' }
  | { readonly kind: 'missing' }

/** Consent may be withdrawn at any time (BEX-26). What has not gone is decided anew; it goes on only under an exemption (BEX-27). */
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
  const again = row.state === 'decided' ? await decideNow(ctx, { ...row, draft }) : undefined
  const stopped = again !== undefined && again.decision.outcome !== 'share'
  const decisionId = stopped
    ? await keepDecision(ctx.tx, ctx.now, ctx.actor, again.disclosure, again.decision)
    : undefined
  await settle(ctx, row, { state: stopped ? 'held' : row.state, decisionId, protocol: row.protocol, draft })
  ctx.about(id, { consent: 'withdrawn', stopped })
  return { kind: row.state === 'sent' ? 'too-late' : stopped ? 'stopped' : 'recorded' }
}
