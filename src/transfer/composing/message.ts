import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailOut } from '../../platform/index.ts'
import type { Delivered } from '../routes/route.ts'

export interface Attachment {
  readonly name: string
  readonly type: string
  readonly content: () => AsyncIterable<Buffer> | Buffer
}

export interface Message {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name?: string; readonly address: string }
  readonly subject: string
  readonly text: string
  /** Unique for the attempt, so that a second copy can be told from the first. */
  readonly id: string
  readonly confidential: boolean
  readonly date: Date
  readonly attachments: readonly Attachment[]
  /** Where reports and replies come back, if the house takes them itself. */
  readonly returns?: string
  /** Asks the recipient's mail program to say that it was read (RFC 8098). */
  readonly askIfRead?: boolean
}

/** What an ordinary mail server takes; more goes by another route. */
export const mailLimit = 20 * 2 ** 20

/** Sends one message to one person over encrypted SMTP. `leaving` is awaited before the first byte of the content goes. */
export async function sendMessage(mail: MailOut, message: Message, leaving: () => Promise<void>): Promise<Delivered> {
  const composer = new MailComposer({
    from: message.from,
    to: { name: message.to.name ?? '', address: message.to.address },
    subject: message.subject,
    text: message.text,
    messageId: message.id,
    date: message.date,
    ...(message.returns === undefined ? {} : { replyTo: message.returns }),
    headers: {
      ...(message.confidential ? { Sensitivity: 'Company-Confidential', Importance: 'high' } : {}),
      ...(message.returns !== undefined && message.askIfRead ? { 'Disposition-Notification-To': message.returns } : {}),
    },
    attachments: message.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content: Readable.from(content(), { objectMode: false }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const raw = () =>
    Readable.from(
      afterNote(leaving, () => composer.compile().createReadStream()),
      { objectMode: false },
    )
  const back = message.returns === undefined ? {} : { report: message.id.replace(/[<>]/g, '') }
  const from = message.returns ?? message.from.address
  const handover = await mail.send({ from, to: [message.to.address], raw, tls: 'required', ...back })
  switch (handover.outcome) {
    case 'accepted':
      return handover.refused.length > 0
        ? { outcome: 'failed', detail: `The mail server refused the address: ${handover.refused[0]?.reply}` }
        : {
            outcome: 'sent',
            detail: `Taken over by the mail server (${handover.tls ?? 'encrypted'}): ${handover.reply}`,
          }
    case 'uncertain':
      return { outcome: 'uncertain', detail: `The connection was lost after the content had gone: ${handover.reply}` }
    case 'tls-failed':
      return { outcome: 'failed', detail: `No encrypted connection could be made: ${handover.reply}` }
    case 'refused':
      return { outcome: 'failed', detail: `The mail server refused it: ${handover.reply}` }
    case 'temporary':
      return { outcome: 'failed', detail: `The mail server could not be reached or did not take it: ${handover.reply}` }
    case 'no-relay':
      return { outcome: 'failed', detail: handover.reply }
  }
}

async function* afterNote(leaving: () => Promise<void>, open: () => Readable): AsyncGenerator<Buffer> {
  await leaving()
  yield* open() as AsyncIterable<Buffer>
}
