import { documentAttachments } from '../composing/parts.ts'
import { messageFulfils } from '../composing/statements.ts'
import { letterAttachment, sendByMail, unableByMail } from './by-mail.ts'
import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** E-mail within one organisation: nothing personal in the body, all of it attached (CUM-25, CUM-26, BEX-38). */
export const internalEmail: TransferRoute = {
  id: 'internal-email',
  label: 'Internal e-mail',
  carrier: 'safehaven',
  fulfils: [...messageFulfils, 'attachment-only', 'neutral-file-names'],
  unable: unableByMail,
  steps: [...arrivalSteps, returned('It did not arrive')],
  sheets: ['letter'],
  async deliver(delivery) {
    const { work, consignment } = delivery
    const attachments = [await letterAttachment(delivery), ...documentAttachments(work, consignment, 2)]
    return sendByMail(delivery, { body: ['Please read the attached documents.'], attachments })
  },
}
