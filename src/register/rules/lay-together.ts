import type { Entry } from '../entry.ts'

/** What one source said of a person, and when it said so. */
export interface Part {
  readonly asOf?: string
  readonly entry: Entry
}
export type Parts = Readonly<Record<string, Part>>

/** What it says now; of the parts in `untold` it says nothing, or nothing that could be read. */
export interface Spoken extends Part {
  readonly untold?: readonly (keyof Entry)[] | 'everything'
}

/** Which source is believed where two give the same single field: those that carry whole records before returns. */
const ORDER = ['api', 'csv', 'annex-a', 'cin', 'cla']

/**
 * The parts after a source has spoken again: `news` where they say anything else than before, undefined where not even the moment is another. A whole
 * record (CSV, API) takes the place of the source's earlier one, save what is untold; a return is laid over what its earlier ones said, and
 * an older one under it, so that their order does not matter. An older whole record changes nothing.
 */
export function withPart(
  parts: Parts,
  source: string,
  { untold, ...told }: Spoken,
): { readonly parts: Parts; readonly news: boolean } | undefined {
  const known = parts[source]
  const older = known?.asOf !== undefined && told.asOf !== undefined && told.asOf < known.asOf
  const whole = source === 'csv' || source === 'api'
  if (whole && older) return undefined
  const entry = spokenBy(known?.entry, told.entry, whole, older, untold)
  const asOf = older ? known.asOf : (told.asOf ?? known?.asOf)
  const news = known === undefined || !sameEntry(known.entry, entry)
  if (!news && asOf === known.asOf) return undefined
  return { parts: { ...parts, [source]: { ...(asOf === undefined ? {} : { asOf }), entry } }, news }
}

function spokenBy(
  known: Entry | undefined,
  told: Entry,
  whole: boolean,
  older: boolean,
  untold: Spoken['untold'],
): Entry {
  // Laid over itself, a return that names one fact twice names it once.
  if (known === undefined) return whole ? told : layOver(told, told)
  if (!whole) return older ? layOver(told, known) : layOver(known, told)
  if (untold === undefined) return told
  const kept =
    untold === 'everything'
      ? known
      : Object.fromEntries(untold.flatMap((part) => (part in known ? [[part, known[part]]] : [])))
  return layOver(kept, told)
}

/** One record from all parts: single fields from the source believed first, lists joined without repetition. */
export function layTogether(parts: Parts): Entry {
  const sources = Object.keys(parts).sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other))
  return sources.reduceRight<Entry>((record, source) => layOver(record, parts[source]!.entry), {})
}

/** The upper laid over the lower: its single fields win, what has several parts is joined. */
function layOver(lower: Entry, upper: Entry): Entry {
  const joined: Record<string, unknown> = { ...lower }
  for (const [field, value] of Object.entries(upper)) {
    const below = joined[field]
    if (Array.isArray(value) && Array.isArray(below)) joined[field] = joinedList(field, value, below)
    else if (JOINED.has(field) && typeof below === 'object') joined[field] = { ...below, ...(value as object) }
    else joined[field] = value
  }
  return joined as Entry
}
const JOINED: ReadonlySet<string> = new Set(['born'])

type Item = Readonly<Record<string, unknown>>

/** By what two items of a list are the same fact, so that a span that has ended takes the place of the open one. */
const FACE: Readonly<Record<string, (one: Item) => string | undefined>> = {
  registrations: (one) => (one.from === undefined ? undefined : `${one.kind} ${one.from}`),
  legalStatuses: (one) => (one.from === undefined ? undefined : `${one.code} ${one.from}`),
  missing: (one) => String(one.from),
  reviews: (one) => String(one.on),
}

/** What stands in either list, the first list's word before the second's; an end, once known, is not forgotten. */
function joinedList(field: string, upper: readonly unknown[], lower: readonly unknown[]): unknown[] {
  const faceOf = FACE[field]
  const found = new Map<string, unknown>()
  for (const one of [...upper, ...lower]) {
    const face = faceOf?.(one as Item) ?? canonical(one)
    const first = found.get(face)
    found.set(
      face,
      first === undefined || faceOf === undefined ? (first ?? one) : { ...(one as Item), ...(first as Item) },
    )
  }
  return [...found.values()]
}

function sameEntry(one: Entry, other: Entry): boolean {
  return canonical(inOrder(one)) === canonical(inOrder(other))
}

/** The order of a list says nothing, but for names and addresses, of which the first is shown first. */
function inOrder(entry: Entry): object {
  return Object.fromEntries(
    Object.entries(entry).map(([field, value]) => [
      field,
      Array.isArray(value) && field !== 'names' && field !== 'addresses' ? value.map(canonical).sort() : value,
    ]),
  )
}

/** JSON with its keys in order, so that the same thing is always written the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
