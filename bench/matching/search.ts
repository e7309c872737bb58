import { recogniseColumns } from '../../src/matching/files/columns.ts'
import { personOf } from '../../src/matching/files/person-of-row.ts'
import { readTable } from '../../src/matching/files/read-table.ts'
import { countLines, prepareChunk } from '../../src/matching/files/segment.ts'
import { countPerson, createFrequencies, keysFor, normalise, probability } from '../../src/matching/index.ts'
import { people } from '../people/population.ts'
import { chanceFrom } from '../people/random.ts'
import { HARD, ORDINARY, type Rates, record } from '../people/records.ts'
import { HEADER, type Truth } from '../people/write-people.ts'

export interface Found {
  readonly recall1: number
  readonly recall5: number
  /** milliseconds for keys, candidates and scoring in memory, at the 50th and 99th hundredth */
  readonly median: number
  readonly p99: number
}

const ROWS_A_KEY = 100
const SCORED = 25

/** Seeks persons of the file under records that are not in it: everyday ones and hard ones. */
export function searchPeople(
  file: string,
  truth: Truth,
  seed: number,
  queries: number,
): { ordinary: Found; hard: Found } {
  const table = readTable(file)
  if (typeof table === 'string') throw new Error(table)
  const { words, starts, keys, keyStarts } = prepareChunk(
    { text: table.body, line: 2, width: table.width, rows: countLines(table.body) + 1 },
    table.columns,
  )
  const rows = starts.length - 1
  const frequencies = createFrequencies(rows, rows * 4)
  for (let row = 0; row < rows; row++) countPerson(words, starts[row]!, frequencies)
  const filed = new Float64Array(keys.length)
  let at = 0
  for (let row = 0; row < rows; row++) {
    for (let k = keyStarts[row]!; k < keyStarts[row + 1]!; k++) filed[at++] = keys[k]! * 2 ** 21 + row
  }
  filed.sort()
  const columns = recogniseColumns(HEADER.split(','))
  if (typeof columns === 'string') throw new Error(columns)
  const seek = (one: ReturnType<typeof record>): Int32Array => {
    const fields = [
      '',
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
    const sought = normalise(personOf(fields, columns))
    const rarity = new Map<number, number>()
    for (const key of keysFor(sought)) {
      const low = (Number(key) % 2 ** 32) * 2 ** 21
      const from = firstAtLeast(filed, low)
      const to = Math.min(firstAtLeast(filed, low + 2 ** 21), from + ROWS_A_KEY)
      const size = firstAtLeast(filed, low + 2 ** 21) - from
      for (let i = from; i < to; i++) rarity.set(filed[i]! - low, (rarity.get(filed[i]! - low) ?? 0) + 1 / size)
    }
    const best = [...rarity].sort((a, b) => b[1] - a[1]).slice(0, SCORED)
    const scored = best.map(
      ([row]) =>
        [row, probability(sought, { words: words.slice(starts[row]!, starts[row + 1]!) }, frequencies)] as const,
    )
    return Int32Array.from(
      scored.sort((a, b) => b[1] - a[1]),
      ([row]) => row,
    )
  }
  return { ordinary: ask(seek, truth, seed, queries, ORDINARY), hard: ask(seek, truth, seed, queries, HARD) }
}

function ask(
  seek: (one: ReturnType<typeof record>) => Int32Array,
  truth: Truth,
  seed: number,
  queries: number,
  rates: Rates,
): Found {
  const chance = chanceFrom(seed ^ 0xa5ed)
  const present = new Set(truth.person)
  const step = Math.max(1, Math.floor(present.size / queries))
  const times: number[] = []
  let first = 0
  let five = 0
  for (const person of people(seed)) {
    if (times.length >= queries || person.number >= truth.twin.length) break
    if (person.number % step !== 0 || !present.has(person.number)) continue
    const query = record(person, chance, rates)
    const begun = performance.now()
    const found = seek(query)
    times.push(performance.now() - begun)
    if (truth.person[found[0] ?? -1] === person.number) first++
    if (found.slice(0, 5).some((row) => truth.person[row] === person.number)) five++
  }
  times.sort((a, b) => a - b)
  return {
    recall1: first / times.length,
    recall5: five / times.length,
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
