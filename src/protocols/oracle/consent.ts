import type { Consent, Disclosure } from '../disclosure.ts'
import { type Item, TOLD } from '../vocabulary.ts'

/** What the consents recorded amount to; undefined where the document leaves it open. */
export type Amounts = 'valid' | 'missing' | 'refused' | undefined

/** Bexley: every adult from 16, the parent or carer under 16; specific, informed, explicit for what is sensitive (BEX-18, 21, 23, 28). */
export function bexleyConsent(disclosure: Disclosure, sensitive: readonly Item[]): Amounts {
  const entries = disclosure.consent ?? []
  const counts = entries.filter((entry) => entry.age >= 16)
  const young = entries.filter((entry) => entry.age < 16)
  if (counts.some((entry) => entry.competent === false && entry.state !== 'given')) return undefined
  const no = (entry: Consent): boolean => entry.state === 'refused' || entry.state === 'withdrawn'
  if (counts.some(no)) return 'refused'
  if (young.some((entry) => entry.competent)) return undefined
  if (counts.length === 0) return young.some(no) ? undefined : 'missing'
  const scoped = counts.filter((entry) => entry.for !== undefined)
  const covers = (entry: Consent): boolean =>
    entry.for === undefined || disclosure.information.every((item) => entry.for?.includes(item) || item === 'statistic')
  const sound = (entry: Consent): boolean =>
    entry.state === 'given' &&
    entry.competent !== false &&
    TOLD.every((told) => entry.told?.includes(told)) &&
    (sensitive.length === 0 || entry.explicit === true)
  if (!counts.every(sound)) return 'missing'
  if (!counts.every(covers))
    return counts.length === 1 ||
      (scoped.length === counts.length &&
        !disclosure.information.every((item) => scoped.some((entry) => entry.for?.includes(item))))
      ? 'missing'
      : undefined
  return young.some(no) || (disclosure.about ?? []).some((child) => (child.age ?? 0) >= 16) ? undefined : 'valid'
}

/** West Yorkshire: parents, and a child who is Fraser-competent (WY-10, 12, 13). */
export function westYorkshireConsent(disclosure: Disclosure): Amounts {
  const entries = disclosure.consent ?? []
  if (entries.some((entry) => entry.age >= 16 && entry.competent === false)) return undefined
  const counts = entries.filter((entry) => entry.age >= 16 || entry.competent === true)
  if (counts.some((entry) => entry.state === 'refused' || entry.state === 'withdrawn')) return 'refused'
  if (counts.length === 0) return 'missing'
  if (counts.some((entry) => entry.state === 'not-sought')) return 'missing'
  if (counts.some((entry) => entry.for !== undefined)) return undefined
  return 'valid'
}
