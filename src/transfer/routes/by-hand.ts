import { arrivalSteps, returned, type TransferRoute } from './route.ts'

/** Carried by a person, signed out, handed to the named recipient, or signed in again (MPS-10, BEX-47). */
export const byHand: TransferRoute = {
  id: 'by-hand',
  label: 'By hand',
  carrier: 'person',
  fulfils: ['record-decision', 'log-transmission', 'mark-confidential'],
  unable: (_, party) => (party.name ? undefined : 'The recipient is not named.'),
  steps: [
    {
      id: 'signed-out',
      label: 'Signed out',
      from: ['prepared'],
      to: 'sent',
      fields: [
        {
          name: 'necessary',
          label: 'Taking it off-site is necessary, and it is in a locked case or sealed envelope',
          kind: 'tick',
          missing: 'Confirm that it is necessary and protected',
        },
        { name: 'carrier', label: 'Who carries it', kind: 'line', missing: 'Enter who carries it' },
        {
          name: 'cost',
          label: 'Cost in pounds',
          hint: 'Recorded against the receiving agency where it pays',
          kind: 'amount',
        },
      ],
      settles: ['recipient-pays'],
    },
    {
      id: 'handed-over',
      label: 'Handed over',
      from: ['sent'],
      to: 'arrived',
      fields: [
        { name: 'to', label: 'Who took it', kind: 'line', missing: 'Enter the name of the person who took it' },
        {
          name: 'proof',
          label: 'How you made sure who they were',
          kind: 'line',
          missing: 'Enter how you made sure who they were',
        },
      ],
      settles: ['named-recipient', 'verify-identity', 'confirm-receipt', 'sign-out'],
    },
    {
      id: 'signed-in',
      label: 'Brought back and signed in',
      from: ['sent'],
      to: 'prepared',
      fields: [
        { name: 'why', label: 'Why it was not handed over', kind: 'line', missing: 'Enter why it was not handed over' },
      ],
      settles: [],
    },
    ...arrivalSteps.filter(({ id }) => id !== 'received'),
    returned('It cannot be handed over'),
  ],
  sheets: ['letter', 'hand-over', 'inner-envelope', 'outer-envelope'],
}
