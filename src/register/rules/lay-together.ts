import type { Entry } from '../entry.ts'

/** What one source said of a person, and when it said so. */
export interface Part {
  readonly asOf?: string
  readonly entry: Entry
}
export type Parts = Readonly<Record<string, Part>>

/** Which source is believed where two give the same single field: those that carry whole records before returns. */
const ORDER = ['api', 'csv', 'annex-a', 'cin', 'cla']

/**
 * The parts after a source has spoken again, or undefined when it said nothing new. A whole record (CSV, API) takes the place of the
 * source's earlier one; a return, which arrives table by table, is laid over it. What is older than what is kept changes nothing.
 */
export function withPart(parts: Parts, source: string, told: Part): Parts | undefined {
  const known = parts[source]
  if (known?.asOf !== undefined && told.asOf !== undefined && told.asOf < known.asOf) return undefined
  const whole = source === 'csv' || source === 'api'
  const entry: Entry = whole || known === undefined ? told.entry : layOver(known.entry, told.entry)
  if (known !== undefined && sameEntry(known.entry, entry)) return undefined
  return { ...parts, [source]: { ...(told.asOf === undefined ? {} : { asOf: told.asOf }), entry } }
}

/** One record from all parts: single fields from the source believed first, lists joined without repetition. */
export function layTogether(parts: Parts): Entry {
  const sources = Object.keys(parts).sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other))
  return sources.reduceRight<Entry>((record, source) => layOver(record, parts[source]!.entry), {})
}

/** The upper laid over the lower: its single fields win, lists are joined. */
function layOver(lower: Entry, upper: Entry): Entry {
  const joined: Record<string, unknown> = { ...lower }
  for (const [field, value] of Object.entries(upper)) {
    const below = joined[field]
    joined[field] = Array.isArray(value) && Array.isArray(below) ? withoutRepetition([...value, ...below]) : value
  }
  return joined as Entry
}

function withoutRepetition(list: readonly unknown[]): unknown[] {
  const seen = new Set<string>()
  return list.filter((one) => {
    const face = canonical(one)
    if (seen.has(face)) return false
    seen.add(face)
    return true
  })
}

function sameEntry(one: Entry, other: Entry): boolean {
  return canonical(one) === canonical(other)
}

/** JSON with its keys in order, so that the same thing is always written the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
