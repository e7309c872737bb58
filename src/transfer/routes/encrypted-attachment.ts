import { documentsToPack } from '../composing/parts.ts'
import { messageFulfils } from '../composing/statements.ts'
import { archiveName } from '../packing/neutral-names.ts'
import { packDocuments } from '../packing/pack.ts'
import { letterAttachment, sendByMail, unableByMail } from './by-mail.ts'
import { arrivalSteps, returned, type TransferRoute } from './route.ts'

const body =
  'The documents are in the attached archive. Save it on a shared drive of your organisation, never on a USB stick or a local drive, and open it with 7-Zip. The sender will tell you the password by telephone.'

/**
 * An AES-256 archive on ordinary e-mail (CUM-28..32, CUM-48..55). It is made while it is sent, so that no protected copy is
 * left to be deleted; its password is new for each attempt and goes by another channel.
 */
export const encryptedAttachment: TransferRoute = {
  id: 'encrypted-attachment',
  label: 'Encrypted attachment',
  carrier: 'safehaven',
  fulfils: [
    ...messageFulfils,
    'attachment-only',
    'encrypt-aes-256',
    'new-password',
    'neutral-file-names',
    'delete-protected-copy',
    'keep-copy-secure',
  ],
  unable: unableByMail,
  steps: [...arrivalSteps, returned('It did not arrive')],
  sheets: ['letter'],
  async deliver(delivery) {
    const { work, consignment, password } = delivery
    if (!password) throw new Error('an encrypted attachment needs the password of its attempt')
    const letter = await letterAttachment(delivery)
    const pdf = Buffer.from(letter.content() as Buffer)
    const documents = [
      {
        name: 'letter.pdf',
        size: pdf.length,
        read: async function* () {
          yield pdf
        },
      },
      ...documentsToPack(work, consignment),
    ]
    const content = () => packDocuments(documents, password, work.now)
    return sendByMail(delivery, {
      body: [body],
      attachments: [{ name: archiveName(work.now), type: 'application/zip', content }],
    })
  },
}
