import { parse } from 'csv-parse'
import { CATEGORIES, type Entry, RELATIONS } from '../entry.ts'
import { code, day, nhsNumber, upn, type Value } from '../rules/values.ts'
import { compact, sex, some } from './cin.ts'
import { feed, refusalOf } from './cla.ts'
import { type Feed, type FeedInput, FeedRefused, type Flaw, type Told } from './feed.ts'

/** The columns of our CSV; only `local_id` must be there. Several values in one cell are divided by semicolons. */
export const COLUMNS: Readonly<Record<string, string>> = {
  local_id: 'the authority’s own number of the person',
  authority: 'the authority’s code, where one file carries it on each line',
  given_name: 'Aisha',
  family_name: 'Khan',
  known_as: 'Ayesha Khan',
  former_names: 'Aisha Malik; A. Malik',
  aliases: 'Eesha Khan',
  date_of_birth: '2015-03-09 or 09/03/2015',
  year_of_birth: '2015',
  expected: 'expected date of birth of an unborn child',
  date_of_death: '2024-01-31',
  sex: 'F, M or U',
  nhs_number: 'ten digits',
  former_nhs_numbers: 'superseded numbers',
  upn: 'unique pupil number',
  former_upns: 'earlier ones',
  address: '12 Mill Lane, Kirkvale',
  postcode: 'KV1 2AB',
  address_from: '2021-03-04',
  former_addresses: '3 High Street, Kirkvale, KV2 1AA (2019-01-02 to 2021-03-03)',
  language: 'Urdu',
  ethnicity: 'APKN',
  telephone: '0300 000 0000',
  school: 'St John’s',
  relationships: 'mother: K-10021 Amina Khan; sibling: K-10023',
  relationships_of_concern: 'partner: K-20001',
  registrations: 'PHY 2024-01-01 to 2024-06-30; NEG 2025-02-01',
  conferences: 'initial 2024-01-15; review 2024-04-10',
  referrals: '2023-12-20 school',
  legal_statuses: 'C2 2020-01-01 to 2021-01-01',
  looked_after: 'yes or no',
  poses_risk: 'yes or no',
  concerns: 'neglect; domestic abuse',
  services: 'family support',
  key_worker: 'name',
  key_worker_team: 'team',
  key_worker_telephone: 'number',
  shielded: 'the reason',
  shielded_visible_to: 'users who may see it',
  updated: 'when the row was last changed, ISO 8601',
  removed: 'yes where the person leaves the register',
}

/** One person a line, with history; the register's own exchange format. */
export const csv: Feed = {
  format: 'csv',
  title: 'Safehaven CSV (one person a line, with history)',
  brings:
    'Names, aliases, addresses, relationships, registrations, conferences, legal statuses, looked-after and risk indicators.',
  async *read(input) {
    const parser = parse({
      bom: true,
      columns: columnsOf,
      info: true,
      skip_empty_lines: true,
      max_record_size: 200_000,
      skip_records_with_error: true,
      relax_column_count: true,
    })
    const feeding = feed(input.bytes, parser)
    const seen = new Set<string>()
    try {
      for await (const { record, info } of parser as AsyncIterable<{
        record: Record<string, string>
        info: { lines: number; error?: { code: string } }
      }>)
        yield rowOf(record, info.lines, info.error?.code, input, seen)
    } catch (error) {
      throw refusalOf(error)
    }
    await feeding
  },
}

function columnsOf(header: string[]): string[] {
  const columns = header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  )
  if (!columns.includes('local_id'))
    throw new FeedRefused('The first line must name the columns, and one of them must be local_id.', 1)
  const unknown = columns.filter((name) => !(name in COLUMNS))
  if (unknown.length > 0)
    throw new FeedRefused(
      `The file has a column that is not known: ${unknown[0]}. Known columns are ${Object.keys(COLUMNS).join(', ')}.`,
      1,
    )
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw new FeedRefused(`The column ${twice} is there twice.`, 1)
  return columns
}

