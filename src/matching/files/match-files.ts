import { addTerm, createFrequencies, type Frequencies, TERMS } from '../frequencies.ts'
import { shippedModel } from '../model.ts'
import { priorOdds } from '../weigh.ts'
import { adaptModel } from './adapt.ts'
import { cluster } from './cluster.ts'
import { type Crew, gather } from './pool.ts'
import { readTable, type Table } from './read-table.ts'
import type { Edges, Work } from './score-rows.ts'
import { type Chunk, countLines, rowEnd } from './segment.ts'
import { concatenate, type Prepared, type PrepareTask } from './tasks.ts'

export interface Options {
  /** their column name to one that is known, such as `Vorname` to `given_name` */
  readonly map?: ReadonlyMap<string, string>
  /** at most so many threads; default: one for each core */
  readonly threads?: number
  /** told what is being done, and how much of it, 0 to 1 */
  readonly progress?: (stage: string, share: number) => void
}

/** Two rows that are one person. */
export interface Pair {
  readonly left: string
  readonly right: string
  readonly probability: number
}

export interface Matched {
  readonly rows: number
  /** candidate pairs that were scored */
  readonly scored: number
  readonly pairs: Iterable<Pair>
}

export interface Refused {
  /** a sentence that says what is wrong and what to do */
  readonly refused: string
}

/** Finds the rows of one CSV file that are the same person. All pairs of a person come out, each at 0.5 or more. */
export function dedupeFile(file: string, options: Options = {}): Promise<Matched | Refused> {
  return matchTables([readTable(file, options.map)], options)
}

/** Finds the persons of one CSV file in another. A pair's left id is of the first file. */
export function linkFiles(left: string, right: string, options: Options = {}): Promise<Matched | Refused> {
  return matchTables([readTable(left, options.map), readTable(right, options.map)], options)
}

const SAMPLE_ROWS = 30_000
const TAKE = 512
/** a pair this many times (e to this) below even odds is not kept */
const BELOW = 7

async function matchTables(read: readonly (Table | string)[], options: Options): Promise<Matched | Refused> {
  const tables: Table[] = []
  for (const table of read) {
    if (typeof table === 'string') return { refused: table }
    tables.push(table)
  }
  for (const theirs of options.map?.keys() ?? []) {
    if (!tables.some(({ columns }) => columns.mapped.includes(theirs))) {
      return { refused: `--map names a column "${theirs}" that no file has.` }
    }
  }
  const bytes = tables.reduce((sum, table) => sum + table.body.length, 0)
  const crew = await gather(bytes, options.threads)
  try {
    return await matchWith(crew, tables, options.progress ?? (() => {}))
  } finally {
    await crew.close()
  }
}

async function matchWith(
  crew: Crew,
  tables: readonly Table[],
  progress: (stage: string, share: number) => void,
): Promise<Matched | Refused> {
  progress('Reading', 0)
  const prepared: Prepared[] = []
  const lefts: number[] = []
  for (const table of tables) {
    const answers = await crew.run(prepareTasks(table, crew.size))
    const ids = new Set<string>()
    for (const answer of answers) {
      if ('refused' in answer) return { refused: `${table.file}: ${answer.refused}` }
      for (const id of answer.segment.ids) {
        if (ids.has(id))
          return {
            refused: `${table.file}: the id "${id.slice(0, 80)}" stands in two rows. Each row needs an id of its own.`,
          }
        ids.add(id)
      }
      prepared.push(answer)
    }
    lefts.push(ids.size)
  }
  const total = lefts.reduce((sum, rows) => sum + rows, 0)
  const segments = prepared.map(({ segment }) => ({ ...segment, ids: [] }))
  const ids = prepared.flatMap(({ segment }) => segment.ids)
  const frequencies = mergeCounts(
    prepared.map((one) => one.frequencies),
    total,
  )
  progress('Filing', 0.3)
  const parts = crew.size
  const indexes = await crew.run(
    Array.from({ length: parts }, (_, part) => ({ kind: 'index' as const, segments, part, parts })),
  )
  const work: Work = { segments, indexes, frequencies, model: shippedModel }
  progress('Learning how this file errs', 0.4)
  const share = Math.min(1, SAMPLE_ROWS / Math.max(total, 1))
  const sampled = await scoreWith(crew, work, Number.NEGATIVE_INFINITY, share)
  const model = adaptModel(work, sampled, share)
  progress('Comparing', 0.5)
  const edges = await scoreWith(crew, { ...work, model }, -priorOdds(model, total) - BELOW, 1)
  progress('Gathering persons', 0.8)
  const { person, sureness } = cluster({ ...work, model }, edges)
  progress('Writing', 0.95)
  const left = tables.length === 2 ? lefts[0]! : 0
  const pairs = { [Symbol.iterator]: () => pairsOf(ids, person, sureness, left) }
  return { rows: total, scored: edges.scored, pairs }
}

function prepareTasks(table: Table, parts: number): PrepareTask[] {
  const tasks: PrepareTask[] = []
  const { body, columns, width } = table
  let line = table.line
  for (let from = 0, i = 1; from < body.length; i++) {
    const to =
      i >= parts ? body.length : rowEnd(body, from, Math.min(body.length, Math.ceil((body.length * i) / parts)))
    const chunk: Chunk = { text: body.subarray(from, to), line, width }
    tasks.push({ kind: 'prepare', chunk, columns })
    line += countLines(chunk.text)
    from = to
  }
  return tasks
}

function mergeCounts(counts: readonly Frequencies[], population: number): Frequencies {
  const all = createFrequencies(
    population,
    counts.reduce((sum, { table }) => sum + table.length / 4, 0),
    true,
  )
  for (const { table, totals } of counts) {
    for (let kind = 0; kind < TERMS; kind++) all.totals[kind]! += totals[kind]!
    for (let slot = 0; slot < table.length; slot += 2)
      if (table[slot] !== 0) addTerm(all.table, table[slot]!, table[slot + 1]!)
  }
  return all
}

async function scoreWith(crew: Crew, work: Work, least: number, share: number): Promise<Edges> {
  const cursor = new Int32Array(new SharedArrayBuffer(4))
  const rows = work.indexes[0]!.placeStarts.length - 1
  const skip = Math.round(TAKE / share) - TAKE
  const { segments, indexes, frequencies, model } = work
  const task = {
    kind: 'score' as const,
    segments,
    indexes,
    frequencies,
    model: model.file,
    least,
    cursor,
    rows,
    take: TAKE,
    skip,
  }
  return concatenate(await crew.run(Array.from({ length: crew.size }, () => task)))
}

function* pairsOf(ids: readonly string[], person: Int32Array, sureness: Float32Array, left: number): Generator<Pair> {
  const rows = new Map<number, number[]>()
  for (let row = 0; row < person.length; row++) {
    const known = rows.get(person[row]!)
    if (known) known.push(row)
    else rows.set(person[row]!, [row])
  }
  for (const members of rows.values()) {
    for (const [i, a] of members.entries()) {
      if (left > 0 && a >= left) break
      for (let j = i + 1; j < members.length; j++) {
        const b = members[j]!
        if (b < left) continue
        // the rows lie in one person: never below what is claimed
        yield { left: ids[a]!, right: ids[b]!, probability: Math.max(0.5, Math.min(sureness[a]!, sureness[b]!)) }
      }
    }
  }
}
