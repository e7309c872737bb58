import readWorkbook from 'read-excel-file/node'
import { CATEGORIES, type Entry } from '../entry.ts'
import { day, sex, type Value } from '../rules/values.ts'
import { type Feed, FeedRefused, type Flaw, type Told, unreadableId } from './feed.ts'
import { compact, some } from './parts.ts'
import { refuseBomb } from './workbook-size.ts'

/** A workbook larger than this is no Annex A: the largest seen has some thousand rows a list. */
const SIZE_LIMIT = 50_000_000

type Cell = string | number | boolean | Date | null
interface Gathering {
  readonly line: number
  readonly entry: { -readonly [K in keyof Entry]: Entry[K] }
  readonly flagged: Flaw[]
}
type Row = (column: RegExp) => Cell

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
  const cell: Row = (column) => cells[headings.findIndex((one) => column.test(one))] ?? null
  const date = (column: RegExp, ahead = false): string | undefined => {
    const found = cell(column)
    if (found === null || found === '') return undefined
    const read: Value<string> = day(
      found instanceof Date ? found.toISOString().slice(0, 10) : String(found),
      ahead ? undefined : today,
    )
    if ('value' in read) return read.value
    known.flagged.push({
      line,
      localId,
      field: `${sheet}: ${headings.find((one) => column.test(one)) ?? ''}`,
      reason: read.flaw,
      value: String(found).slice(0, 100),
    })
    return undefined
  }
  const born = date(/^date of birth/i)
  if (born !== undefined) known.entry.born = { date: born }
  const sexText = cell(/^(gender|sex)/i)
  if (sexText !== null && String(sexText).trim() !== '') {
    const found = sex(String(sexText))
    if ('value' in found) known.entry.sex = found.value
    else
      known.flagged.push({
        line,
        localId,
        field: `${sheet}: ${headings.find((one) => /^(gender|sex)/i.test(one)) ?? ''}`,
        reason: found.flaw,
        value: String(sexText).slice(0, 100),
      })
  }
  const ethnicity = /\b[A-Z]{4}\b/.exec(String(cell(/^ethnicity/i) ?? ''))?.[0]
  if (ethnicity !== undefined) known.entry.ethnicity = ethnicity
  takeList(list, known, cell, date)
  return undefined
}

function takeList(list: number, { entry }: Gathering, cell: Row, date: (column: RegExp) => string | undefined): void {
  if (list === 3) {
    const on = date(/^date of referral/i)
    if (on !== undefined)
      entry.referrals = [...(entry.referrals ?? []), compact({ on, from: textOf(cell(/^referral source/i)) })]
  } else if (list === 5) {
    const on = date(/section 47 (enquiry )?.*start/i) ?? date(/strategy discussion.*s(ection )?47/i)
    if (on !== undefined) entry.enquiries = [...(entry.enquiries ?? []), { on, kind: 'section-47' }]
    const held = date(/date of initial child protection conference/i)
    if (held !== undefined) entry.conferences = [...(entry.conferences ?? []), { kind: 'initial', on: held }]
  } else if (list === 6) {
    plan(entry, 'child-in-need', date(/CIN start date|^start date/i), date(/CIN closure date|closure date/i), undefined)
  } else if (list === 7) {
    plan(
      entry,
      'child-protection',
      date(/child protection plan start date/i),
      date(/child protection plan end date/i),
      categoryOf(cell(/latest category of abuse/i)) ?? categoryOf(cell(/initial category of abuse/i)),
    )
    const review = date(/latest review/i)
    if (review !== undefined) entry.conferences = [...(entry.conferences ?? []), { kind: 'review', on: review }]
  } else if (list === 8) {
    const from = date(/date started to be looked after/i)
    const to = date(/date ceased to be looked after/i)
    plan(entry, 'looked-after', from, to, undefined)
    entry.lookedAfter = true
    const status = /\b([CDEJLV]\d)\b/.exec(String(cell(/legal status/i) ?? ''))?.[1]
    if (status !== undefined)
      entry.legalStatuses = [
        ...(entry.legalStatuses ?? []),
        compact({ code: status, from: date(/date of latest episode|date of.*legal status/i) ?? from, to }),
      ]
  }
}

function plan(
  entry: Gathering['entry'],
  kind: 'child-in-need' | 'child-protection' | 'looked-after',
  from: string | undefined,
  to: string | undefined,
  category: (typeof CATEGORIES)[number] | undefined,
): void {
  if (from === undefined && to === undefined && category === undefined) return
  entry.registrations = some([...(entry.registrations ?? []), compact({ kind, category, from, to })]) ?? []
}

/** "a) Neglect", "NEG" and the like. */
function categoryOf(found: Cell): (typeof CATEGORIES)[number] | undefined {
  const text = String(found ?? '').toUpperCase()
  const words: Record<string, (typeof CATEGORIES)[number]> = {
    NEGLECT: 'NEG',
    PHYSICAL: 'PHY',
    SEXUAL: 'SAB',
    EMOTIONAL: 'EMO',
    MULTIPLE: 'MUL',
  }
  return (
    CATEGORIES.find((one) => new RegExp(`\\b${one}\\b`).test(text)) ??
    Object.entries(words).find(([word]) => text.includes(word))?.[1]
  )
}

function textOf(found: Cell): string | undefined {
  const text = String(found ?? '').trim()
  return text === '' ? undefined : text.slice(0, 500)
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
