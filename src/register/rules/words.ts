import type { Ground, Item, Level, Need, Purpose } from '../../protocols/index.ts'

/** The reasons from which a worker chooses (WY-16), the most frequent first. “Another reason” is no reason and is not offered. */
export const REASONS: readonly (readonly [Purpose, string])[] = [
  ['register-check', 'A check because there are child protection concerns'],
  ['section-47', 'A child may be suffering significant harm (section 47)'],
  ['section-17', 'A child in need (section 17)'],
  ['referral', 'A referral for early help or another service'],
  ['conference', 'A child protection conference'],
  ['care-plan', 'A care plan'],
  ['ctn-report', 'A child has come to police notice'],
  ['crime-prevention', 'Preventing or detecting crime'],
  ['school-transfer', 'A move to another school'],
  ['education-support', 'Support at school'],
  ['planning', 'Planning services (figures only)'],
]
const OTHERS: Readonly<Partial<Record<Purpose, string>>> = {
  pep: 'A personal education plan',
  'subject-access': 'A person asks for their own information',
  general: 'Another reason',
}
/** A purpose as it is said to a worker. */
export const reasonWords = (purpose: string): string =>
  REASONS.find(([id]) => id === purpose)?.[1] ?? OTHERS[purpose as Purpose] ?? purpose

export const GROUND_WORDS: Readonly<Record<Ground, string>> = {
  'register-check': 'Check of the register by an authorised person',
  'risk-in-seeking-consent': 'Asking for consent would put the child at risk',
  'judgement-of-significant-harm': 'Judgement that the child is at risk of significant harm',
  crime: 'To prevent or detect a crime',
  'build-a-picture': 'To build up a picture of risk',
  'refused-but-harm': 'Consent was refused, and the child would be at risk without asking',
  'duty-16LA': 'Duty to share (section 16LA)',
  'safeguarding-sch1-18': 'Safeguarding children or adults at risk',
  'vital-interests': 'A matter of life or death',
  'public-interest': 'Public interest outweighs the lack of consent',
  'employment-law': 'Employment law',
  'made-public': 'Already made public by the person',
  'legal-proceedings': 'Legal proceedings',
  'administration-of-justice': 'Administration of justice',
  medical: 'Medical reasons',
  'ethnic-monitoring': 'Ethnic monitoring',
}
export const groundWords = (ground: string | null | undefined): string | undefined =>
  ground === null || ground === undefined ? undefined : (GROUND_WORDS[ground as Ground] ?? ground)

export const CONSENT_WORDS = { given: 'Consent given', refused: 'Consent refused', 'not-sought': 'Consent not sought' }
export const consentWords = (state: string | null | undefined): string | undefined =>
  state === null || state === undefined ? undefined : (CONSENT_WORDS[state as keyof typeof CONSENT_WORDS] ?? state)

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  none: 'Nothing',
  anonymised: 'Anonymised',
  personal: 'Personal',
  sensitive: 'Sensitive',
}

const ITEM_WORDS: Readonly<Partial<Record<Item, string>>> = {
  name: 'Name',
  alias: 'Other names',
  'date-of-birth': 'Date of birth',
  gender: 'Gender',
  address: 'Address',
  registration: 'Plan now',
  'looked-after-indicator': 'Looked after',
  'schedule-one-indicator': 'Person posing a risk',
  concern: 'Concerns',
  family: 'Family',
  'relationship-concern': 'Concerns about people close to the child',
  'legal-status': 'Legal status',
  'registration-history': 'Earlier plans',
  conference: 'Child protection meetings',
  'looked-after-history': 'Times looked after',
  'services-provided': 'Services',
  education: 'School',
  'address-history': 'Earlier addresses',
  language: 'Languages',
  ethnicity: 'Ethnicity',
  'nhs-number': 'NHS number',
  upn: 'Unique pupil number',
  reference: 'Number in that register',
  'referral-history': 'Earlier referrals',
  'enquiry-history': 'Who asked before',
}
export const itemWords = (item: string): string => ITEM_WORDS[item as Item] ?? item
/** In which order a card shows what it holds: who it is, what holds now and who is near, then what was, and numbers. */
export const ITEM_ORDER = Object.keys(ITEM_WORDS)

/** What must be supplied, as a person would do it from the page of a check. */
export const NEED_WORDS: Readonly<Partial<Record<Need, string>>> = {
  'manager-authorisation': 'Somebody with the right to do so authorises you beyond your own area or profession',
}

export const OUTCOME_WORDS = {
  known: 'Known',
  'possibly-known': 'Perhaps known',
  'not-known': 'Not known',
  'may-not-be-told': 'You may not be told',
} as const
export const outcomeWords = (outcome: string): string => OUTCOME_WORDS[outcome as keyof typeof OUTCOME_WORDS] ?? outcome
