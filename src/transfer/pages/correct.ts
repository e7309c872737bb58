import { z } from 'zod'
import { ITEMS, type Item } from '../../protocols/index.ts'
import { disclosureRow } from '../../sharing/index.ts'
import { choice, conflict, notFound, page, redirect, text, view } from '../../web/index.ts'
import { correctDisclosure, hasIt } from '../correct-disclosure.ts'
import { findConsignment } from '../store/consignments.ts'
import { dispatchesOf } from '../store/dispatches.ts'

const nobody = 'Nobody has this yet. Change it before it goes: withdraw it, or decide it anew.'

/** Something that was sent was wrong: everyone who has it is sent what is right (BEX-55). */
export const correctPage = page({
  path: '/disclosures/:id/correct',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.write',
  audit: 'transfer.correct',
  auditPost: 'transfer.correction-begun',
  async get(ctx, { params: { id } }) {
    const row = await disclosureRow(ctx.tx, id)
    const consignment = await findConsignment(ctx, id)
    if (row === undefined || consignment === undefined || row.form === 'program') return notFound()
    ctx.about(id)
    const having = (await dispatchesOf(ctx.tx, id)).filter(hasIt)
    if (having.length === 0) return conflict(nobody)
    return view('transfer/pages/correct.njk', {
      title: 'Put right what was wrong',
      backTo: `/disclosures/${id}/record`,
      ours: row.reference,
      items: consignment.decision.items.map((item) => ({ value: item, text: wordsOf(item) })),
      names: having.map((one) => one.recipientName),
    })
  },
  form: z.object({
    item: choice(ITEMS, 'Choose what was wrong'),
    wrong: text('Enter what they were told', 2_000),
    right: text('Enter what is right', 2_000),
    how: text('Enter how you know', 2_000),
  }),
  async post(ctx, { params: { id }, form }) {
    const begun = await correctDisclosure(ctx, id, form)
    if (begun.kind === 'missing') return notFound()
    if (begun.kind === 'nobody-has-it') return conflict(nobody)
    return redirect(`/disclosures/${begun.id}/decision`)
  },
})

const wordsOf = (item: Item): string => `${item.charAt(0).toUpperCase()}${item.slice(1)}`.replaceAll('-', ' ')
