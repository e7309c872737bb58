import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** Ordinary post: a return label on the back, and a double envelope (BOU-10, BEX-48). */
export const post: TransferRoute = {
  id: 'post',
  label: 'Post',
  carrier: 'person',
  fulfils: ['record-decision', 'log-transmission', 'mark-confidential'],
  unable: (_, party) => (party.postal ? undefined : 'The recipient has no postal address.'),
  steps: [
    {
      id: 'posted',
      label: 'Posted',
      from: ['prepared'],
      to: 'sent',
      fields: [
        {
          name: 'envelope',
          label: 'It is sealed, with the full address, a return label on the back and no marking outside',
          kind: 'tick',
          missing: 'Confirm the envelope',
        },
        {
          name: 'where',
          label: 'Where and by whom it was posted',
          kind: 'line',
          missing: 'Enter where and by whom it was posted',
        },
      ],
      logs: ({ postal = '' }) => `To ${postal}`,
      settles: ['named-recipient', 'double-envelope', 'return-address', 'no-outer-marking'],
    },
    ...arrivalSteps,
    returned('It came back or was lost'),
  ],
  sheets: ['letter', 'inner-envelope', 'outer-envelope', 'labels'],
}
