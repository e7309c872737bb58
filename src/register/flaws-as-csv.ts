import { MENDING } from './feeds/csv-columns.ts'
import type { Flaw } from './feeds/feed.ts'

export type FlawToMend = Omit<Flaw, 'localId' | 'value' | 'row'> & {
  readonly localId?: string | null
  readonly value?: string | null
  readonly row?: Readonly<Record<string, string>> | null
  readonly rejected: boolean
}

const outcome = (one: FlawToMend): string => (one.rejected ? 'row rejected' : 'field set aside')

/**
 * What was set aside and rejected, as a CSV file that the authority can mend (BEX-54). Of our own CSV: the rows themselves, each once, with what
 * is wrong behind them; mended, the file is fed again as it is. Of a return: a list of line, local id, field, reason and what stood there.
 */
export function flawsAsCsv(flaws: readonly FlawToMend[]): string {
  const rows = flaws.flatMap((one) => (one.row ? [one.row] : []))
  if (rows.length === 0) return asList(flaws)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const byLine = new Map<number, FlawToMend[]>()
  for (const one of flaws) if (one.row) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one])
  return written([
    [...columns, ...MENDING],
    ...[...byLine].map(([line, all]) => [
      ...columns.map((name) => all[0]!.row?.[name] ?? ''),
      String(line),
      all.map((one) => one.field).join('; '),
      all.map((one) => one.reason).join(' '),
      [...new Set(all.map(outcome))].join('; '),
    ]),
  ])
}

function asList(flaws: readonly FlawToMend[]): string {
  return written([
    ['line', 'local_id', 'field', 'reason', 'value', 'outcome'],
    ...flaws.map((one) => [String(one.line), one.localId ?? '', one.field, one.reason, one.value ?? '', outcome(one)]),
  ])
}

const written = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

/** A cell that a spreadsheet would take for a formula is written as text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
