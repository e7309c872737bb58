import MailComposer from 'nodemailer/lib/mail-composer'
import { z } from 'zod'
import { type Context, job } from '../../../platform/index.ts'
import { findMessage } from '../store.ts'

const kinds = ['held', 'converted', 'rerouted', 'refused', 'uncertain', 'stuck', 'returned', 'replied'] as const
type Kind = (typeof kinds)[number]

const words: Record<Kind, readonly [subject: string, sentence: string]> = {
  held: ['is waiting for you', 'has not gone yet. Please look at it, and confirm, change or withdraw it.'],
  converted: [
    'goes another way',
    'goes to one or more recipients by a secure way. You may have to telephone a code or a password: it stands among your tasks.',
  ],
  rerouted: [
    'has changed its way',
    'could not be delivered securely as e-mail, and has gone on by another way that the protocol allows. You may have to telephone a code or a password.',
  ],
  refused: ['was not delivered', 'was refused by a mail server for one or more recipients. They have not got it.'],
  uncertain: [
    'may not have arrived',
    'may or may not have been delivered: the connection broke while it was being handed over. Please ask the recipient.',
  ],
  returned: [
    'came back',
    'came back from one or more recipients, and no other way is open without you. They have not got it.',
  ],
  replied: ['has a reply', 'has a reply. Please read it in Safehaven.'],
  stuck: [
    'could not be sent',
    'could not be delivered securely, and no other way is open without you. Nothing was sent to the recipients concerned.',
  ],
}

/** Tells the sender at once, by mail with the reference alone; their page says the rest. */
export async function tellOf(ctx: Pick<Context, 'tx'>, message: string, kind: Kind): Promise<void> {
  await ctx.tx.enqueue(tellSender, { message, kind }, { key: `gateway.tell:${message}:${kind}` })
}

export const tellSender = job({
  name: 'gateway.tell',
  audit: 'gateway.sender-told',
  payload: z.object({ message: z.uuid(), kind: z.enum(kinds) }),
  manual: true,
  attempts: 6,
  async run(work, { message: id, kind }) {
    const row = await work.transaction((ctx) => findMessage(ctx.tx, id), { subject: id, detail: { kind } })
    if (row === undefined) return
    const [subject, sentence] = words[kind]
    const raw = await new MailComposer({
      from: { name: 'Safehaven', address: row.senderAddress },
      to: row.senderAddress,
      subject: `Your message ${row.reference} ${subject}`,
      text: `Your message with the reference ${row.reference} ${sentence}\n\n${work.house.config.publicUrl}/mail/${id}\n`,
      date: work.now,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build()
    const { outcome } = await work.house.mail.send({ from: row.senderAddress, to: [row.senderAddress], raw })
    // The sender's page says it in any case, so an alert that cannot go is not tried for ever.
    if (outcome === 'temporary' && !work.last) throw new Error('the alert was put off by the mail server')
  },
})