function rowOf(
  record: Record<string, string>,
  line: number,
  broken: string | undefined,
  { authority, today }: FeedInput,
  seen: Set<string>,
): Told {
  const localId = record.local_id?.trim() ?? ''
  const rejected = (field: string, reason: string, value?: string): Told => ({
    kind: 'rejected',
    flaw: {
      line,
      field,
      reason,
      ...(localId === '' ? {} : { localId: localId.slice(0, 100) }),
      ...(value === undefined ? {} : { value: value.slice(0, 100) }),
    },
  })
  if (broken !== undefined)
    return rejected('the row', 'The row has another number of cells than the heading; it may be cut off.')
  if (localId === '') return rejected('local_id', 'The row has no local id, so it names nobody.')
  if (localId.length > 100) return rejected('local_id', 'The local id is longer than 100 characters.', localId)
  const whose = record.authority?.trim()
  if (whose && ![authority.id, ...authority.codes].some((one) => one.toLowerCase() === whose.toLowerCase()))
    return rejected('authority', `The row belongs to ${whose}, not to ${authority.id}.`, whose)
  if (seen.has(localId))
    return rejected('local_id', 'The same local id stands on an earlier line of this file.', localId)
  seen.add(localId)
  const flagged: Flaw[] = []
  const flag = (field: string, reason: string, value: string): void =>
    void flagged.push({ line, localId, field, reason, value: value.slice(0, 100) })
  const cell = (field: string): string | undefined => {
    const text = record[field]?.trim()
    if (text === undefined || text === '') return undefined
    if (text.length <= 10_000) return text
    flag(field, 'The cell is longer than 10,000 characters.', text)
    return undefined
  }
  const read = <T>(field: string, how: (text: string) => Value<T>): T | undefined => {
    const text = cell(field)
    return text === undefined ? undefined : accept(field, text, how)
  }
  const accept = <T>(field: string, text: string, how: (text: string) => Value<T>): T | undefined => {
    const found = how(text)
    if ('value' in found) return found.value
    flag(field, found.flaw, text)
    return undefined
  }
  const each = <T>(field: string, how: (text: string) => Value<T>): T[] | undefined =>
    some(
      (cell(field) ?? '')
        .split(';')
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .slice(0, 200)
        .flatMap((text) => accept(field, text, how) ?? []),
    )
  const short = (text: string): Value<string> =>
    text.length > 500 ? { flaw: 'It is longer than 500 characters.' } : { value: text }
  const past = (text: string): Value<string> => day(text, today)
  const asOf = read('updated', moment)
  if (/^(yes|true|1)$/i.test(cell('removed') ?? ''))
    return { kind: 'removal', line, localId, ...(asOf === undefined ? {} : { asOf }) }
  const legal = compact({ given: read('given_name', short), family: read('family_name', short) })
  const born = compact({
    date: read('date_of_birth', past),
    year: read('year_of_birth', (text) => year(text, today)),
    expected: read('expected', (text) => day(text)),
  })
  const keyWorker = compact({
    name: read('key_worker', short),
    team: read('key_worker_team', short),
    telephone: read('key_worker_telephone', short),
  })
  const named = (field: string, kind: 'known-as' | 'former' | 'alias') =>
    (each(field, short) ?? []).map((text) => ({ ...divided(text), kind }))
  const now = compact({
    lines: cell('address')
      ?.split(',')
      .map((text) => text.trim().slice(0, 500))
      .filter((text) => text !== '')
      .slice(0, 8),
    postcode: read('postcode', postcode),
    from: read('address_from', past),
  })
  const shielded = read('shielded', short)
  const entry: Entry = compact({
    names: some([
      ...(Object.keys(legal).length > 0 ? [{ ...legal, kind: 'legal' as const }] : []),
      ...named('known_as', 'known-as'),
      ...named('former_names', 'former'),
      ...named('aliases', 'alias'),
    ]),
    born: Object.keys(born).length > 0 ? born : undefined,
    died: read('date_of_death', past),
    sex: read('sex', sex),
    nhsNumber: read('nhs_number', nhsNumber),
    formerNhsNumbers: each('former_nhs_numbers', nhsNumber),
    upn: read('upn', upn),
    formerUpns: each('former_upns', upn),
    language: read('language', short),
    ethnicity: read('ethnicity', short),
    telephone: read('telephone', short),
    school: read('school', short),
    addresses: some([
      ...(now.lines !== undefined || now.postcode !== undefined ? [{ ...now, lines: now.lines ?? [] }] : []),
      ...(each('former_addresses', (text) => formerAddress(text, today)) ?? []),
    ]),
    relationships: some([
      ...(each('relationships', relationship) ?? []),
      ...(each('relationships_of_concern', relationship) ?? []).map((one) => ({ ...one, concern: true })),
    ]),
    registrations: each('registrations', (text) => registration(text, today)),
    conferences: each('conferences', (text) => conference(text, today)),
    referrals: each('referrals', (text) => referral(text, today)),
    legalStatuses: each('legal_statuses', (text) => legalStatus(text, today)),
    lookedAfter: read('looked_after', yesNo),
    posesRisk: read('poses_risk', yesNo),
    concerns: each('concerns', short),
    services: each('services', short),
    keyWorker: Object.keys(keyWorker).length > 0 ? keyWorker : undefined,
    shielded:
      shielded === undefined ? undefined : { because: shielded, visibleTo: each('shielded_visible_to', short) ?? [] },
  })
  return { kind: 'entry', line, localId, ...(asOf === undefined ? {} : { asOf }), entry, flagged }
}

