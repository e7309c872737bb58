import { CATEGORIES, type Entry } from '../entry.ts'
import { day, type Value } from '../rules/values.ts'
import { compact } from './parts.ts'

/** Reads the cell of a row that stands under such a heading; what cannot be read is set aside and flagged. */
export type ReadCell = <T>(column: RegExp, how: (text: string) => Value<T>) => T | undefined

type Growing = { -readonly [K in keyof Entry]: Entry[K] }

/** Adds what a row of one of the lists says of a child: 3 referrals, 5 section 47 enquiries, 6 child in need, 7 child protection, 8 looked after. */
export function takeList(list: number, entry: Growing, read: ReadCell, today: string): void {
  const date = (column: RegExp): string | undefined => read(column, (text) => day(text, today))
  if (list === 3) {
    const on = date(/^date of referral/i)
    const from = read(/^referral source/i, (text) => ({ value: text.slice(0, 500) }))
    if (on !== undefined) entry.referrals = [...(entry.referrals ?? []), compact({ on, from })]
  } else if (list === 5) {
    const on = date(/section 47 (enquiry )?.*start/i) ?? date(/strategy discussion.*s(ection )?47/i)
    if (on !== undefined) entry.enquiries = [...(entry.enquiries ?? []), { on, kind: 'section-47' }]
    const held = date(/date of initial child protection conference/i)
    if (held !== undefined) entry.conferences = [...(entry.conferences ?? []), { kind: 'initial', on: held }]
  } else if (list === 6) {
    plan(entry, 'child-in-need', date(/CIN start date|^start date/i), date(/CIN closure date|closure date/i))
  } else if (list === 7) {
    const first = read(/initial category of abuse/i, category)
    const latest = read(/latest category of abuse/i, category)
    const from = date(/child protection plan start date/i)
    plan(entry, 'child-protection', from, date(/child protection plan end date/i), latest ?? first)
    const review = date(/latest review/i)
    if (review !== undefined) entry.conferences = [...(entry.conferences ?? []), { kind: 'review', on: review }]
  } else if (list === 8) {
    const from = date(/date started to be looked after/i)
    const to = date(/date ceased to be looked after/i)
    plan(entry, 'looked-after', from, to)
    entry.lookedAfter = true
    const code = read(/^(child.s )?legal status/i, legalStatus)
    const since = date(/date of latest episode|date of.*legal status/i) ?? from
    if (code !== undefined) entry.legalStatuses = [...(entry.legalStatuses ?? []), compact({ code, from: since, to })]
  }
}

function plan(
  entry: Growing,
  kind: 'child-in-need' | 'child-protection' | 'looked-after',
  from: string | undefined,
  to: string | undefined,
  about?: (typeof CATEGORIES)[number],
): void {
  if (from === undefined && to === undefined && about === undefined) return
  entry.registrations = [...(entry.registrations ?? []), compact({ kind, category: about, from, to })]
}

const WORDS: Readonly<Record<string, (typeof CATEGORIES)[number]>> = {
  NEGLECT: 'NEG',
  PHYSICAL: 'PHY',
  SEXUAL: 'SAB',
  EMOTIONAL: 'EMO',
  MULTIPLE: 'MUL',
}

/** "a) Neglect", "NEG" and the like. */
function category(text: string): Value<(typeof CATEGORIES)[number]> {
  const written = text.toUpperCase()
  const found =
    CATEGORIES.find((one) => new RegExp(`\\b${one}\\b`).test(written)) ??
    Object.entries(WORDS).find(([word]) => written.includes(word))?.[1]
  return found === undefined ? { flaw: 'This is not a category of abuse (NEG, PHY, SAB, EMO, MUL).' } : { value: found }
}

function legalStatus(text: string): Value<string> {
  const found = /\b([CDEJLV]\d)\b/.exec(text)?.[1]
  return found === undefined ? { flaw: 'A legal status begins with its code, such as C2.' } : { value: found }
}
