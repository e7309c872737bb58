import type { State } from '../consignment.ts'

/** How a state is said and coloured on a page. */
export const stateWords: Readonly<Record<State, { text: string; classes: string }>> = {
  prepared: { text: 'Ready to go', classes: 'govuk-tag--grey' },
  sending: { text: 'Being sent', classes: 'govuk-tag--light-blue' },
  sent: { text: 'Sent', classes: 'govuk-tag--blue' },
  arrived: { text: 'Arrived', classes: 'govuk-tag--turquoise' },
  read: { text: 'Read', classes: 'govuk-tag--green' },
  'acted-on': { text: 'Acted on', classes: 'govuk-tag--green' },
  failed: { text: 'Failed', classes: 'govuk-tag--red' },
  uncertain: { text: 'Not certain', classes: 'govuk-tag--orange' },
}

const happened: Readonly<Record<string, string>> = {
  prepared: 'Decided and made ready',
  sending: 'Sending began',
  sent: 'Sent',
  failed: 'Failed',
  stopped: 'Stopped before it went',
  'taken-back': 'Taken back before it was opened',
  'password-destroyed': 'Password destroyed before it was told',
  'consent-withdrawn': 'Consent was withdrawn',
  'to-be-corrected': 'Something in it was wrong',
  'need-ended': 'Needs it no longer',
  corrected: 'Correction sent',
  rerouted: 'Went on by another route',
  uncertain: 'Not certain whether it was delivered',
  arrived: 'Arrived',
  received: 'Received by the right person',
  read: 'Read',
  'acted-on': 'Acted on',
  'password-shown': 'Password shown to be told',
  'password-told': 'Password told',
  posted: 'Posted',
  'signed-out': 'Signed out',
  'signed-in': 'Brought back and signed in',
  'handed-over': 'Handed over',
  faxed: 'Faxed',
  told: 'Told by telephone',
  met: 'Shared at the meeting',
  texted: 'Sent by text',
  'sheet-printed': 'Sheet printed',
}

/** A step of the custody chain in words. */
export const stepWords = (what: string): string => happened[what] ?? what
