import { CATEGORIES, type Entry, RELATIONS } from '../entry.ts'
import { code, day, type Value } from '../rules/values.ts'
import { compact } from './parts.ts'

export function year(text: string, today: string): Value<number> {
  const found = Number(text)
  return /^\d{4}$/.test(text) && found >= 1850 && found <= Number(today.slice(0, 4))
    ? { value: found }
    : { flaw: 'A year is written with four digits and has begun.' }
}
export function yesNo(text: string): Value<boolean> {
  if (/^(yes|y|true|1)$/i.test(text)) return { value: true }
  return /^(no|n|false|0)$/i.test(text) ? { value: false } : { flaw: 'The answer is yes or no.' }
}
export function postcode(text: string): Value<string> {
  const found = /^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$/i.exec(text)
  return found === null ? { flaw: 'This is not a postcode.' } : { value: `${found[1]} ${found[2]}`.toUpperCase() }
}
/** "Given Family" or "Family, Given"; the last word is the family name. */
export function divided(text: string): { given?: string; family?: string } {
  const [family, given] = text.split(',').map((one) => one.trim())
  if (given) return compact({ given, family: family || undefined }) as { given?: string; family?: string }
  const words = text.split(/\s+/)
  return words.length === 1 ? { given: text } : { given: words.slice(0, -1).join(' '), family: words.at(-1)! }
}
/** "… (2019-01-02 to 2021-03-03)", "… 2019-01-02 to 2021-03-03" or "… 2019-01-02": what stands before, and the days. */
export function spanned(text: string, today: string): Value<{ before: string; from?: string; to?: string }> {
  const found = /^(.*?)[\s(]*(?:(\d[\d/-]{7,9})?(?:\s+to\s+(\d[\d/-]{7,9}))?)\)?$/s.exec(text)
  const [from, to] = [found?.[2], found?.[3]].map((one) => (one === undefined ? undefined : day(one, today)))
  for (const one of [from, to]) if (one !== undefined && 'flaw' in one) return one
  const days = compact({
    from: from && 'value' in from ? from.value : undefined,
    to: to && 'value' in to ? to.value : undefined,
  }) as { from?: string; to?: string }
  if (days.from !== undefined && days.to !== undefined && days.to < days.from)
    return { flaw: 'It ends before it begins.' }
  return { value: { before: (found?.[1] ?? text).trim(), ...days } }
}
/** "12 Mill Lane, Kirkvale" as its lines. */
export function addressLines(text: string): Value<string[]> {
  const lines = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  if (lines.some((one) => one.length > 500)) return { flaw: 'A line of the address is longer than 500 characters.' }
  return lines.length === 0 ? { flaw: 'There is no address.' } : { value: lines.slice(0, 8) }
}
export function formerAddress(text: string, today: string): Value<NonNullable<Entry['addresses']>[number]> {
  const found = spanned(text, today)
  if ('flaw' in found) return found
  const { before, ...days } = found.value
  const parts = before
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const last = postcode(parts.at(-1) ?? '')
  return {
    value: {
      lines: ('value' in last ? parts.slice(0, -1) : parts).slice(0, 8).map((one) => one.slice(0, 500)),
      ...('value' in last ? { postcode: last.value } : {}),
      ...days,
    },
  }
}
export function relationship(text: string): Value<NonNullable<Entry['relationships']>[number]> {
  const [kind, rest] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1).trim()]
  const read = code(kind, RELATIONS, `a relationship such as ${RELATIONS.slice(0, 4).join(', ')}`)
  if ('flaw' in read) return { flaw: `${read.flaw} Write “mother: K-10021 Amina Khan”.` }
  const [to, ...name] = rest.split(/\s+/)
  if (rest.length > 500) return { flaw: 'It is longer than 500 characters.' }
  if (!to) return { flaw: 'The local id of the other person is missing.' }
  return { value: { kind: read.value, to, ...(name.length > 0 ? { name: name.join(' ') } : {}) } }
}
export function registration(text: string, today: string): Value<NonNullable<Entry['registrations']>[number]> {
  const found = spanned(text, today)
  if ('flaw' in found) return found
  const { before, ...days } = found.value
  const category = code(before, CATEGORIES, 'a category of abuse (NEG, PHY, SAB, EMO, MUL)')
  return 'flaw' in category ? category : { value: { kind: 'child-protection', category: category.value, ...days } }
}
export function conference(text: string, today: string): Value<NonNullable<Entry['conferences']>[number]> {
  const [kind, on] = text.split(/\s+/)
  const held = day(on ?? '', today)
  if (kind !== 'initial' && kind !== 'review') return { flaw: 'A conference is initial or review.' }
  return 'flaw' in held ? held : { value: { kind, on: held.value } }
}
export function referral(text: string, today: string): Value<NonNullable<Entry['referrals']>[number]> {
  const [on, ...from] = text.split(/\s+/)
  const made = day(on ?? '', today)
  return 'flaw' in made
    ? made
    : { value: { on: made.value, ...(from.length > 0 ? { from: from.join(' ').slice(0, 500) } : {}) } }
}
export function legalStatus(text: string, today: string): Value<NonNullable<Entry['legalStatuses']>[number]> {
  const found = spanned(text, today)
  if ('flaw' in found) return found
  const { before, ...days } = found.value
  return /^[A-Z]\d$/i.test(before)
    ? { value: { code: before.toUpperCase(), ...days } }
    : { flaw: 'A legal status is a code such as C2 or V2.' }
}
