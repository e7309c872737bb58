import readWorkbook from 'read-excel-file/node'
import type { Entry } from '../entry.ts'
import { day, sex } from '../rules/values.ts'
import { type ReadCell, takeList } from './annex-a-lists.ts'
import { type Feed, FeedRefused, type Flaw, type Told, unreadableId } from './feed.ts'
import { refuseBomb } from './workbook-size.ts'

/** A workbook larger than this is no Annex A: the largest seen has some thousand rows a list. */
const SIZE_LIMIT = 50_000_000

type Cell = string | number | boolean | Date | null
interface Gathering {
  readonly line: number
  readonly entry: { -readonly [K in keyof Entry]: Entry[K] }
  readonly flagged: Flaw[]
}

/**
 * Ofsted's Annex A workbook: List 3 referrals, 5 section 47 enquiries and conferences, 6 children in need, 7 child protection, 8 looked after.
 * It carries no names; a child is known by the authority's unique id. Columns are recognised by their headings.
 */
export const annexA: Feed = {
  format: 'annex-a',
  title: 'Ofsted Annex A workbook (Excel)',
  brings: 'Referrals, enquiries, plans and looked-after periods of children known by unique id; no names.',
  async *read(input) {
    const sheets = await workbook(input.bytes)
    const children = new Map<string, Gathering>()
    let lists = 0
    for (const { sheet, data } of sheets) {
      const list = /^\s*list\s*(\d+)/i.exec(sheet)?.[1]
      if (list === undefined || data.length === 0) continue
      const headings = (data[0] ?? []).map((cell) => String(cell ?? '').trim())
      const idColumn = headings.findIndex((one) => /child\s*unique\s*id/i.test(one))
      if (idColumn < 0) continue
      lists += 1
      for (const [index, cells] of data.slice(1).entries()) {
        if (cells.every((cell) => cell === null || String(cell).trim() === '')) continue
        const told = takeRow(Number(list), sheet, index + 2, headings, cells, idColumn, children, input.today)
        if (told !== undefined) yield told
      }
    }
    if (lists === 0)
      throw new FeedRefused(
        'This is not an Annex A workbook: no sheet is called “List 1” to “List 11” with a column “Child Unique ID”.',
      )
    for (const [localId, { line, entry, flagged }] of children)
      yield { kind: 'entry', line, localId, entry: entry as Entry, flagged }
  },
}

function takeRow(
  list: number,
  sheet: string,
  line: number,
  headings: readonly string[],
  cells: readonly Cell[],
  idColumn: number,
  children: Map<string, Gathering>,
  today: string,
): Told | undefined {
  const localId = String(cells[idColumn] ?? '').trim()
  const rejected = (reason: string): Told => ({
    kind: 'rejected',
    flaw: { line, field: `${sheet}: ${headings[idColumn]}`, reason, value: localId.slice(0, 100) },
  })
  if (localId === '') return rejected('The row has no unique id, so it names nobody.')
  const unreadable = unreadableId(localId)
  if (unreadable !== undefined) return rejected(unreadable)
  const known = children.get(localId) ?? { line, entry: {}, flagged: [] }
  children.set(localId, known)
  const at = (column: RegExp): number => headings.findIndex((one) => column.test(one))
  const flag = (column: RegExp, reason: string, value: string): void =>
    void known.flagged.push({
      line,
      localId,
      field: `${sheet}: ${headings[at(column)] ?? ''}`,
      reason,
      value: value.slice(0, 100),
    })
  const read: ReadCell = (column, how) => {
    const found = cells[at(column)] ?? null
    const text = (found instanceof Date ? found.toISOString().slice(0, 10) : String(found ?? '')).trim()
    if (text === '') return undefined
    const value = how(text)
    if ('value' in value) return value.value
    flag(column, value.flaw, text)
    return undefined
  }
  const { entry } = known
  const born = read(/^date of birth/i, (text) => day(text, today))
  if (born !== undefined) entry.born = { date: born }
  const sexFound = read(/^(gender|sex)/i, sex)
  if (sexFound !== undefined) entry.sex = sexFound
  const ethnicity = read(/^ethnicity/i, (text) => {
    const code = /\b[A-Z]{4}\b/.exec(text)?.[0]
    return code === undefined ? { flaw: 'An ethnicity begins with a code of four letters.' } : { value: code }
  })
  if (ethnicity !== undefined) entry.ethnicity = ethnicity
  takeList(list, entry, read, today)
  return undefined
}

async function workbook(
  bytes: AsyncIterable<Uint8Array>,
): Promise<readonly { sheet: string; data: readonly (readonly Cell[])[] }[]> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > SIZE_LIMIT) throw new FeedRefused('The workbook is larger than 50 MB, as no Annex A is.')
    pieces.push(piece)
  }
  const whole = Buffer.concat(pieces)
  await refuseBomb(whole)
  try {
    return (await readWorkbook(whole)) as unknown as { sheet: string; data: Cell[][] }[]
  } catch {
    throw new FeedRefused(
      'The file is not an Excel workbook (.xlsx), or it is cut off. Save it as .xlsx and send it again.',
    )
  }
}
