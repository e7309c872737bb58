import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** The secure website: the portal invites the recipient, and tells when it is opened, read and answered (BEX-42). */
export const portal: TransferRoute = {
  id: 'portal',
  label: 'Portal',
  carrier: 'safehaven',
  fulfils: [
    'mark-confidential',
    'address-individually',
    'hide-addresses',
    'log-transmission',
    'record-decision',
    'neutral-file-names',
  ],
  unable: (_, party) => (party.address ? undefined : 'The recipient has no e-mail address to be invited by.'),
  steps: [...arrivalSteps, returned('The recipient cannot use the portal')],
  sheets: ['letter'],
  // The invitation is the portal's: it is asked for in the transaction that makes the dispatch `sending`.
  deliver: async () => ({ outcome: 'handed-on', detail: 'Put into the portal; the recipient is invited.' }),
}
