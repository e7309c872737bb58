import { arrivalSteps, type TransferRoute } from './route.ts'

/** Spoken in a closed meeting of invited people who have signed the confidentiality agreement (BEX-46, BEX-61). */
export const meeting: TransferRoute = {
  id: 'meeting',
  label: 'Meeting',
  carrier: 'person',
  fulfils: ['record-decision', 'log-transmission'],
  unable: (_, party) => (party.name ? undefined : 'The recipient is not named.'),
  steps: [
    {
      id: 'met',
      label: 'Shared at the meeting',
      from: ['prepared'],
      to: 'arrived',
      fields: [
        {
          name: 'invited',
          label: 'Only people invited for this case were there',
          kind: 'tick',
          missing: 'Confirm that only people invited were there',
        },
        {
          name: 'signed',
          label: 'Everyone signed the confidentiality agreement',
          kind: 'tick',
          missing: 'Confirm that everyone signed the agreement',
        },
        {
          name: 'present',
          label: 'Who was there',
          hint: 'One a line, with their role and agency',
          kind: 'paragraph',
          missing: 'Enter who was there',
        },
        {
          name: 'kept',
          label: 'Where the signed agreement is kept',
          kind: 'line',
          missing: 'Enter where the signed agreement is kept',
        },
      ],
      settles: ['invited-only', 'confidentiality-agreement', 'named-recipient', 'verify-identity', 'confirm-receipt'],
    },
    ...arrivalSteps.filter(({ id }) => id === 'acted-on'),
    {
      id: 'not-held',
      label: 'The meeting was not held',
      from: ['prepared'],
      to: 'failed',
      settles: [],
      fields: [{ name: 'why', label: 'What happened', kind: 'line', missing: 'Enter what happened' }],
    },
  ],
  sheets: ['meeting'],
}
