import { moment } from '../rules/values.ts'
import { columnsFrom } from './csv-columns.ts'
import { entryOf } from './csv-entry.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'
import { yesNo } from './csv-values.ts'
import { type Feed, type FeedInput, type Flaw, LOCAL_ID_LIMIT, type Told, unreadableId } from './feed.ts'

/** Of a cell in the file to mend; a longer one is mended at its source. */
const CELL_KEPT = 10_000

/** What an earlier line of the same file said of a person. */
interface Earlier {
  readonly line: number
  readonly print: number
  readonly asOf: string | undefined
}

/** One person a line, with history; the register's own exchange format. */
export const csv: Feed = {
  format: 'csv',
  title: 'Safehaven CSV (one person a line, with history)',
  brings:
    'Names, aliases, addresses, relationships, registrations, conferences, legal statuses, looked-after and risk indicators.',
  async *read(input) {
    let columns: ReadonlyMap<string, number> = new Map()
    const seen = new Map<string, Earlier>()
    for await (const row of csvRows(input.bytes, (heading) => {
      columns = columnsFrom(heading)
    }))
      yield rowOf(row, columns, input, seen)
  },
}

function rowOf(
  row: CsvRow,
  columns: ReadonlyMap<string, number>,
  { authority, today }: FeedInput,
  seen: Map<string, Earlier>,
): Told {
  const { line, cells } = row
  // The file to mend writes a cell that a spreadsheet would run with an apostrophe before it.
  const text = (field: string): string => (cells[columns.get(field) ?? -1] ?? '').trim().replace(/^'(?=[=+\-@])/, '')
  let kept: Readonly<Record<string, string>> | undefined
  const asRow = (): Readonly<Record<string, string>> => {
    kept ??= Object.fromEntries([...columns].map(([name, at]) => [name, (cells[at] ?? '').slice(0, CELL_KEPT)]))
    return kept
  }
  const localId = text('local_id')
  const removed = row.broken === undefined ? text('removed') : ''
  const rejected = (field: string, reason: string, value?: string): Told => ({
    kind: 'rejected',
    flaw: {
      line,
      field,
      reason,
      ...(localId === '' ? {} : { localId: localId.slice(0, LOCAL_ID_LIMIT) }),
      ...(value === undefined ? {} : { value: value.slice(0, 100) }),
      row: asRow(),
    },
  })
  if (localId === '') return rejected('local_id', 'The row has no local id, so it names nobody.')
  const unreadable = unreadableId(localId)
  if (unreadable !== undefined) return rejected('local_id', unreadable, localId)
  const whose = text('authority')
  if (whose !== '' && ![authority.id, ...authority.codes].some((one) => one.toLowerCase() === whose.toLowerCase()))
    return rejected('authority', `The row belongs to ${whose.slice(0, 60)}, not to ${authority.id}.`, whose)
  if (row.broken !== undefined && (columns.get('local_id') !== 0 || columns.has('authority')))
    return rejected(
      'the row',
      `The row has ${row.broken === 'short' ? 'fewer' : 'more'} cells than the heading, so it is not certain whom it names. A cell with a comma stands in quotation marks.`,
    )
  const flagged: Flaw[] = []
  const flag = (field: string, reason: string, value: string): void =>
    void flagged.push({ line, localId, field, reason, value: value.slice(0, 100), row: asRow() })
  const updated = row.broken === undefined ? text('updated') : ''
  const when = updated === '' ? undefined : moment(updated, today)
  if (when !== undefined && 'flaw' in when) flag('updated', when.flaw, updated)
  const asOf = when !== undefined && 'value' in when ? when.value : undefined
  const print = printOf(cells)
  const earlier = seen.get(localId)
  if (earlier !== undefined && (asOf === undefined || earlier.asOf === undefined || asOf <= earlier.asOf)) {
    if (earlier.print !== print)
      flag(
        'local_id',
        `Line ${earlier.line} says something else of the same person. That line was kept and this one set aside: keep the right one, or give each the day it was updated.`,
        localId,
      )
    return { kind: 'repeated', line, localId, flagged }
  }
  seen.set(localId, { line, print, asOf })
  const dated = asOf === undefined ? {} : { asOf }
  if (row.broken !== undefined) {
    flag(
      'the row',
      `The row has ${row.broken === 'short' ? 'fewer' : 'more'} cells than the heading. The person is kept by local id and the rest set aside; a cell with a comma stands in quotation marks.`,
      cells.join(','),
    )
    return { kind: 'entry', line, localId, entry: {}, untold: 'everything', flagged }
  }
  const gone = removed === '' ? { value: false } : yesNo(removed)
  if ('value' in gone && gone.value) return { kind: 'removal', line, localId, ...dated, flagged }
  if ('flaw' in gone) flag('removed', `${gone.flaw} The person stays in the register.`, removed)
  const { entry, untold } = entryOf(text, columns, today, flag)
  return { kind: 'entry', line, localId, ...dated, entry, flagged, ...(untold.length === 0 ? {} : { untold }) }
}

/** A number that differs for rows that say different things; two rows alike by accident would merely go unflagged. */
function printOf(cells: readonly string[]): number {
  let print = 5381
  for (const cell of cells) {
    for (let at = 0; at < cell.length; at++) print = (print * 33 + cell.charCodeAt(at)) % 9_007_199_254_740
    print = (print * 33 + 10) % 9_007_199_254_740
  }
  return print
}
