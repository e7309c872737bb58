import { documentAttachments } from '../composing/parts.ts'
import { messageFulfils } from '../composing/statements.ts'
import { sendByMail, unableByMail } from './by-mail.ts'
import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** Ordinary e-mail: only for what holds nothing personal. */
export const email: TransferRoute = {
  id: 'email',
  label: 'Ordinary e-mail',
  carrier: 'safehaven',
  fulfils: messageFulfils,
  unable: (consignment, party) =>
    consignment.decision.level === 'none' || consignment.decision.level === 'anonymised'
      ? unableByMail(consignment, party)
      : 'It holds personal information.',
  steps: [...arrivalSteps, returned('It did not arrive')],
  sheets: [],
  async deliver(delivery) {
    const { work, consignment } = delivery
    return sendByMail(delivery, { body: [consignment.letter], attachments: documentAttachments(work, consignment) })
  },
}
