import { PassThrough } from 'node:stream'
import { parse } from 'csv-parse'
import type { Entry } from '../entry.ts'
import { day, upn, type Value } from '../rules/values.ts'
import { compact, sex, some } from './cin.ts'
import { xmlRows } from './cla-xml.ts'
import { type Feed, type FeedInput, FeedRefused, type Flaw, type Told } from './feed.ts'

/** Legal statuses of the looked-after return. */
const LEGAL_STATUSES = ['C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3']

/** A row of one of the return's tables, with the line it stands on. */
export interface TableRow {
  readonly line: number
  readonly values: Readonly<Record<string, string>>
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
    const rows = looksLikeXml(head) ? xmlRows(rest, input) : csvRows(rest)
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
  const { values, line } = row
  const localId = values.CHILD?.trim() ?? ''
  if (localId === '')
    return { kind: 'rejected', flaw: { line, field: 'CHILD', reason: 'The row has no local id, so it names nobody.' } }
  if (localId.length > 100)
    return {
      kind: 'rejected',
      flaw: {
        line,
        field: 'CHILD',
        reason: 'The local id is longer than 100 characters.',
        value: localId.slice(0, 100),
      },
    }
  const known = children.get(localId) ?? { line, entry: { lookedAfter: true }, flagged: [] }
  children.set(localId, known)
  const read = <T>(field: string, how: (text: string) => Value<T>): T | undefined => {
    const text = values[field]?.trim() ?? ''
    if (text === '') return undefined
    const found = how(text)
    if ('value' in found) return found.value
    known.flagged.push({ line, localId, field, reason: found.flaw, value: text.slice(0, 100) })
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
  const ethnic = values.ETHNIC?.trim()
  if (ethnic) entry.ethnicity = ethnic
  takeEpisode(entry, read, past, known.flagged, line, localId)
  const review = read('REVIEW', past)
  if (review !== undefined)
    entry.reviews = [...(entry.reviews ?? []), compact({ on: review, code: values.REVIEW_CODE?.trim() || undefined })]
  const away = read('MIS_START', past)
  if (away !== undefined) entry.missing = [...(entry.missing ?? []), compact({ from: away, to: read('MIS_END', past) })]
  return undefined
}

function takeEpisode(
  entry: Gathering['entry'],
  read: <T>(field: string, how: (text: string) => Value<T>) => T | undefined,
  past: (text: string) => Value<string>,
  flagged: Flaw[],
  line: number,
  localId: string,
): void {
  const from = read('DECOM', past)
  if (from === undefined) return
  const to = read('DEC', past)
  if (to !== undefined && to < from)
    flagged.push({ line, localId, field: 'DEC', reason: 'The episode ends before it begins.', value: to })
  const status = read('LS', (text) =>
    LEGAL_STATUSES.includes(text.toUpperCase())
      ? { value: text.toUpperCase() }
      : { flaw: `“${text.slice(0, 20)}” is not a legal status of the return.` },
  )
  if (status !== undefined) entry.legalStatuses = [...(entry.legalStatuses ?? []), compact({ code: status, from, to })]
  entry.registrations =
    some([...(entry.registrations ?? []), compact({ kind: 'looked-after' as const, from, to })]) ?? []
}

/** The rows of one CSV table with their lines; a row that is cut off or has too many cells is no table row. */
async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncIterable<TableRow> {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => columnsOf(header),
    info: true,
    skip_empty_lines: true,
    max_record_size: 100_000,
    relax_column_count: false,
  })
  const feeding = feed(bytes, parser)
  try {
    for await (const found of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>)
      yield { line: found.info.lines, values: found.record }
  } catch (error) {
    throw refusalOf(error)
  }
  await feeding
}

export async function feed(bytes: AsyncIterable<Uint8Array>, into: NodeJS.WritableStream): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const through = new PassThrough()
  through.pipe(into)
  try {
    for await (const piece of bytes)
      if (!through.write(decoder.decode(piece, { stream: true })))
        await new Promise((resolve) => through.once('drain', resolve))
    through.end(decoder.decode())
  } catch {
    ;(into as unknown as { destroy(error: Error): void }).destroy(
      new FeedRefused('The file is not text in UTF-8. Save it as UTF-8 and send it again.'),
    )
  }
}

/** What the CSV reader says of a broken file, as a sentence for whoever sent it. */
export function refusalOf(error: unknown): FeedRefused {
  if (error instanceof FeedRefused) return error
  const { code, lines, message } = error as { code?: string; lines?: number; message?: string }
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS')
    return new FeedRefused(
      `Line ${lines} has another number of cells than the heading. The file may be cut off; nothing of it was kept.`,
      lines,
    )
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new FeedRefused(
      `A quotation mark that opens on or before line ${lines} is never closed. The file may be cut off; nothing of it was kept.`,
      lines,
    )
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new FeedRefused('A row is longer than 100,000 characters, as no row of a return is.', lines)
  return new FeedRefused(`The file cannot be read as CSV: ${(message ?? '').slice(0, 200)}`, lines)
}

function columnsOf(header: string[]): string[] {
  const columns = header.map((name) => name.trim().toUpperCase())
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

export type { FeedInput }
