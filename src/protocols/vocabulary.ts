/**
 * The fixed words of a disclosure and of the decision about it.
 * Lists are in the order in which answers print them; nothing here may be renamed, only added to.
 */
export const ITEMS = [
  'name',
  'alias',
  'address',
  'address-history',
  'date-of-birth',
  'gender',
  'language',
  'nhs-number',
  'upn',
  'photograph',
  'reference',
  'services-provided',
  'concern',
  'incident-detail',
  'suspected-perpetrator',
  'registration',
  'registration-history',
  'conference',
  'enquiry-history',
  'referral-history',
  'legal-status',
  'family',
  'relationship-concern',
  'looked-after-indicator',
  'looked-after-history',
  'schedule-one-indicator',
  'ethnicity',
  'politics',
  'belief',
  'trade-union',
  'health',
  'mental-health',
  'sexual-life',
  'offence',
  'proceedings',
  'genetic',
  'biometric',
  'financial',
  'employment',
  'education',
  'pep',
  'school-record',
  'statistic',
] as const
export type Item = (typeof ITEMS)[number]

export const PURPOSES = [
  'section-47',
  'section-17',
  'ctn-report',
  'referral',
  'register-check',
  'conference',
  'care-plan',
  'pep',
  'school-transfer',
  'education-support',
  'crime-prevention',
  'planning',
  'subject-access',
  'general',
] as const
export type Purpose = (typeof PURPOSES)[number]

export const GROUNDS = [
  'risk-in-seeking-consent',
  'judgement-of-significant-harm',
  'crime',
  'register-check',
  'build-a-picture',
  'refused-but-harm',
  'employment-law',
  'vital-interests',
  'made-public',
  'legal-proceedings',
  'administration-of-justice',
  'medical',
  'ethnic-monitoring',
  'public-interest',
  'duty-16LA',
  'safeguarding-sch1-18',
] as const
export type Ground = (typeof GROUNDS)[number]

export const TOLD = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld'] as const
export type Told = (typeof TOLD)[number]

export const LEVELS = ['none', 'anonymised', 'personal', 'sensitive'] as const
export type Level = (typeof LEVELS)[number]

/** In the default order of preference, then those that are never chosen unasked. */
export const ROUTES = [
  'internal-email',
  'secure-email',
  'portal',
  'encrypted-attachment',
  'recorded-post',
  'by-hand',
  'post',
  'meeting',
  'telephone',
  'fax',
  'email',
  'text',
  'register',
] as const
export type Route = (typeof ROUTES)[number]

export const KINDS = [
  'social-care',
  'police',
  'health',
  'school',
  'education',
  'housing',
  'probation',
  'voluntary',
  'carer',
  'parent',
  'young-person',
  'court',
  'researcher',
  'public',
] as const
export type Kind = (typeof KINDS)[number]

export const NEEDS = [
  'consent',
  'explicit-consent',
  'ground',
  'need-to-know',
  'proportionality',
  'manager-authorisation',
  'recipient-named',
  'recipient-check',
  'role-of-recipient',
  'secure-address',
  'training',
  'thread-check',
  'purpose',
  'urgency',
  'harm-balance',
  'no-more-secure-route',
  'significant-need',
  'list-checked',
] as const
export type Need = (typeof NEEDS)[number]

