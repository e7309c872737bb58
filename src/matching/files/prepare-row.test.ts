import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise } from '../index.ts'
import { recogniseColumns } from './columns.ts'
import { personOf } from './person-of-row.ts'
import { RowPreparer } from './prepare-row.ts'
import { RowReader } from './row-reader.ts'

const HEADER = ['id', 'given_name', 'known_as', 'middle_name', 'surname', 'alias', 'date_of_birth', 'sex']
const PLACES = ['address', 'town', 'postcode', 'nhs_number', 'mother_name', 'county', 'phone', 'school']
const one = (...texts: string[]) => fc.constantFrom('', ...texts)
const anything = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\r', ''))
const field = (...texts: string[]) =>
  fc.oneof({ weight: 6, arbitrary: one(...texts) }, { weight: 1, arbitrary: anything })
const given = field('Mary', 'Zoë', 'na', 'Mac', 'Baby', 'Mary Jane', ' Li ', 'Jan; Janek', 'Łukasz', "D'Arcy", 'of')
const row = fc.tuple(
  fc.constant('r1'),
  given,
  given,
  field('Ann', 'Donald', 'o', 'test', 'de la'),
  field("O'Brien", 'Smith-Jones', 'mc', 'Wróbel', 'unknown', 'van der Berg'),
  field('Mary Smith', 'Bo', 'na', 'x y z'),
  field('2015-03-09', '09/03/2015', '2015', 'March 2015', '31.2.2015', '20150309'),
  field('F', 'male', 'X', ' m'),
  field(
    '12 River Street',
    'Flat 3, 12 River St',
    'flat3 12 Oak Rd',
    '12a, High St, Leeds',
    'Rose Cottage',
    'flat',
    '7/9 A',
  ),
  field('Leeds', ' St. Ives', '-', 'Upper Wray'),
  field('LS12 7HN', 'ls127hn', 'B1 1AA', 'EC1A1BB', '4011', 'LS12 7H', 'LS1 2AB; B1 1AA', 'QQQ', 'LS123 7HN'),
  field('9898918365', '989 891 8365', '0000000000', '1234567890', 'AB12', '9999999999', '123', '989-891-8365'),
  field('Ann Smith', 'Zofia', 'na', 'unknown', 'Mary Ann Mac'),
  field('Kent', 'West Yorkshire'),
  field('01234 567890', 'a@b.c', '12'),
  field('St Anne’s', 'Oak Lane Primary'),
)

function written(fields: readonly string[]): string {
  return fields.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')
}

describe('rows made ready straight from their bytes', () => {
  it('come out word for word as from their text, whatever stands in them', () => {
    const header = [...HEADER, ...PLACES]
    const columns = recogniseColumns(header)
    if (typeof columns === 'string') throw new Error(columns)
    const into = new Int32Array(1024)
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const reader = new RowReader(Buffer.from(rows.map(written).join('\n')), 2, header.length)
        const preparer = new RowPreparer(reader, columns)
        for (const fields of rows) {
          expect(reader.next()).toBe(true)
          const words = into.slice(0, preparer.into(into, 0))
          const read = header.map((_, column) => reader.text(column))
          expect(read).toEqual(fields)
          expect(words).toEqual(normalise(personOf(read, columns)).words)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
