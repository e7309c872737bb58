import type { Item, Purpose } from '../../protocols/index.ts'

/** A heading of a structured form. What stands under it is information of one item, and is withheld with that item. */
export interface Section {
  readonly id: string
  readonly item: Item
  readonly heading: string
  readonly hint?: string
  readonly rows?: number
}

/** The referral for section 47 and section 17, after the three domains of the assessment framework. */
const REFERRAL: readonly Section[] = [
  {
    id: 'concern',
    item: 'concern',
    heading: 'What are you worried about?',
    hint: 'What you have seen, heard or been told, and what you think it means. Keep the two apart.',
    rows: 6,
  },
  { id: 'protective', item: 'concern', heading: 'What is going well, and who keeps the child safe?', rows: 3 },
  { id: 'wanted', item: 'concern', heading: 'What do you ask the recipient to do?', rows: 3 },
  {
    id: 'happened',
    item: 'incident-detail',
    heading: 'What happened?',
    hint: 'When, where, who was there. Describe any injury.',
    rows: 6,
  },
  { id: 'said', item: 'incident-detail', heading: 'What has the child said, in their own words?', rows: 4 },
  { id: 'safe-now', item: 'incident-detail', heading: 'Where is the child now, and are they safe?', rows: 2 },
  { id: 'household', item: 'family', heading: 'Who lives with the child, and who cares for them?', rows: 4 },
  { id: 'parenting', item: 'family', heading: 'How do the parents or carers meet the child’s needs?', rows: 4 },
  { id: 'environment', item: 'family', heading: 'Home, wider family and community', rows: 3 },
  { id: 'services', item: 'services-provided', heading: 'What has been done so far, and by whom?', rows: 4 },
  { id: 'health', item: 'health', heading: 'Health and development', rows: 4 },
  {
    id: 'mental-health',
    item: 'mental-health',
    heading: 'Mental health of the child or of those who care for them',
    rows: 4,
  },
  {
    id: 'education',
    item: 'education',
    heading: 'Nursery, school or college: attendance, learning, behaviour',
    rows: 4,
  },
  { id: 'language', item: 'language', heading: 'Languages, interpreter, or other help with communication', rows: 2 },
  {
    id: 'perpetrator',
    item: 'suspected-perpetrator',
    heading: 'Who may have caused harm, and do they still see the child?',
    rows: 3,
  },
]

/** The police report of a child who has come to notice (MPS-6), under the headings of the form. */
const POLICE_REPORT: readonly Section[] = [
  {
    id: 'circumstances',
    item: 'incident-detail',
    heading: 'Circumstances',
    hint: 'How the child came to notice. Time, place and type come from the page before.',
    rows: 6,
  },
  { id: 'appearance', item: 'incident-detail', heading: 'How the child appeared: physical state, demeanour', rows: 3 },
  { id: 'said', item: 'incident-detail', heading: 'What the child said, in their own words', rows: 4 },
  { id: 'concern', item: 'concern', heading: 'Why the officer is concerned', rows: 4 },
  { id: 'home', item: 'concern', heading: 'Conditions at home, where seen', rows: 3 },
  { id: 'others', item: 'family', heading: 'Others at the address, and who has parental responsibility', rows: 3 },
  { id: 'adults', item: 'suspected-perpetrator', heading: 'Adults suspected, and their link with the child', rows: 3 },
  { id: 'offences', item: 'offence', heading: 'Offences recorded, with the status of the investigation', rows: 3 },
  { id: 'health', item: 'health', heading: 'Injury or illness, and who attended', rows: 3 },
  { id: 'school', item: 'education', heading: 'School, and whether it has been told', rows: 2 },
  { id: 'history', item: 'referral-history', heading: 'Earlier reports about this child', rows: 3 },
]

/** The headings under which an item's words are asked for; one plain heading where the form has none. */
export function sectionsOf(form: string, item: Item): readonly Section[] {
  const found = (form === 'police-report' ? POLICE_REPORT : form === 'referral' ? REFERRAL : []).filter(
    (one) => one.item === item,
  )
  return found.length > 0 ? found : [{ id: item, item, heading: 'The words that would be shared', rows: 4 }]
}

const USUAL: Partial<Record<Purpose, readonly Item[]>> = {
  'section-47': ['name', 'date-of-birth', 'address', 'concern', 'incident-detail', 'family'],
  'section-17': ['name', 'date-of-birth', 'address', 'concern', 'family', 'services-provided'],
  'ctn-report': ['name', 'date-of-birth', 'address', 'concern', 'incident-detail', 'family'],
  referral: ['name', 'date-of-birth', 'concern', 'services-provided'],
  conference: ['name', 'date-of-birth', 'concern', 'family', 'conference'],
  pep: ['name', 'education', 'pep'],
  'school-transfer': ['name', 'date-of-birth', 'school-record'],
  'education-support': ['name', 'education'],
  'care-plan': ['name', 'services-provided'],
  planning: ['statistic'],
}

/** What a form usually holds for a purpose; offered, never added unasked. */
export const usualItems = (purpose: Purpose | undefined): readonly Item[] =>
  purpose === undefined ? [] : (USUAL[purpose] ?? [])

/** How a child came to police notice (MPS-6). */
export const NOTICE = [
  'Victim or witness of crime',
  'Domestic abuse in the household',
  'Missing, or found',
  'Neglect or poor conditions',
  'Exploitation suspected',
  'Mental health or self-harm',
  'Suspected of an offence',
  'In police protection',
  'Other',
] as const
export const RISK_FACTORS = [
  'Domestic abuse',
  'Drugs or alcohol in the household',
  'Mental ill-health of a parent or carer',
  'Disability of the child',
  'Physical injury',
  'Neglect',
  'Sexual harm',
  'Emotional harm',
  'Criminal exploitation',
  'Sexual exploitation',
  'Radicalisation',
  'Honour-based abuse, forced marriage or FGM',
  'Weapons',
  'Out at night without a carer',
  'Not in school',
] as const
