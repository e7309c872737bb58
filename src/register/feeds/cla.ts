import type { Entry } from '../entry.ts'
import { day, sex, upn, type Value } from '../rules/values.ts'
import { xmlRows } from './cla-xml.ts'
import { csvRows, requireCommas } from './csv-rows.ts'
import { type Feed, FeedRefused, type Flaw, type Told, unreadableId } from './feed.ts'
import { compact } from './parts.ts'

/** Legal statuses of the looked-after return. */
const LEGAL_STATUSES = ['C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3']

/** A row of one of the return's tables, with the line it stands on. */
export interface TableRow {
  readonly line: number
  readonly values: Readonly<Record<string, string>>
  /** It has another number of cells than the heading. */
  readonly broken?: 'short' | 'long'
}

/** The tables are told apart by a column that only one of them has. */
const TABLES = [
  { name: 'episodes', by: 'DECOM' },
  { name: 'reviews', by: 'REVIEW' },
  { name: 'missing', by: 'MIS_START' },
  { name: 'unaccompanied', by: 'DUC' },
  { name: 'previous permanence', by: 'PREV_PERM' },
  { name: 'outcomes', by: 'SDQ_SCORE' },
  { name: 'placed for adoption', by: 'DATE_PLACED' },
  { name: 'care leavers', by: 'IN_TOUCH' },
  { name: 'social workers', by: 'SW_ID' },
  { name: 'header', by: 'ETHNIC' },
] as const

interface Gathering {
  readonly line: number
  entry: { -readonly [K in keyof Entry]: Entry[K] }
  readonly flagged: Flaw[]
}

/**
 * The return on looked-after children (SSDA903): one of its tables as CSV, or the whole as XML. It carries no names. Rows of one child
 * stand apart, so the file is read to its end before anything is told: some 100 bytes a row are held.
 */
export const cla: Feed = {
  format: 'cla',
  title: 'Looked-after children return (SSDA903, CSV or XML)',
  brings: 'Episodes, legal statuses, reviews and missing periods of children known by local id or UPN; no names.',
  async *read(input) {
    const { head, rest } = await peek(input.bytes)
    const rows = looksLikeXml(head) ? xmlRows(rest, input) : tableRows(rest)
    const children = new Map<string, Gathering>()
    for await (const row of rows) {
      const told = take(row, children, input.today)
      if (told !== undefined) yield told
    }
    for (const [localId, { line, entry, flagged }] of children)
      yield { kind: 'entry', line, localId, entry: entry as Entry, flagged }
  },
}

function take(row: TableRow, children: Map<string, Gathering>, today: string): Told | undefined {
  const { values, line, broken } = row
  const localId = values.CHILD?.trim() ?? ''
  const rejected = (reason: string, value?: string): Told => ({
    kind: 'rejected',
    flaw: { line, field: 'CHILD', reason, ...(value === undefined ? {} : { value: value.slice(0, 100) }) },
  })
  if (localId === '') return rejected('The row has no local id, so it names nobody.')
  const unreadable = unreadableId(localId)
  if (unreadable !== undefined) return rejected(unreadable, localId)
  const known = children.get(localId) ?? { line, entry: { lookedAfter: true }, flagged: [] }
  children.set(localId, known)
  const flag = (field: string, reason: string, value: string): void =>
    void known.flagged.push({ line, localId, field, reason, value: value.slice(0, 100) })
  if (broken !== undefined)
    flag(
      'the row',
      `The row has ${broken === 'short' ? 'fewer' : 'more'} cells than the heading; it was set aside.`,
      '',
    )
  const read = <T>(field: string, how: (text: string) => Value<T>): T | undefined => {
    const text = values[field]?.trim() ?? ''
    if (text === '') return undefined
    const found = how(text)
    if ('value' in found) return found.value
    flag(field, found.flaw, text)
    return undefined
  }
  const past = (text: string): Value<string> => day(text, today)
  const { entry } = known
  const born = read('DOB', past)
  if (born !== undefined) entry.born = { date: born }
  const upnFound = /^UN\d$/.test(values.UPN?.trim() ?? '') ? undefined : read('UPN', upn)
  if (upnFound !== undefined) entry.upn = upnFound
  const sexFound = read('SEX', sex)
  if (sexFound !== undefined) entry.sex = sexFound
  const ethnic = read('ETHNIC', coded(/^[A-Z]{4}$/i, 'an ethnicity of the return, four letters'))
  if (ethnic !== undefined) entry.ethnicity = ethnic
  takeEpisode(entry, read, past, flag)
  const review = read('REVIEW', past)
  const code = read('REVIEW_CODE', coded(/^PN[0-7]$/i, 'a review code of the return, PN0 to PN7'))
  if (review !== undefined) entry.reviews = [...(entry.reviews ?? []), compact({ on: review, code })]
  const away = read('MIS_START', past)
  const back = read('MIS_END', past)
  if (away !== undefined) entry.missing = [...(entry.missing ?? []), compact({ from: away, to: back })]
  return undefined
}

