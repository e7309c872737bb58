import { returnAddress } from '../../platform/index.ts'
import type { Party } from '../../protocols/index.ts'
import { letterSheet } from '../composing/letter.ts'
import { type Attachment, type Message, mailLimit, sendMessage } from '../composing/message.ts'
import { sheetFacts } from '../composing/parts.ts'
import { statementsFor } from '../composing/statements.ts'
import type { Consignment } from '../consignment.ts'
import { type Delivered, type Delivery, totalSize } from './route.ts'

/** Why no e-mail can carry it. */
export function unableByMail(consignment: Consignment, party: Party): string | undefined {
  if (!consignment.sender.address) return 'The sender has no e-mail address.'
  if (!party.address) return 'The recipient has no e-mail address.'
  return totalSize(consignment) > mailLimit ? 'It is too large for e-mail.' : undefined
}

export interface MailContent {
  /** What the recipient reads before anything is opened. */
  readonly body: readonly string[]
  readonly attachments: readonly Attachment[]
}

/**
 * One message to one person (CUM-51). The subject is the marking and the reference, and never a name (CUM-19, CUM-20); it
 * says so when an earlier attempt may have arrived.
 */
export function sendByMail(delivery: Delivery, { body, attachments }: MailContent): Promise<Delivered> {
  const { consignment, dispatch, party, decision, work } = delivery
  const { sender } = consignment
  const again =
    dispatch.attempt > 1 ? ['This may be a second copy: it could not be made sure that the first one arrived.'] : []
  const sign = [sender.name, sender.agencyName ?? '', sender.telephone ? `Telephone ${sender.telephone}` : '']
  const text = [
    ...body,
    ...again,
    ...statementsFor(decision.obligations),
    sign.filter(Boolean).join('\n'),
    `Reference ${dispatch.reference}`,
  ]
  const host = sender.address!.split('@').at(-1)!
  const { config, secrets } = work.house
  const returns = returnAddress(config, secrets, { kind: 'dispatch', id: dispatch.id, number: dispatch.attempt })
  const message: Message = {
    from: { name: sender.name, address: sender.address! },
    to: { ...(party.name ? { name: party.name } : {}), address: party.address! },
    subject: `CONFIDENTIAL: reference ${dispatch.reference}`,
    text: text.join('\n\n'),
    id: `<${dispatch.id}.${dispatch.attempt}@${host}>`,
    confidential: true,
    date: work.now,
    attachments,
    ...(returns === undefined ? {} : { returns }),
    askIfRead: decision.obligations.some(({ id }) => id === 'confirm-receipt'),
  }
  return sendMessage(work.house.mail, message, delivery.leaving)
}

/** The letter as an attachment under a neutral name, for routes whose body must hold nothing personal. */
export async function letterAttachment({ consignment, dispatch, party, work }: Delivery): Promise<Attachment> {
  const pdf = await letterSheet(sheetFacts(consignment, dispatch, party, work.now), consignment.letter)
  return { name: 'document-1.pdf', type: 'application/pdf', content: () => pdf }
}