export const OUTCOMES = ['share', 'hold', 'refuse'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const MARKINGS = ['none', 'confidential', 'restricted', 'official-sensitive'] as const
export const RISKS = ['none', 'significant-harm', 'imminent-harm'] as const
export const CONSENT_STATES = ['given', 'refused', 'withdrawn', 'not-sought'] as const
export const CLEARANCES = ['anonymised', 'personal', 'sensitive'] as const

/** When an obligation falls due, and the plain sentence that tells a worker what it is. */
export const OBLIGATIONS = {
  'record-decision': ['after', 'Record the decision and its reasons, whether you share or not.'],
  'record-consent': ['before', 'Record who consented, to what and when, on your authority’s own form.'],
  'record-ground': ['before', 'Record the ground on which you share without consent, and the facts behind it.'],
  'mark-confidential': ['with', 'Mark it Confidential.'],
  'subject-without-identifiers': ['with', 'Keep names and other personal details out of the subject line.'],
  'deletion-statement': ['with', 'Say in the message that the information must be deleted after use.'],
  disclaimer: ['with', 'Add the confidentiality disclaimer.'],
  'attachment-only': ['with', 'Put the personal information in an attachment, not in the body of the message.'],
  'attachment-statement': ['with', 'Add the fixed warning sentence about the attachment.'],
  'initials-only': ['with', 'Use the child’s initials or an agreed reference, not the name.'],
  'encrypt-aes-256': ['before', 'Encrypt it with AES-256.'],
  'new-password': ['before', 'Use a new password for this transmission and never again.'],
  'password-by-another-route': ['after', 'Give the password by another channel, never in the same message.'],
  'neutral-file-names': ['before', 'Give files names that identify nobody.'],
  'address-individually': ['before', 'Enter each recipient individually.'],
  'hide-addresses': ['with', 'Hide the addressees from each other unless they have agreed to be shown.'],
  'check-recipients': ['before', 'Check the list of recipients once more before sending.'],
  'check-thread': ['before', 'Read the earlier messages in the thread before sending.'],
  'remove-from-mailboxes': ['after', 'Remove the message from sent and deleted items.'],
  'keep-copy-secure': ['after', 'Keep the copy you need in a secure folder.'],
  'delete-protected-copy': ['after', 'Delete the protected version once it has been sent.'],
  'call-hub': ['before', 'Telephone the safeguarding hub now.'],
  'written-follow-up': ['after', 'Follow the call up in writing within 48 hours.'],
  'named-recipient': ['before', 'Hand it only to the named recipient.'],
  'recorded-delivery': ['with', 'Send it by recorded delivery.'],
  'double-envelope': ['before', 'Seal it in a double envelope.'],
  'return-address': ['before', 'Put a return address on the outside.'],
  'no-outer-marking': ['before', 'Show no protective marking on the outside.'],
  'recipient-pays': ['after', 'Record the cost against the receiving agency.'],
  'cover-sheet': ['before', 'Send the cover sheet first, with Confidential on every page.'],
  'confirm-number': ['before', 'Check the number, and check it again as entered.'],
  'confirm-recipient-ready': ['before', 'Confirm that the named recipient is ready to receive it.'],
  'confirm-location-secure': ['before', 'Confirm that the receiving machine is in a secure place.'],
  'confirm-receipt': ['after', 'Confirm that the right person received it.'],
  'log-transmission': ['after', 'Log what was sent, by whom, to whom and when.'],
  'confidentiality-agreement': ['before', 'Have everyone present sign the confidentiality agreement.'],
  'invited-only': ['before', 'Admit only those invited for this case.'],
  'verify-identity': [
    'before',
    'Make sure who you are speaking to, and that it concerns them, before saying anything.',
  ],
  'sign-out': ['before', 'Sign the papers out, keep them with you, and sign them in again.'],
  'offer-correction': ['after', 'Offer the chance to correct anything that is wrong.'],
  'record-disagreement': ['after', 'Record any disagreement beside the information it concerns.'],
  'quality-check': ['before', 'Check that the information is accurate and up to date.'],
  'confirm-action': ['after', 'Find out what they will do, and check that it was done.'],
  'no-onward-use': ['with', 'Tell them not to pass it on except to protect a child.'],
  'tell-the-person': [
    'after',
    'Tell the person what was shared, why and with whom, or record why that would be unsafe.',
  ],
  'include-identifier': ['with', 'Include the consistent identifier where it is known.'],
} as const satisfies Record<string, readonly ['before' | 'with' | 'after', string]>
export type Obligation = keyof typeof OBLIGATIONS

/** What each need asks of the worker when a protocol does not say it in its own words. */
export const NEED_TEXTS: Readonly<Record<Need, string>> = {
  consent: 'Seek consent, or state the ground on which you share without it.',
  'explicit-consent': 'Seek explicit consent to share this, or state the ground on which you share without it.',
  ground: 'State the ground on which this may be shared without consent.',
  'need-to-know': 'Say why this recipient needs to know.',
  proportionality:
    'Weigh what might happen if it is shared against what might happen if it is not, and record the answer.',
  'manager-authorisation': 'Ask your manager to authorise it.',
  'recipient-named': 'Name the person who is to receive it.',
  'recipient-check': 'Check that each recipient is the person you mean and needs to see it.',
  'role-of-recipient': 'State the recipient’s role.',
  'secure-address': 'Give an address on a secure network.',
  training: 'Complete information-governance training first.',
  'thread-check': 'Read the earlier messages in the thread and confirm that they may go too.',
  purpose: 'Choose the reason for sharing from the list.',
  urgency: 'Confirm that it is urgent and absolutely necessary to send it this way.',
  'harm-balance':
    'Sharing is judged to harm the child more than not sharing. Confirm the balance with a manager before going on.',
  'no-more-secure-route': 'Confirm that no more secure route exists.',
  'significant-need': 'Record the significant need to send it this way.',
  'list-checked': 'Confirm who is on the distribution list, who owns it and when it was last checked.',
}

const SENSITIVE_BY_DEFAULT: ReadonlySet<Item> = new Set<Item>([
  'ethnicity',
  'politics',
  'belief',
  'trade-union',
  'health',
  'mental-health',
  'sexual-life',
  'offence',
  'proceedings',
  'genetic',
  'biometric',
  'incident-detail',
  'suspected-perpetrator',
  'schedule-one-indicator',
])

/** The level an item has unless a protocol says otherwise. */
export function defaultLevel(item: Item): Exclude<Level, 'none'> {
  if (item === 'statistic') return 'anonymised'
  return SENSITIVE_BY_DEFAULT.has(item) ? 'sensitive' : 'personal'
}

/** none 0, anonymised 1, personal 2, sensitive 3. */
export function levelRank(level: Level): number {
  return LEVELS.indexOf(level)
}
