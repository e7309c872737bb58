import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowReader } from './row-reader.ts'
import { rowEnd } from './segment.ts'

const field = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\r', ''))
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 })

function written(rows: readonly string[][], end = '\n'): string {
  return rows
    .map((row) => row.map((one) => (/[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',') + end)
    .join('')
}

function read(text: Uint8Array | string, line = 1): { fields: string[]; line: number }[] {
  const reader = new RowReader(Buffer.from(text), line, 8)
  const rows: { fields: string[]; line: number }[] = []
  while (reader.next()) {
    rows.push({ fields: Array.from({ length: reader.count }, (_, column) => reader.text(column)), line: reader.line })
  }
  return rows
}

describe('rows of a file', () => {
  it('what was written is what is read, whatever stands in it', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        expect(read(written(rows, end)).map(({ fields }) => fields)).toEqual(rows)
      }),
    )
  })

  it('a file cut for several readers loses no row and doubles none', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), (rows, size) => {
        const text = Buffer.from(written(rows))
        const parts: Buffer[] = []
        for (let from = 0; from < text.length; ) {
          const to = rowEnd(text, from, Math.min(text.length, from + size))
          parts.push(text.subarray(from, to))
          from = to
        }
        expect(parts.flatMap((part) => read(part)).map(({ fields }) => fields)).toEqual(rows)
        expect(rowEnd(text, 0, text.length)).toBe(text.length)
      }),
    )
  })

  it('every row knows its line, after rows of several lines too', () => {
    expect(read('a,"x\ny"\nb,c\n\nd,e\n', 2).map(({ line }) => line)).toEqual([2, 4, 6])
  })
})
