import type { Item } from '../../protocols/index.ts'
import type { Entry } from '../entry.ts'
import { CATEGORY_WORDS, PLAN_WORDS } from './items.ts'

export const SPAN_KINDS = ['lived', 'plan', 'looked-after', 'meeting', 'referral'] as const

/** A dated fact of an entry: where a person lived, a plan, a meeting. Days are YYYY-MM-DD; without `to` it goes on; an event has both the same. */
export interface Span {
  readonly kind: (typeof SPAN_KINDS)[number]
  readonly item: Item
  readonly text: string
  readonly from: string
  readonly to?: string | undefined
}

/** The dated facts of an entry under those items alone that may be seen, so that they tell nothing which the lines of the same items do not tell. */
export function spansOf(entry: Entry, items: readonly Item[], today: string): Span[] {
  const all: (Omit<Span, 'from'> & { readonly from: string | undefined })[] = [
    ...(entry.addresses ?? []).map(({ lines, postcode, from, to }) => ({
      kind: 'lived' as const,
      item: to === undefined ? ('address' as const) : ('address-history' as const),
      text: [...lines, postcode].filter((part) => part !== undefined).join(', '),
      from,
      to,
    })),
    ...(entry.registrations ?? []).map(({ kind = 'child-protection', category, from, to }) =>
      kind === 'looked-after'
        ? { kind: 'looked-after' as const, item: 'looked-after-history' as const, text: PLAN_WORDS[kind], from, to }
        : {
            kind: 'plan' as const,
            item: to === undefined || to >= today ? ('registration' as const) : ('registration-history' as const),
            text: `${PLAN_WORDS[kind]}${category === undefined ? '' : `, ${CATEGORY_WORDS[category]}`}`,
            from,
            to,
          },
    ),
    ...(entry.conferences ?? []).map(({ kind, on }) => ({
      kind: 'meeting' as const,
      item: 'conference' as const,
      text: kind === 'initial' ? 'Initial conference' : 'Review',
      from: on,
      to: on,
    })),
    ...(entry.referrals ?? []).map(({ on, from }) => ({
      kind: 'referral' as const,
      item: 'referral-history' as const,
      text: from === undefined ? 'Referral' : `Referral, ${from}`,
      from: on,
      to: on,
    })),
  ]
  return all
    .flatMap(({ from, to, ...one }) =>
      from === undefined || !items.includes(one.item) || from > today
        ? []
        : [{ ...one, from, ...(to === undefined || to > today ? {} : { to }) }],
    )
    .sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
}

/** The items that say when something was; what of them is withheld is missing from a line of time. */
export const DATED: readonly Item[] = [
  'address',
  'address-history',
  'registration',
  'registration-history',
  'looked-after-history',
  'conference',
  'referral-history',
]
