import type { Flaw } from './feeds/feed.ts'

/** What was set aside and rejected, as a CSV file that the authority can mend: line, local id, field, reason, what stood there. */
export function flawsAsCsv(
  flaws: readonly (Omit<Flaw, 'localId' | 'value'> & {
    localId?: string | null
    value?: string | null
    rejected: boolean
  })[],
): string {
  const rows = flaws.map((one) => [
    String(one.line),
    one.localId ?? '',
    one.field,
    one.reason,
    one.value ?? '',
    one.rejected ? 'row rejected' : 'field set aside',
  ])
  return [['line', 'local_id', 'field', 'reason', 'value', 'outcome'], ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')
}

/** A cell that a spreadsheet would take for a formula is written as text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
