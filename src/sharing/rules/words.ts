import type { Ground, Item, Kind, Level, Need, Purpose, Route } from '../../protocols/index.ts'

// How the fixed words are said to a worker.

export const ITEM_WORDS: Readonly<Record<Item, string>> = {
  name: 'Name',
  alias: 'Other names used',
  address: 'Address',
  'address-history': 'Earlier addresses',
  'date-of-birth': 'Date of birth',
  gender: 'Gender',
  language: 'Languages spoken',
  'nhs-number': 'NHS number',
  upn: 'Unique pupil number',
  photograph: 'Photograph',
  reference: 'Agreed reference or initials',
  'services-provided': 'Services already provided',
  concern: 'What the concern is',
  'incident-detail': 'Details of what happened',
  'suspected-perpetrator': 'Who is suspected of harm',
  registration: 'Child protection plan or registration',
  'registration-history': 'Earlier plans or registrations',
  conference: 'Child protection meetings',
  'enquiry-history': 'Earlier enquiries to the register',
  'referral-history': 'Earlier referrals',
  'legal-status': 'Legal status',
  family: 'Family and household',
  'relationship-concern': 'Concerns about people close to the child',
  'looked-after-indicator': 'Whether looked after',
  'looked-after-history': 'Whether looked after before',
  'schedule-one-indicator': 'Person posing a risk to children',
  ethnicity: 'Ethnicity',
  politics: 'Political opinions',
  belief: 'Religion or belief',
  'trade-union': 'Trade union membership',
  health: 'Physical health',
  'mental-health': 'Mental health',
  'sexual-life': 'Sexual life',
  offence: 'Offences, proved or alleged',
  proceedings: 'Court proceedings',
  genetic: 'Genetic information',
  biometric: 'Biometric information',
  financial: 'Money',
  employment: 'Employment',
  education: 'Education',
  pep: 'Personal education plan',
  'school-record': 'School record',
  statistic: 'Figures that identify nobody',
}

/** The items as a worker looks for them. Every item is in exactly one group. */
export const ITEM_GROUPS: readonly { readonly title: string; readonly items: readonly Item[] }[] = [
  {
    title: 'Who the child is',
    items: [
      'name',
      'alias',
      'date-of-birth',
      'gender',
      'language',
      'address',
      'address-history',
      'nhs-number',
      'upn',
      'photograph',
      'reference',
    ],
  },
  {
    title: 'What the worry is',
    items: ['concern', 'incident-detail', 'suspected-perpetrator', 'schedule-one-indicator'],
  },
  { title: 'Family', items: ['family', 'relationship-concern', 'services-provided', 'legal-status'] },
  {
    title: 'What is already known to services',
    items: [
      'registration',
      'registration-history',
      'conference',
      'enquiry-history',
      'referral-history',
      'looked-after-indicator',
      'looked-after-history',
    ],
  },
  { title: 'Health', items: ['health', 'mental-health', 'sexual-life', 'genetic', 'biometric'] },
  { title: 'School', items: ['education', 'school-record', 'pep'] },
  { title: 'Police and courts', items: ['offence', 'proceedings'] },
  {
    title: 'Background and beliefs',
    items: ['ethnicity', 'belief', 'politics', 'trade-union', 'financial', 'employment'],
  },
  { title: 'Figures', items: ['statistic'] },
]

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  none: 'Nothing',
  anonymised: 'Anonymised',
  personal: 'Personal',
  sensitive: 'Sensitive',
}
export const LEVEL_COLOURS: Readonly<Record<Level, string>> = {
  none: 'grey',
  anonymised: 'green',
  personal: 'blue',
  sensitive: 'orange',
}

export const ROUTE_WORDS: Readonly<Record<Route, string>> = {
  'internal-email': 'Internal e-mail',
  'secure-email': 'Secure e-mail',
  portal: 'Secure portal',
  'encrypted-attachment': 'Encrypted attachment on ordinary e-mail',
  'recorded-post': 'Recorded delivery',
  'by-hand': 'By hand',
  post: 'Ordinary post',
  meeting: 'At a closed meeting',
  telephone: 'By telephone',
  fax: 'Fax',
  email: 'Ordinary e-mail',
  text: 'Text message',
  register: 'Through the linked registers',
}

