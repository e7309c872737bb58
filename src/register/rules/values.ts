import { checkNhsNumber, checkUpn } from '../../scanning/index.ts'

const DAY = 86_400_000

/** A value that could be read, or the reason why it was set aside (BEX-54). */
export type Value<T> = { readonly value: T } | { readonly flaw: string }

/** An NHS number: ten digits whose last is the check digit (modulus 11). Spaces and hyphens between are no fault. */
export function nhsNumber(text: string): Value<string> {
  const digits = text.replaceAll(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return { flaw: 'An NHS number has ten digits.' }
  return checkNhsNumber(digits)
    ? { value: digits }
    : { flaw: 'The check digit of the NHS number is wrong; a digit may be mistyped.' }
}

/** A unique pupil number: a check letter and twelve digits, or the temporary form that ends in a letter. */
export function upn(text: string): Value<string> {
  const written = text.replaceAll(/\s/g, '').toUpperCase()
  if (!/^[A-Z]\d{11}[0-9A-Z]$/.test(written)) return { flaw: 'A UPN is a letter, eleven digits and a digit or letter.' }
  return checkUpn(written)
    ? { value: written }
    : { flaw: 'The check letter of the UPN is wrong; a character may be mistyped.' }
}

/** A day written 2026-11-21 or 21/11/2026, that exists, and does not lie after `latest`. Gives YYYY-MM-DD. */
export function day(text: string, latest?: string): Value<string> {
  const written = text.trim()
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T.*)?$/.exec(written) ?? reversed(/^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(written))
  if (found === null) return { flaw: 'A date is written 21/11/2026 or 2026-11-21.' }
  const [, year, month, date] = found as unknown as [string, string, string, string]
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const parsed = new Date(`${iso}T00:00:00Z`)
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso)
    return { flaw: 'There is no such day.' }
  if (iso < '1850-01-01') return { flaw: 'The day lies too far back.' }
  if (latest !== undefined && iso > latest) return { flaw: 'The day lies in the future.' }
  return { value: iso }
}

/**
 * The moment at which a source says that it last changed what it tells, ISO 8601. A clock may be some hours ahead of ours; a day that lies further ahead is a slip,
 * and everything that is told until then would be taken for older. Gives ISO 8601 in UTC.
 */
export function moment(text: string, today: string): Value<string> {
  const when = new Date(text)
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(when.getTime()))
    return { flaw: 'A moment is written 2026-11-21T09:30:00Z.' }
  return when.getTime() > new Date(`${today}T00:00:00Z`).getTime() + 2 * DAY
    ? { flaw: 'The moment lies in the future.' }
    : { value: when.toISOString() }
}

function reversed(found: RegExpExecArray | null): [string, string, string, string] | null {
  return found === null ? null : [found[0], found[3]!, found[2]!, found[1]!]
}

/** One code of a list, whatever its case. */
export function code<T extends string>(text: string, list: readonly T[], what: string): Value<T> {
  const found = list.find((one) => one.toLowerCase() === text.trim().toLowerCase())
  return found === undefined ? { flaw: `“${text.trim().slice(0, 40)}” is not ${what}.` } : { value: found }
}

/** Sex as F, M or U, from the codes of either census. */
export function sex(text: string): Value<'F' | 'M' | 'U'> {
  switch (text.trim().toUpperCase()) {
    case 'M':
    case '1':
    case 'MALE':
    case 'A) MALE':
      return { value: 'M' }
    case 'F':
    case '2':
    case 'FEMALE':
    case 'B) FEMALE':
      return { value: 'F' }
    case 'U':
    case '0':
    case '9':
    case 'C) NOT STATED/RECORDED':
    case 'D) NEITHER':
      return { value: 'U' }
    default:
      return { flaw: 'Sex is M, F or U (before 2025: 1, 2, 0 or 9).' }
  }
}
