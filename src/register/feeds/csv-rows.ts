import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { FeedRefused } from './feed.ts'

/** Refuses a heading whose columns are divided by something else than commas, where one of them is called `named`. */
export function requireCommas(heading: readonly string[], named: RegExp): void {
  const [alone = ''] = heading
  const divider = heading.length === 1 && named.test(alone) ? /[;\t|]/.exec(alone)?.[0] : undefined
  if (divider === undefined) return
  const name = divider === ';' ? 'semicolons' : divider === '|' ? 'upright strokes' : 'tabs'
  throw new FeedRefused(
    `The columns are divided by ${name}, and commas are needed. In Excel choose “CSV UTF-8 (comma delimited)”; in other programs choose the comma as separator.`,
    1,
  )
}

/** A row under its heading. `broken`: it has another number of cells, so none of them can be trusted but those before the trouble. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly broken?: 'short' | 'long'
}

/** Longer than this is no row of a register: a quotation mark was left open. */
const ROW_LIMIT = 1_000_000

/**
 * The rows of a CSV file in UTF-8, with or without byte order mark, lines ended as on any system. Calls `heading` with the first. Throws
 * FeedRefused where the file is cut off in the middle of a row, holds a quotation mark that is never closed, or is not UTF-8.
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  heading: (cells: readonly string[]) => void,
): AsyncIterable<CsvRow> {
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: ROW_LIMIT,
    relax_column_count: true,
    relax_quotes: true,
  })
  const end = { newline: true }
  // An error of either side ends both; it comes out where the rows are read.
  pipeline(textOf(bytes, end), parser).catch(() => {})
  let width: number | undefined
  let last: CsvRow | undefined
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (width === undefined) {
        heading(record)
        width = record.length
        continue
      }
      // A spreadsheet writes its empty rows too: they are about nobody.
      if (record.every((cell) => cell.trim() === '')) continue
      if (last !== undefined) yield last
      last = rowOf(record, info.lines, width)
    }
  } catch (error) {
    throw refusalOf(error)
  }
  if (width === undefined)
    throw new FeedRefused('The file is empty. It must begin with a line that names the columns.', 1)
  if (last?.broken === 'short' && !end.newline)
    throw new FeedRefused(
      'The last line ends in the middle: the file is cut off. Nothing of it was kept; send it again.',
      last.line,
    )
  if (last !== undefined) yield last
}

function rowOf(cells: readonly string[], line: number, width: number): CsvRow {
  if (cells.length < width) return { line, cells, broken: 'short' }
  if (cells.slice(width).some((cell) => cell.trim() !== '')) return { line, cells, broken: 'long' }
  return { line, cells }
}

/** The text of the file, piece by piece. */
async function* textOf(bytes: AsyncIterable<Uint8Array>, end: { newline: boolean }): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch {
      throw new FeedRefused(
        'The file is not text in UTF-8. In Excel choose “CSV UTF-8 (comma delimited)”, and send it again.',
      )
    }
  }
  for await (const piece of bytes) {
    const text = decoded(piece)
    if (text === '') continue
    end.newline = /[\r\n]$/.test(text)
    yield text
  }
  decoded()
}

/** What the CSV reader says of a broken file, as a sentence for whoever sent it. Anything else goes on as it is. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const { code, message } = error
  const lines = (error as { lines?: number }).lines
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new FeedRefused(
      `A quotation mark that opens on or before line ${lines} is never closed. The file may be cut off; nothing of it was kept.`,
      lines,
    )
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new FeedRefused(
      'A row is longer than a million characters, as happens when a quotation mark is not closed. Nothing of the file was kept.',
      lines,
    )
  return new FeedRefused(
    `The file cannot be read as CSV: ${(message ?? '').slice(0, 200)}. Nothing of it was kept.`,
    lines,
  )
}
