import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** Fax, only where it is unavoidable: the four safe-haven checks first, the cover sheet first of all (CUM-40..45, BEX-49). */
export const fax: TransferRoute = {
  id: 'fax',
  label: 'Fax',
  carrier: 'person',
  fulfils: ['record-decision', 'mark-confidential', 'log-transmission'],
  unable: (consignment, party) =>
    !party.fax
      ? 'The recipient has no fax number.'
      : !consignment.sender.telephone
        ? 'The sender has no telephone number, which the cover sheet must name.'
        : undefined,
  steps: [
    {
      id: 'faxed',
      label: 'Faxed',
      from: ['prepared'],
      to: 'sent',
      fields: [
        {
          name: 'secure',
          label: 'The receiving machine stands in a secure place',
          kind: 'tick',
          missing: 'Confirm that the receiving machine stands in a secure place',
        },
        {
          name: 'number',
          label: 'The number was checked with the recipient, and again as entered',
          kind: 'tick',
          missing: 'Confirm that the number was checked twice',
        },
        {
          name: 'ready',
          label: 'The named recipient is at the machine and ready',
          kind: 'tick',
          missing: 'Confirm that the named recipient is ready',
        },
        {
          name: 'cover',
          label: 'The cover sheet went first, and every page says Confidential',
          kind: 'tick',
          missing: 'Confirm that the cover sheet went first',
        },
        {
          name: 'report',
          label: 'What the transmission report says',
          hint: 'Number, pages, time; keep the printed report',
          kind: 'line',
          missing: 'Enter what the transmission report says',
        },
      ],
      logs: ({ name = '', fax: number = '' }) => `Faxed to ${number}, for ${name}`,
      settles: [
        'confirm-location-secure',
        'confirm-number',
        'confirm-recipient-ready',
        'cover-sheet',
        'named-recipient',
        'log-transmission',
      ],
    },
    ...arrivalSteps,
    returned('It did not go through'),
  ],
  sheets: ['fax'],
}
