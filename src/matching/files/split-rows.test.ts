import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowEnd, wholeRows } from './segment.ts'
import { splitRows } from './split-rows.ts'

const field = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\r', ''))
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 })

function written(rows: readonly string[][], end = '\n'): string {
  return rows
    .map((row) => row.map((one) => (/[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',') + end)
    .join('')
}

describe('rows of a file', () => {
  it('what was written is what is read, whatever stands in it', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        expect([...splitRows(written(rows, end), 1)].map(({ fields }) => fields)).toEqual(rows)
      }),
    )
  })

  it('a file cut for several readers loses no row and doubles none', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), (rows, size) => {
        const text = Buffer.from(written(rows))
        const read = [...wholeRows(text, size)].flatMap((part) => [...splitRows(Buffer.from(part).toString(), 1)])
        expect(read.map(({ fields }) => fields)).toEqual(rows)
        expect(rowEnd(text, 0, text.length)).toBe(text.length)
      }),
    )
  })

  it('every row knows its line, after rows of several lines too', () => {
    expect([...splitRows('a,"x\ny"\nb,c\n\nd,e\n', 2)].map(({ line }) => line)).toEqual([2, 4, 6])
  })
})
