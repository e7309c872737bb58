import { documentAttachments } from '../composing/parts.ts'
import { messageFulfils } from '../composing/statements.ts'
import { letterAttachment, sendByMail, unableByMail } from './by-mail.ts'
import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** E-mail between two secure ends, over enforced TLS (MPS-1, CUM-19..22, BEX-41). */
export const secureEmail: TransferRoute = {
  id: 'secure-email',
  label: 'Secure e-mail',
  carrier: 'safehaven',
  fulfils: [...messageFulfils, 'attachment-only', 'neutral-file-names'],
  unable: unableByMail,
  steps: [...arrivalSteps, returned('It did not arrive')],
  sheets: ['letter'],
  async deliver(delivery) {
    const { work, consignment, decision } = delivery
    const attachedOnly = decision.obligations.some(({ id }) => id === 'attachment-only')
    if (!attachedOnly) {
      return sendByMail(delivery, { body: [consignment.letter], attachments: documentAttachments(work, consignment) })
    }
    const attachments = [await letterAttachment(delivery), ...documentAttachments(work, consignment, 2)]
    return sendByMail(delivery, { body: ['Please read the attached documents.'], attachments })
  },
}
