import type { Context } from '../platform/index.ts'
import type { Item } from '../protocols/index.ts'
import { correctionDraft, type DisclosureRow, disclosureRow, startDisclosure } from '../sharing/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { findConsignment } from './store/consignments.ts'
import { addStep, dispatchesOf } from './store/dispatches.ts'
import { finishTasks, insertTasks } from './store/tasks.ts'

export interface WrongAndRight {
  readonly item: Item
  readonly wrong: string
  readonly right: string
  readonly how: string
}
export type Corrected =
  | { readonly kind: 'begun'; readonly id: string; readonly recipients: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'nobody-has-it' }

/** Those who have it, or may have it. */
export const hasIt = ({ state, handedAt }: Dispatch): boolean =>
  ['sent', 'arrived', 'read', 'acted-on', 'uncertain'].includes(state) || (state === 'sending' && handedAt !== null)

const kindOf = (reference: string) => `send-correction ${reference}`
const A_DAY = 24 * 3_600_000

/**
 * Begins the correction of what was sent: a disclosure of its own for everyone who has the first one, and for each of them a task that stays open until the correction
 * has gone to them (BEX-55).
 */
export async function correctDisclosure(ctx: Context, id: string, what: WrongAndRight): Promise<Corrected> {
  const row = await disclosureRow(ctx.tx, id)
  const consignment = await findConsignment(ctx, id)
  if (row === undefined || consignment === undefined || row.form === 'program') return { kind: 'missing' }
  const having = (await dispatchesOf(ctx.tx, id)).filter(hasIt)
  if (having.length === 0) return { kind: 'nobody-has-it' }
  const places = having.map((one) => one.recipientIndex)
  const correction = await startDisclosure(ctx, {
    form: row.form,
    draft: correctionDraft(row.draft, row.reference, what, places),
    protocol: row.protocol,
    corrects: id,
  })
  const made = (await disclosureRow(ctx.tx, correction)) as DisclosureRow
  const { id: userId, name, agency = consignment.sender.agency } = ctx.actor
  for (const dispatch of having) {
    await addStep(ctx, dispatch, 'to-be-corrected', `The correction has the reference ${made.reference}.`)
    const text = `Send ${dispatch.recipientName} the correction ${made.reference}: what they were sent was wrong.`
    const owed = { disclosure: id, dispatch: dispatch.id, owner: { userId, name, agency } }
    await insertTasks(ctx, [
      { ...owed, kind: kindOf(made.reference), text, cites: ['BEX-55'], due: new Date(ctx.now.getTime() + A_DAY) },
    ])
  }
  await tellWhoSentIt(ctx, consignment, made.reference)
  ctx.about(id, { correction, recipients: having.length })
  return { kind: 'begun', id: correction, recipients: having.length }
}

/** Whoever sent what a colleague puts right goes on relying on it otherwise. */
async function tellWhoSentIt(ctx: Context, { id, sender }: Consignment, reference: string): Promise<void> {
  if (sender.userId === ctx.actor.id || !sender.userId) return
  const text = `${ctx.actor.name} has begun the correction ${reference} of what you sent. Read it before you rely on what you sent.`
  const due = new Date(ctx.now.getTime() + A_DAY)
  const owner = { userId: sender.userId, name: sender.name, agency: sender.agency }
  await insertTasks(ctx, [
    { disclosure: id, kind: `correction-begun ${reference}`, text, cites: ['BEX-55'], owner, due },
  ])
}

/** A correction has gone to one recipient: what was owed to them is done. */
export async function noteCorrected(ctx: Context, consignment: Consignment, dispatch: Dispatch): Promise<void> {
  const row = await disclosureRow(ctx.tx, consignment.id)
  if (row === undefined || row.corrects === null) return
  const first = await findConsignment(ctx, row.corrects)
  const party = consignment.recipients.find((one) => one.index === dispatch.recipientIndex)?.party
  if (first === undefined || party === undefined) return
  const same = first.recipients.filter(
    (one) => one.party.name === party.name && one.party.address === party.address && one.party.agency === party.agency,
  )
  for (const before of await dispatchesOf(ctx.tx, row.corrects)) {
    if (!same.some((one) => one.index === before.recipientIndex)) continue
    const done = await finishTasks(ctx, before.id, [kindOf(row.reference)], `Sent under ${dispatch.reference}.`)
    if (done > 0) await addStep(ctx, before, 'corrected', `Under the reference ${dispatch.reference}.`)
  }
}