function moment(text: string): Value<string> {
  const when = new Date(text)
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(when.getTime())
    ? { value: when.toISOString() }
    : { flaw: 'A moment is written 2026-11-21T09:30:00Z.' }
}
function year(text: string, today: string): Value<number> {
  const found = Number(text)
  return /^\d{4}$/.test(text) && found >= 1850 && found <= Number(today.slice(0, 4))
    ? { value: found }
    : { flaw: 'A year is written with four digits and has begun.' }
}
function yesNo(text: string): Value<boolean> {
  if (/^(yes|y|true|1)$/i.test(text)) return { value: true }
  return /^(no|n|false|0)$/i.test(text) ? { value: false } : { flaw: 'The answer is yes or no.' }
}
function postcode(text: string): Value<string> {
  const found = /^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$/i.exec(text)
  return found === null ? { flaw: 'This is not a postcode.' } : { value: `${found[1]} ${found[2]}`.toUpperCase() }
}
/** "Given Family" or "Family, Given"; the last word is the family name. */
function divided(text: string): { given?: string; family?: string } {
  const [family, given] = text.split(',').map((one) => one.trim())
  if (given) return compact({ given, family: family || undefined }) as { given?: string; family?: string }
  const words = text.split(/\s+/)
  return words.length === 1 ? { given: text } : { given: words.slice(0, -1).join(' '), family: words.at(-1)! }
}
/** "… (2019-01-02 to 2021-03-03)", "… 2019-01-02 to 2021-03-03" or "… 2019-01-02": what stands before, and the days. */
function spanned(text: string, today: string): Value<{ before: string; from?: string; to?: string }> {
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
function formerAddress(text: string, today: string): Value<NonNullable<Entry['addresses']>[number]> {
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
function relationship(text: string): Value<NonNullable<Entry['relationships']>[number]> {
  const [kind, rest] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1).trim()]
  const read = code(kind, RELATIONS, `a relationship such as ${RELATIONS.slice(0, 4).join(', ')}`)
  if ('flaw' in read) return { flaw: `${read.flaw} Write “mother: K-10021 Amina Khan”.` }
  const [to, ...name] = rest.split(/\s+/)
  if (!to) return { flaw: 'The local id of the other person is missing.' }
  return { value: { kind: read.value, to, ...(name.length > 0 ? { name: name.join(' ') } : {}) } }
}
function registration(text: string, today: string): Value<NonNullable<Entry['registrations']>[number]> {
  const found = spanned(text, today)
  if ('flaw' in found) return found
  const { before, ...days } = found.value
  const category = code(before, CATEGORIES, 'a category of abuse (NEG, PHY, SAB, EMO, MUL)')
  return 'flaw' in category ? category : { value: { kind: 'child-protection', category: category.value, ...days } }
}
function conference(text: string, today: string): Value<NonNullable<Entry['conferences']>[number]> {
  const [kind, on] = text.split(/\s+/)
  const held = day(on ?? '', today)
  if (kind !== 'initial' && kind !== 'review') return { flaw: 'A conference is initial or review.' }
  return 'flaw' in held ? held : { value: { kind, on: held.value } }
}
function referral(text: string, today: string): Value<NonNullable<Entry['referrals']>[number]> {
  const [on, ...from] = text.split(/\s+/)
  const made = day(on ?? '', today)
  return 'flaw' in made ? made : { value: { on: made.value, ...(from.length > 0 ? { from: from.join(' ') } : {}) } }
}
function legalStatus(text: string, today: string): Value<NonNullable<Entry['legalStatuses']>[number]> {
  const found = spanned(text, today)
  if ('flaw' in found) return found
  const { before, ...days } = found.value
  return /^[A-Z]\d$/i.test(before)
    ? { value: { code: before.toUpperCase(), ...days } }
    : { flaw: 'A legal status is a code such as C2 or V2.' }
}
