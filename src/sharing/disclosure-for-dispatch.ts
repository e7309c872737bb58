import { agencyById, userById } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import type { Decision, Disclosure, Party, Route } from '../protocols/index.ts'
import { findDecision } from '../protocols/index.ts'
import { putInQueues } from './put-in-queues.ts'
import { markFollowedUp } from './store/calls.ts'
import { disclosureById, markSent } from './store/disclosures.ts'
import { documentsOf } from './store/documents.ts'
import { senderLetter } from './write-letter.ts'

/** A decided disclosure with all that goes with it. `letter` holds only what the decision lets through. */
export interface ForDispatch {
  readonly id: string
  readonly reference: string
  readonly disclosure: Disclosure
  readonly decision: Decision
  readonly decisionId: string
  readonly sender: {
    readonly userId: string
    readonly name: string
    readonly agency: string
    readonly agencyName?: string
    readonly address?: string
    readonly telephone?: string
    readonly postal?: string
  }
  readonly documents: readonly {
    readonly blobId: string
    readonly name: string
    readonly type: string
    readonly size: number
  }[]
  readonly letter: string
  readonly recipients: readonly {
    readonly index: number
    readonly party: Party
    readonly route: Route
    readonly entryId?: string
  }[]
}

/** For the transfer room. Undefined when there is nothing to send: it is not decided, is sent, or was stopped because consent was withdrawn. */
export async function disclosureForDispatch(ctx: Context, id: string): Promise<ForDispatch | undefined> {
  const row = await disclosureById(ctx.tx, id)
  if (row === undefined || row.state !== 'decided' || row.decisionId === null) return undefined
  const kept = await findDecision(ctx.tx, row.decisionId)
  if (kept === undefined || kept.decision.outcome !== 'share') return undefined
  const { disclosure, decision } = kept
  const { from } = disclosure
  const userId = row.decidedBy ?? row.changedBy
  const agency = await agencyById(ctx.tx, row.agency)
  const agencyName = from.agency ?? agency?.name
  const postal = from.postal ?? agency?.postal
  const telephone = from.telephone ?? agency?.telephone
  return {
    id,
    reference: row.reference,
    disclosure,
    decision,
    decisionId: kept.id,
    sender: {
      userId,
      name: row.decidedByName ?? (await userById(ctx.tx, userId))?.name ?? userId,
      agency: row.agency,
      ...(agencyName === undefined ? {} : { agencyName }),
      ...(from.address === undefined ? {} : { address: from.address }),
      ...(telephone === undefined ? {} : { telephone }),
      ...(postal === undefined ? {} : { postal }),
    },
    documents: (await documentsOf(ctx.tx, id))
      .filter((one) => one.kind === 'document')
      .map(({ blobId, name, type, size }) => ({ blobId, name, type, size })),
    letter: senderLetter(row, disclosure, decision, kept.on),
    recipients: disclosure.to.flatMap((party, index) => {
      const route = decision.recipients[index]?.route ?? decision.route
      const entryId = row.draft.recipients[index]?.entryId
      return route === undefined ? [] : [{ index, party, route, ...(entryId === undefined ? {} : { entryId }) }]
    }),
  }
}

/** The transfer room says that it has gone to the first recipient: it joins the receiver's queue, and the clock of a call's written follow-up ends (CUM-8). */
export async function recordSent(ctx: Context, id: string): Promise<void> {
  const row = await disclosureById(ctx.tx, id)
  if (row === undefined || !(await markSent(ctx, id))) return
  await markFollowedUp(ctx, id)
  const kept = row.decisionId === null ? undefined : await findDecision(ctx.tx, row.decisionId)
  if (kept !== undefined) await putInQueues(ctx, row, kept)
}
