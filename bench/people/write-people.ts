import { closeSync, openSync, writeSync } from 'node:fs'
import { people } from './population.ts'
import { chanceFrom } from './random.ts'
import { ORDINARY, type PersonRecord, type Rates, record } from './records.ts'

/** What is true of the rows of a written file, in their order. Row `i` has id `r<i>`. */
export interface Truth {
  readonly person: Int32Array
  readonly household: Int32Array
  /** by person: number of the twin or -1 */
  readonly twin: Int32Array
}

export const HEADER =
  'id,given_name,middle_name,surname,alias,date_of_birth,sex,address,town,postcode,nhs_number,mother_name'

/** how many records a person has with the agencies together */
const RECORDS = [0.55, 0.28, 0.12, 0.05]

/** Writes so many rows of invented persons in random order; returns what is true of them. */
export function writePeople(file: string, rows: number, seed: number, rates: Rates = ORDINARY): Truth {
  const chance = chanceFrom(seed ^ 0x5eed)
  const order = shuffled(rows, chanceFrom(seed ^ 0x0dde))
  const lines: string[] = new Array<string>(rows)
  const truth: Truth = {
    person: new Int32Array(rows),
    household: new Int32Array(rows),
    twin: new Int32Array(rows).fill(-1),
  }
  let written = 0
  for (const person of people(seed)) {
    let at = chance.next()
    let copies = 1
    for (const share of RECORDS) {
      at -= share
      if (at < 0) break
      copies++
    }
    for (let i = 0; i < Math.min(copies, 4) && written < rows; i++) {
      const row = order[written++]!
      lines[row] = line(row, record(person, chance, rates))
      truth.person[row] = person.number
      truth.household[row] = person.household
    }
    if (person.number < rows) truth.twin[person.number] = person.twin
    if (written === rows) break
  }
  const open = openSync(file, 'w')
  writeSync(open, `${HEADER}\n`)
  for (let from = 0; from < rows; from += 20_000) writeSync(open, lines.slice(from, from + 20_000).join(''))
  closeSync(open)
  return truth
}

function line(row: number, one: PersonRecord): string {
  const fields = [
    one.given,
    one.middle,
    one.family,
    one.alias,
    one.born,
    one.sex,
    one.address,
    one.town,
    one.postcode,
    one.nhs,
    one.mother,
  ]
  return `r${row},${fields.map((field) => (field.includes(',') ? `"${field}"` : field)).join(',')}\n`
}

function shuffled(n: number, chance: { below(n: number): number }): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = chance.below(i + 1)
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}
