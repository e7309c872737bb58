import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** Recorded delivery to a named person, in a double envelope where the decision says so (MPS-10, BEX-48, BOU-10). */
export const recordedPost: TransferRoute = {
  id: 'recorded-post',
  label: 'Recorded delivery',
  carrier: 'person',
  fulfils: ['record-decision', 'log-transmission', 'mark-confidential'],
  unable: (_, party) =>
    !party.postal ? 'The recipient has no postal address.' : !party.name ? 'The recipient is not named.' : undefined,
  steps: [
    {
      id: 'posted',
      label: 'Posted by recorded delivery',
      from: ['prepared'],
      to: 'sent',
      fields: [
        {
          name: 'named',
          label: 'It is addressed to the named person',
          kind: 'tick',
          missing: 'Confirm that it is addressed to the named person',
        },
        {
          name: 'envelope',
          label: 'It is sealed in a double envelope: the outer one has the full and the return address and no marking',
          kind: 'tick',
          missing: 'Confirm both envelopes',
        },
        {
          name: 'tracking',
          label: 'Tracking number',
          kind: 'line',
          missing: 'Enter the tracking number on the receipt',
        },
        {
          name: 'cost',
          label: 'Cost in pounds',
          hint: 'Recorded against the receiving agency where it pays, for example 4.35',
          kind: 'amount',
        },
      ],
      logs: ({ postal = '' }) => `To ${postal}`,
      settles: [
        'named-recipient',
        'recorded-delivery',
        'double-envelope',
        'return-address',
        'no-outer-marking',
        'recipient-pays',
      ],
    },
    ...arrivalSteps,
    returned('It came back or was lost'),
  ],
  sheets: ['letter', 'inner-envelope', 'outer-envelope', 'labels'],
}