export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  'section-47': 'A child may be suffering significant harm (section 47)',
  'section-17': 'A child in need (section 17)',
  'ctn-report': 'A child has come to police notice',
  referral: 'Referral for early help or another service',
  'register-check': 'Check of the register',
  conference: 'Child protection conference',
  'care-plan': 'Care plan',
  pep: 'Personal education plan',
  'school-transfer': 'Move to another school',
  'education-support': 'Support at school',
  'crime-prevention': 'Preventing or detecting crime',
  planning: 'Planning services',
  'subject-access': 'A person asks for their own information',
  general: 'Another reason',
}

export const GROUND_WORDS: Readonly<Record<Ground, string>> = {
  'risk-in-seeking-consent': 'Asking for consent would put the child at risk',
  'judgement-of-significant-harm': 'Judgement that the child is at risk of significant harm',
  crime: 'To prevent or detect a crime',
  'register-check': 'Check of the register by an authorised person',
  'build-a-picture': 'To build up a picture of risk',
  'refused-but-harm': 'Consent was refused, and the child would be at risk without sharing',
  'employment-law': 'Employment law',
  'vital-interests': 'A matter of life or death',
  'made-public': 'Already made public by the person',
  'legal-proceedings': 'Legal proceedings',
  'administration-of-justice': 'Administration of justice',
  medical: 'Medical reasons',
  'ethnic-monitoring': 'Ethnic monitoring',
  'public-interest': 'Public interest outweighs the lack of consent',
  'duty-16LA': 'Duty to share (section 16LA)',
  'safeguarding-sch1-18': 'Safeguarding children or adults at risk',
}

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  'social-care': 'Children’s social care',
  police: 'Police',
  health: 'Health',
  school: 'School',
  education: 'Education service',
  housing: 'Housing',
  probation: 'Probation',
  voluntary: 'Voluntary organisation',
  carer: 'Foster carer',
  parent: 'Parent',
  'young-person': 'Young person',
  court: 'Court',
  researcher: 'Researcher',
  public: 'Member of the public',
}

export const NEED_WORDS: Readonly<Record<Need, string>> = {
  consent: 'Consent',
  'explicit-consent': 'Explicit consent',
  ground: 'A ground for sharing without consent',
  'need-to-know': 'Why each person needs to know',
  proportionality: 'Whether sharing is proportionate',
  'manager-authorisation': 'Your manager’s authorisation',
  'recipient-named': 'The name of the recipient',
  'recipient-check': 'The check of the recipient list',
  'role-of-recipient': 'The recipient’s role',
  'secure-address': 'A secure address',
  training: 'Your training',
  'thread-check': 'The check of earlier messages',
  purpose: 'The purpose',
  urgency: 'That it is urgent',
  'harm-balance': 'Your manager’s view of the balance of harm',
  'no-more-secure-route': 'That no more secure route exists',
  'significant-need': 'The significant need',
  'list-checked': 'The check of the distribution list',
}

export const RISK_WORDS = {
  none: 'No sign of significant harm',
  'significant-harm': 'Reasonable cause to suspect significant harm',
  'imminent-harm': 'A child is being harmed now, or is about to be',
} as const
export const STATE_WORDS = {
  draft: 'Draft',
  held: 'Held',
  decided: 'On its way',
  sent: 'Sent',
  'not-shared': 'Not shared',
} as const
export const STATE_COLOURS = {
  draft: 'grey',
  held: 'yellow',
  decided: 'blue',
  sent: 'green',
  'not-shared': 'purple',
} as const
export const TOLD_WORDS = {
  why: 'Why we want the information',
  'how-used': 'How it will be used',
  'with-whom': 'Who it will be shared with',
  'if-given': 'What follows from giving consent',
  'if-withheld': 'What follows from withholding or withdrawing it',
} as const
export const CONSENT_WORDS = {
  given: 'Given',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  'not-sought': 'Not asked',
} as const
export const CONSENT_COLOURS = { given: 'green', refused: 'red', withdrawn: 'red', 'not-sought': 'grey' } as const
export const RAG_WORDS = {
  red: 'Red: within 4 hours',
  amber: 'Amber: within 24 hours',
  green: 'Green: within 72 hours',
} as const
export const FORM_WORDS = {
  referral: 'Referral',
  'police-report': 'Police report',
  program: 'From another system',
} as const
