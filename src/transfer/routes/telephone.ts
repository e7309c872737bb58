import { arrivalSteps, type TransferRoute } from './route.ts'

/** Spoken to an identified person, on a number from the directory (BOU-5, BOU-13). */
export const telephone: TransferRoute = {
  id: 'telephone',
  label: 'Telephone',
  carrier: 'person',
  fulfils: ['record-decision', 'log-transmission'],
  unable: (_, party) => (party.telephone ? undefined : 'The recipient has no telephone number.'),
  steps: [
    {
      id: 'told',
      label: 'Told by telephone',
      from: ['prepared'],
      to: 'arrived',
      fields: [
        {
          name: 'directory',
          label: 'I rang the number in the directory, or rang back on it',
          kind: 'tick',
          missing: 'Confirm that you rang the number in the directory',
        },
        {
          name: 'relevant',
          label: 'The person has a part in this case and needs to know',
          kind: 'tick',
          missing: 'Confirm that it concerns this person',
        },
        {
          name: 'to',
          label: 'Who you spoke to',
          kind: 'line',
          missing: 'Enter the name and role of the person you spoke to',
        },
        {
          name: 'known',
          label: 'How you made sure who they were',
          kind: 'line',
          missing: 'Enter how you made sure who they were',
        },
        { name: 'said', label: 'What was said', kind: 'paragraph', missing: 'Enter what was said' },
      ],
      logs: ({ telephone: number = '' }) => `Number in the directory: ${number}`,
      settles: ['verify-identity', 'named-recipient', 'confirm-receipt', 'call-hub'],
    },
    ...arrivalSteps.filter(({ id }) => id === 'acted-on'),
    {
      id: 'not-reached',
      label: 'Nobody could be reached',
      from: ['prepared'],
      to: 'failed',
      settles: [],
      fields: [{ name: 'why', label: 'What you tried', kind: 'line', missing: 'Enter what you tried' }],
    },
  ],
  sheets: ['telephone'],
}
