import type { Item } from '../../protocols/index.ts'
import type { Entry } from '../entry.ts'
import { ethnicWords, legalWords } from './code-words.ts'

/** What the linked registers can hold of a person (WY-15, 20 to 27). Asked for whole each time, so that what is withheld never tells what is there. */
export const PERSONAL: readonly Item[] = [
  'name',
  'alias',
  'address',
  'address-history',
  'date-of-birth',
  'gender',
  'language',
  'nhs-number',
  'upn',
  'reference',
  'concern',
  'family',
  'relationship-concern',
  'registration',
  'registration-history',
  'conference',
  'enquiry-history',
  'referral-history',
  'legal-status',
  'services-provided',
  'education',
  'looked-after-indicator',
  'looked-after-history',
]
export const EVERYTHING: readonly Item[] = [...PERSONAL, 'schedule-one-indicator', 'ethnicity']

/** One line or several under an item, in words. */
export type Shown = Partial<Record<Item, readonly string[]>>

/** What an entry says under each of the items that may be seen; items without content are left out. */
export function shownOf(entry: Entry, localId: string, items: readonly Item[], today: string): Shown {
  const shown: Shown = {}
  for (const item of items) {
    const lines = linesOf(entry, localId, item, today)
    if (lines.length > 0) shown[item] = lines
  }
  return shown
}

const span = ({ from, to }: { from?: string | undefined; to?: string | undefined }): string =>
  from === undefined && to === undefined ? '' : ` (${from ?? '?'} to ${to ?? 'now'})`
const nameOf = (one: { given?: string | undefined; family?: string | undefined }): string =>
  [one.given, one.family].filter((part) => part !== undefined).join(' ')
const addressOf = (one: NonNullable<Entry['addresses']>[number]): string =>
  `${[...one.lines, one.postcode].filter((part) => part !== undefined).join(', ')}${span(one)}`
export const CATEGORY_WORDS = {
  NEG: 'neglect',
  PHY: 'physical abuse',
  SAB: 'sexual abuse',
  EMO: 'emotional abuse',
  MUL: 'several kinds of abuse',
} as const
export const PLAN_WORDS = {
  'child-protection': 'Child protection plan',
  'child-in-need': 'Child in need plan',
  'looked-after': 'Looked after',
  unborn: 'Plan for an unborn child',
} as const

function linesOf(entry: Entry, localId: string, item: Item, today: string): string[] {
  const registrations = (entry.registrations ?? []).filter((one) => one.kind !== 'looked-after')
  const registered = (now: boolean): string[] =>
    registrations
      .filter((one) => (one.to === undefined || one.to >= today) === now)
      .map(
        (one) =>
          `${PLAN_WORDS[one.kind ?? 'child-protection']}${one.category === undefined ? '' : `, ${CATEGORY_WORDS[one.category]}`}${span(one)}`,
      )
  const addresses = entry.addresses ?? []
  const looked = entry.lookedAfter === true || (entry.registrations ?? []).some((one) => one.kind === 'looked-after')
  switch (item) {
    case 'name':
      return (entry.names ?? []).filter((one) => one.kind === 'legal' || one.kind === 'known-as').map(nameOf)
    case 'alias':
      return (entry.names ?? [])
        .filter((one) => one.kind === 'alias' || one.kind === 'former')
        .map((one) => `${nameOf(one)}${one.kind === 'former' ? ' (formerly)' : ''}`)
    case 'address':
      return addresses.filter((one) => one.to === undefined).map(addressOf)
    case 'address-history':
      return addresses.filter((one) => one.to !== undefined).map(addressOf)
    case 'date-of-birth':
      if (entry.born?.date !== undefined) return [entry.born.date]
      if (entry.born?.expected !== undefined) return [`Unborn, expected ${entry.born.expected}`]
      return entry.born?.year === undefined ? [] : [`${entry.born.year}, the day is not known`]
    case 'gender':
      return entry.sex === undefined ? [] : [{ F: 'Female', M: 'Male', U: 'Not stated' }[entry.sex]]
    case 'language':
      return one(entry.language)
    case 'ethnicity':
      return one(entry.ethnicity).map(ethnicWords)
    case 'nhs-number':
      return [...one(entry.nhsNumber), ...(entry.formerNhsNumbers ?? []).map((number) => `${number} (superseded)`)]
    case 'upn':
      return [...one(entry.upn), ...(entry.formerUpns ?? []).map((number) => `${number} (former)`)]
    case 'reference':
      return [localId]
    case 'concern':
      return [...(entry.concerns ?? [])]
    case 'family':
      return (entry.relationships ?? []).map((kin) => `${kin.kind}: ${kin.name ?? kin.to}`)
    case 'relationship-concern':
      return (entry.relationships ?? [])
        .filter((kin) => kin.concern === true)
        .map((kin) => `${kin.kind}: ${kin.name ?? kin.to}`)
    case 'registration':
      return registered(true)
    case 'registration-history':
      return registered(false)
    case 'conference':
      return (entry.conferences ?? []).map(
        (held) => `${held.kind === 'initial' ? 'Initial conference' : 'Review'}, ${held.on}`,
      )
    case 'referral-history':
      return (entry.referrals ?? []).map((made) => `${made.on}${made.from === undefined ? '' : `, ${made.from}`}`)
    case 'legal-status':
      return (entry.legalStatuses ?? [])
        .filter(({ to }) => to === undefined || to >= today)
        .map(({ code }) => legalWords(code))
    case 'services-provided':
      return [...(entry.services ?? [])]
    case 'education':
      return one(entry.school)
    case 'looked-after-indicator':
      return looked ? ['Is or was looked after'] : []
    case 'looked-after-history':
      return (entry.registrations ?? [])
        .filter((period) => period.kind === 'looked-after')
        .map((period) => `Looked after${span(period)}`)
    case 'schedule-one-indicator':
      return entry.posesRisk === true ? ['Poses a risk to children'] : []
    default:
      return []
  }
}

const one = (text: string | undefined): string[] => (text === undefined ? [] : [text])
