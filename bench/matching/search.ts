import { recogniseColumns } from '../../src/matching/files/columns.ts'
import { personOf } from '../../src/matching/files/person-of-row.ts'
import { readTable } from '../../src/matching/files/read-table.ts'
import { countLines, prepareChunk } from '../../src/matching/files/segment.ts'
import {
  belief,
  countPerson,
  createFrequencies,
  keysFor,
  normalise,
  type PreparedPerson,
  soughtKeys,
} from '../../src/matching/index.ts'
import { people } from '../people/population.ts'
import { chanceFrom } from '../people/random.ts'
import { HARD, ORDINARY, type PersonRecord, type Rates, record } from '../people/records.ts'
import { HEADER, type Truth } from '../people/write-people.ts'

export interface Found {
  /** the right person stands first, or among the first five */
  readonly recall1: number
  readonly recall5: number
  /**
   * The right person stands first and is accepted, where the threshold is the belief that 1 in 100 searches for people
   * who are not in the file reach.
   */
  readonly acceptedAtOneInHundred: number
  /** milliseconds for keys, candidates and scoring in memory, at the 50th and 99th hundredth */
  readonly median: number
  readonly p99: number
}

/** As the register searches: keys under which more rows stand are read only where hardly any other is left. */
const ROWS_A_KEY = 100
const FEWEST_KEYS = 6
const WEIGHED = 104

/** Rows of the answer, the likeliest first, and how far the first is believed, in bits. */
type Seek = (one: PersonRecord) => { readonly rows: readonly number[]; readonly believed: number }

/** Seeks persons of the file under records that are not in it: everyday ones and hard ones. */
export function searchPeople(
  file: string,
  truth: Truth,
  seed: number,
  queries: number,
): { keysARow: number; ordinary: Found; hard: Found } {
  const table = readTable(file)
  if (typeof table === 'string') throw new Error(table)
  const lines = countLines(table.body) + 1
  const frequencies = createFrequencies(lines - 1, lines * 4)
  const { words, starts } = prepareChunk(
    { text: table.body, line: 2, width: table.width, rows: lines },
    table.columns,
    (person, start) => countPerson(person, start, frequencies),
  )
  const rows = starts.length - 1
  const personAt = (row: number): PreparedPerson => ({ words: words.subarray(starts[row]!, starts[row + 1]!) })
  const filed = fileAll(rows, personAt)
  const columns = recogniseColumns(HEADER.split(','))
  if (typeof columns === 'string') throw new Error(columns)
  const seek: Seek = (one) => {
    const sought = normalise(personOf(fieldsOf(one), columns))
    const found = Array.from(soughtKeys(sought), (key) => {
      const low = lowOf(key)
      const from = firstAtLeast(filed, low)
      const size = firstAtLeast(filed, low + 2 ** 21) - from
      return { low, from, size: Math.min(size, ROWS_A_KEY) }
    })
    const rare = found.filter(({ size }) => size < ROWS_A_KEY)
    const rarity = new Map<number, number>()
    for (const { low, from, size } of rare.length < FEWEST_KEYS ? found : rare)
      for (let i = from; i < from + size; i++)
        rarity.set(filed[i]! - low, (rarity.get(filed[i]! - low) ?? 0) + 1 / size)
    const weighed = [...rarity]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, WEIGHED)
      .map(([row]) => ({ row, believed: belief(sought, personAt(row), frequencies) }))
      .sort((a, b) => b.believed - a.believed || a.row - b.row)
    return { rows: weighed.map(({ row }) => row), believed: weighed[0]?.believed ?? -1000 }
  }
  return {
    keysARow: filed.length / rows,
    ordinary: ask(seek, truth, seed, queries, ORDINARY),
    hard: ask(seek, truth, seed, queries, HARD),
  }
}

/** every row under its keys: the key's lower half, then the row, as one sorted number */
function fileAll(rows: number, personAt: (row: number) => PreparedPerson): Float64Array {
  let filed = new Float64Array(rows * 45)
  let at = 0
  for (let row = 0; row < rows; row++) {
    for (const key of keysFor(personAt(row))) {
      if (at === filed.length) {
        const larger = new Float64Array(at * 2)
        larger.set(filed)
        filed = larger
      }
      filed[at++] = lowOf(Number(key)) + row
    }
  }
  return filed.slice(0, at).sort()
}

function lowOf(key: number): number {
  return (key % 2 ** 32) * 2 ** 21
}

function fieldsOf(one: PersonRecord): string[] {
  const { given, middle, family, alias, born, sex, address, town, postcode, nhs, mother } = one
  return ['', given, middle, family, alias, born, sex, address, town, postcode, nhs, mother]
}

function ask(seek: Seek, truth: Truth, seed: number, queries: number, rates: Rates): Found {
  const chance = chanceFrom(seed ^ 0xa5ed)
  const present = new Set(truth.person)
  let last = 0
  for (const person of present) last = Math.max(last, person)
  const step = Math.max(1, Math.floor(present.size / queries))
  const times: number[] = []
  const right: number[] = []
  const alarms: number[] = []
  let first = 0
  let five = 0
  for (const person of people(seed)) {
    if (person.number > last) {
      // people of the same communities who are not in the file
      if (alarms.length === queries) break
      alarms.push(seek(record(person, chance, rates)).believed)
      continue
    }
    if (times.length >= queries || person.number % step !== 0 || !present.has(person.number)) continue
    const query = record(person, chance, rates)
    const begun = performance.now()
    const { rows, believed } = seek(query)
    times.push(performance.now() - begun)
    if (truth.person[rows[0] ?? -1] === person.number) {
      first++
      right.push(believed)
    }
    if (rows.slice(0, 5).some((row) => truth.person[row] === person.number)) five++
  }
  times.sort((a, b) => a - b)
  alarms.sort((a, b) => a - b)
  const threshold = alarms[Math.floor(alarms.length * 0.99)]!
  return {
    recall1: first / times.length,
    recall5: five / times.length,
    acceptedAtOneInHundred: right.filter((believed) => believed > threshold).length / times.length,
    median: times[Math.floor(times.length / 2)]!,
    p99: times[Math.floor(times.length * 0.99)]!,
  }
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