const coded =
  (pattern: RegExp, what: string) =>
  (text: string): Value<string> =>
    pattern.test(text) ? { value: text.toUpperCase() } : { flaw: `“${text.slice(0, 20)}” is not ${what}.` }

function takeEpisode(
  entry: Gathering['entry'],
  read: <T>(field: string, how: (text: string) => Value<T>) => T | undefined,
  past: (text: string) => Value<string>,
  flag: (field: string, reason: string, value: string) => void,
): void {
  const from = read('DECOM', past)
  const ended = read('DEC', past)
  const status = read('LS', (text) =>
    LEGAL_STATUSES.includes(text.toUpperCase())
      ? { value: text.toUpperCase() }
      : { flaw: `“${text.slice(0, 20)}” is not a legal status of the return.` },
  )
  if (from === undefined) return
  if (ended !== undefined && ended < from) flag('DEC', 'The episode ends before it begins.', ended)
  const to = ended === undefined || ended < from ? undefined : ended
  if (status !== undefined) entry.legalStatuses = [...(entry.legalStatuses ?? []), compact({ code: status, from, to })]
  entry.registrations = [...(entry.registrations ?? []), compact({ kind: 'looked-after' as const, from, to })]
}

/** The rows of one CSV table with their lines. */
async function* tableRows(bytes: AsyncIterable<Uint8Array>): AsyncIterable<TableRow> {
  let columns: readonly string[] = []
  const rows = csvRows(bytes, (heading) => {
    columns = columnsOf(heading)
  })
  for await (const { line, cells, broken } of rows) {
    const certain = broken === undefined || columns[0] === 'CHILD'
    const values = Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']))
    if (broken === undefined) yield { line, values }
    else yield { line, values: certain ? { CHILD: cells[0] ?? '' } : {}, broken }
  }
}

function columnsOf(heading: readonly string[]): string[] {
  const columns = heading.map((name) => name.trim().toUpperCase())
  requireCommas(heading, /child/i)
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index)
  if (twice !== undefined) throw new FeedRefused(`The column ${twice.slice(0, 60)} is there twice.`, 1)
  if (!columns.includes('CHILD'))
    throw new FeedRefused('This is not a table of the looked-after return: it has no column CHILD.', 1)
  if (!TABLES.some((table) => columns.includes(table.by)))
    throw new FeedRefused(
      `This is not a table of the looked-after return: none of its columns is ${TABLES.map((one) => one.by).join(', ')}.`,
      1,
    )
  return columns
}

async function peek(bytes: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]()
  const next = await source.next()
  const head = next.done ? new Uint8Array() : next.value
  return {
    head,
    rest: (async function* () {
      yield head
      for (let more = await source.next(); !more.done; more = await source.next()) yield more.value
    })(),
  }
}

const looksLikeXml = (head: Uint8Array): boolean => /^\uFEFF?\s*</.test(new TextDecoder().decode(head.subarray(0, 200)))
