import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** A text message, never with personal or sensitive content (CUM-46); the office number, not a mobile (BOU-14). */
export const text: TransferRoute = {
  id: 'text',
  label: 'Text message',
  carrier: 'person',
  fulfils: ['record-decision', 'log-transmission'],
  unable: (consignment, party) =>
    consignment.decision.level === 'personal' || consignment.decision.level === 'sensitive'
      ? 'Nothing personal may be sent by text.'
      : party.telephone
        ? undefined
        : 'The recipient has no telephone number.',
  steps: [
    {
      id: 'texted',
      label: 'Sent by text',
      from: ['prepared'],
      to: 'sent',
      fields: [
        {
          name: 'plain',
          label: 'The text names nobody and says nothing about anyone',
          kind: 'tick',
          missing: 'Confirm that the text holds nothing personal',
        },
        {
          name: 'office',
          label: 'It gives the office number to ring back, not a mobile',
          kind: 'tick',
          missing: 'Confirm that it gives the office number',
        },
      ],
      settles: ['confirm-number'],
    },
    ...arrivalSteps,
    returned('It was not delivered'),
  ],
  sheets: [],
}
