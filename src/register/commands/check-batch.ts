import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import { type Io, UsageError } from '../../cli/index.ts'
import { isFault } from '../../platform/index.ts'
import type { CheckAnswer } from '../answer.ts'
import type { Stated } from './ask-as.ts'

export const NAMES: Readonly<Record<string, string>> = {
  name: 'name',
  given_name: 'given',
  family_name: 'family',
  surname: 'family',
  date_of_birth: 'born',
  born: 'born',
  age: 'age',
  sex: 'sex',
  address: 'address',
  postcode: 'postcode',
  nhs_number: 'nhsNumber',
  upn: 'upn',
  parent: 'parent',
  school: 'school',
}

/** Columns by which a row may state itself who asks and why. */
export const STATED = ['as', 'reason', 'ground', 'consent', 'risk', 'need'] as const

/** Asks about every row of a file; one line of answer for each entry shown, or one. Exit 0 when every row was asked. */
export async function checkBatch(
  io: Io,
  file: string,
  out: string,
  stated: Stated,
  ask: (known: object, row: Stated, rows: number) => Promise<CheckAnswer | string>,
): Promise<0 | 1> {
  let rows: Record<string, string>[]
  try {
    rows = parse(await io.read(file), { bom: true, columns: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} cannot be read as CSV: ${(error as Error).message.slice(0, 200)}`)
  }
  const known = Object.keys(rows[0] ?? {}).filter((column) => column in NAMES)
  if (known.length === 0) throw new UsageError(`${file} has none of the columns ${Object.keys(NAMES).join(', ')}.`)
  for (const [column, option] of [
    ['as', '--as USER'],
    ['reason', '--reason PURPOSE'],
  ] as const)
    if (stated[column] === undefined && rows[0]?.[column] === undefined)
      throw new UsageError(
        `Say ${column === 'as' ? 'who asks' : 'why (WY-16)'}: ${option} for all rows, or a column ${column}.`,
      )
  const into = createWriteStream(out, { mode: 0o600 })
  await once(into, 'open').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The answers cannot be written to ${out} (${error.code}).`)
  })
  into.write('id,outcome,entry,authority,probability,level,said\r\n')
  let failed = 0
  for (const [index, row] of rows.entries()) {
    const asked = Object.fromEntries(
      known.flatMap((column) => {
        const text = row[column]
        return text ? [[NAMES[column]!, column === 'age' ? Number(text) : text]] : []
      }),
    )
    const id = row.id ?? row.rec_id ?? row.unique_id ?? String(index + 1)
    const own: Stated = Object.fromEntries(STATED.flatMap((column) => (row[column] ? [[column, row[column]]] : [])))
    const lines = await ask(asked, { ...stated, ...own }, rows.length).then(
      (answer) => {
        if (typeof answer === 'string') {
          failed += 1
          return [[id, 'not-asked', '', '', '', '', answer]]
        }
        return answer.found.length === 0
          ? [[id, answer.outcome, '', '', '', '', answer.doubt]]
          : answer.found.map((one) => [
              id,
              answer.outcome,
              String(one.entry),
              one.authority,
              one.probability.toFixed(4),
              one.level,
              one.items.join(' '),
            ])
      },
      (error: unknown) => {
        if (!isFault(error) && !(error instanceof UsageError)) throw error
        failed += 1
        return [[id, 'not-asked', '', '', '', '', error.message]]
      },
    )
    for (const line of lines) into.write(`${line.map(quoted).join(',')}\r\n`)
    io.progress(index + 1, rows.length, `${n(index + 1)} of ${n(rows.length)} asked`)
  }
  into.end()
  await finished(into)
  await io.answer(
    { asked: rows.length - failed, failed, out },
    () => `${n(rows.length - failed)} asked, ${n(failed)} not. The answers are in ${out}.`,
  )
  return failed === 0 ? 0 : 1
}

const n = (count: number): string => count.toLocaleString('en-GB')
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
