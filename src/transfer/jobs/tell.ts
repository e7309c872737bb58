import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { sendMessage } from '../composing/message.ts'
import { findConsignment } from '../store/consignments.ts'
import { findDispatch } from '../store/dispatches.ts'

const sentences = {
  'route-changed':
    'could not be delivered the way it was sent. It has gone on by another way that the decision allows.',
  'choose-route': 'could not be delivered, and no other way is open without you. Please choose how it shall go.',
  uncertain:
    'may or may not have been delivered: the connection broke while it was being handed over. Please ask the recipient.',
  'chase-receipt': 'was sent two days ago, and nobody has said that it arrived. Please ask the recipient.',
  stopped: 'was stopped before it went: consent was withdrawn. Nothing of it reached the recipient.',
  'tell-withdrawal': 'has reached its recipient, and consent has been withdrawn since. Please tell the recipient.',
} as const

/** The e-mail to a sender whose dispatch needs to be known about. It holds the reference and nothing else. */
export const tell = job({
  name: 'transfer.tell',
  audit: 'transfer.sender-told',
  payload: z.object({
    dispatch: z.uuid(),
    kind: z.enum(['route-changed', 'choose-route', 'uncertain', 'chase-receipt', 'stopped', 'tell-withdrawal']),
  }),
  attempts: 6,
  manual: true,
  async run(work, { dispatch: id, kind }) {
    const found = await work.transaction(
      async (ctx) => {
        const dispatch = await findDispatch(ctx.tx, id)
        const consignment = dispatch && (await findConsignment(ctx, dispatch.disclosure))
        ctx.about(id, { kind })
        return dispatch && consignment ? { dispatch, consignment } : undefined
      },
      { act: 'transfer.sender-told' },
    )
    const address = found?.consignment.sender.address
    if (!found || !address) return
    const { reference } = found.dispatch
    const { publicUrl } = work.house.config
    const text = `The dispatch with the reference ${reference} ${sentences[kind]}\n\n${publicUrl}/dispatches/${id}\n`
    const message = {
      from: { name: 'Safehaven', address },
      to: { name: found.consignment.sender.name, address },
      subject: `Safehaven: reference ${reference} ${kind === 'route-changed' ? 'has changed its way' : 'needs you'}`,
      text,
      id: `<${id}.${kind}.${work.now.getTime()}@${address.split('@').at(-1)}>`,
      confidential: false,
      date: work.now,
      attachments: [],
    }
    // The task on the sender's list is there in any case, so a mail that cannot go is not tried for ever.
    await sendMessage(work.house.mail, message, async () => {})
  },
})
