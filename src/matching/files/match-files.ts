import { statSync } from 'node:fs'
import { createFrequencies, TERMS } from '../frequencies.ts'
import { shippedModel } from '../model.ts'
import { priorOdds } from '../weigh.ts'
import { adaptModel, strangerShares } from './adapt.ts'
import { cluster } from './cluster.ts'
import { concatenate, type Edges, inOrder } from './edges.ts'
import { MANY } from './index-keys.ts'
import { type Crew, gather } from './pool.ts'
import { readTable, type Table } from './read-table.ts'
import type { Work } from './score-rows.ts'
import { countLines, idOf, rowEnd, type Segment } from './segment.ts'
import type { PrepareTask } from './tasks.ts'

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
  /** pairs that share enough to be looked at; and those of them that were weighed */
  readonly met: number
  readonly scored: number
  /** seconds that weighing them took, of all threads together, finding them left out; and how many threads */
  readonly weighing: number
  readonly threads: number
  readonly pairs: Iterable<Pair>
}

export interface Refused {
  /** a sentence that says what is wrong and what to do */
  readonly refused: string
}

/** Finds the rows of one CSV file that are the same person. All pairs of a person come out, each at 0.5 or more. */
export function dedupeFile(file: string, options: Options = {}): Promise<Matched | Refused> {
  return matchTables([file], options)
}

/** Finds the persons of one CSV file in another. A pair's left id is of the first file. */
export function linkFiles(left: string, right: string, options: Options = {}): Promise<Matched | Refused> {
  return matchTables([left, right], options)
}

const SAMPLE_ROWS = 20_000
/** different names, birthdays and places to a row, at most */
const TERMS_A_ROW = 4
const MOST_TERMS = 50_000_000
const TAKE = 512
/** a pair this many times (e to this) below even odds is not kept */
const BELOW = 7

async function matchTables(files: readonly string[], options: Options): Promise<Matched | Refused> {
  const progress = options.progress ?? (() => {})
  progress('Reading', 0)
  // threads start while the files are read
  const crew = await gather(bytesOf(files), options.threads)
  try {
    const tables: Table[] = []
    for (const file of files) {
      const table = readTable(file, options.map)
      if (typeof table === 'string') return { refused: table }
      tables.push(table)
    }
    for (const theirs of options.map?.keys() ?? []) {
      if (!tables.some(({ columns }) => columns.mapped.includes(theirs))) {
        return { refused: `--map names a column "${theirs}" that no file has.` }
      }
    }
    return await matchWith(crew, tables, progress)
  } finally {
    await crew.close()
  }
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
}

async function matchWith(
  crew: Crew,
  tables: readonly Table[],
  progress: (stage: string, share: number) => void,
): Promise<Matched | Refused> {
  const tasks = tables.map((table) => prepareTasks(table, crew.size))
  const rows = tasks.flat().reduce((sum, { chunk }) => sum + chunk.rows, 0)
  const many = rows > MANY
  const counted = createFrequencies(rows, Math.min(rows * TERMS_A_ROW, MOST_TERMS), true)
  const read = new Int32Array(new SharedArrayBuffer(4))
  const segments: Segment[] = []
  const segmentsOf: Segment[][] = []
  const lefts: number[] = []
  for (const [t, table] of tables.entries()) {
    const answers = await watching(
      read,
      rows,
      (done) => progress('Reading', 0.3 * done),
      () =>
        crew.run(tasks[t]!.map((task) => ({ ...task, chunk: { ...task.chunk, many }, table: counted.table, read }))),
    )
    const own: Segment[] = []
    for (const answer of answers) {
      if ('refused' in answer) return { refused: `${table.file}: ${answer.refused}` }
      for (let kind = 0; kind < TERMS; kind++) counted.totals[kind]! += answer.totals[kind]!
      own.push(answer.segment)
    }
    segments.push(...own)
    segmentsOf.push(own)
    lefts.push(own.reduce((sum, segment) => sum + segment.idHashes.length, 0))
  }
  const total = lefts.reduce((sum, own) => sum + own, 0)
  const frequencies = { ...counted, population: total }
  progress('Filing', 0.3)
  const parts = crew.size
  const filed = crew.run(
    Array.from({ length: parts }, (_, part) => ({ kind: 'index' as const, segments, part, parts })),
  )
  // while the threads are at it
  const twice = segmentsOf.map(idTwice)
  const indexes = await filed
  for (const [t, id] of twice.entries()) {
    if (id !== undefined) return { refused: `${tables[t]!.file}: ${sentenceForTwice(id)}` }
  }
  const work: Work = { segments, indexes, frequencies, model: shippedModel }
  progress('Learning how this file errs', 0.4)
  const share = Math.min(1, SAMPLE_ROWS / Math.max(total, 1))
  const sampling = scoreWith(crew, work, Number.NEGATIVE_INFINITY, share)
  const strangers = strangerShares(work)
  const model = adaptModel(work, await sampling, strangers, share)
  progress('Comparing', 0.5)
  const edges = await scoreWith(crew, { ...work, model }, -priorOdds(model, total) - BELOW, 1, (done) =>
    progress('Comparing', 0.5 + 0.3 * done),
  )
  progress('Gathering persons', 0.8)
  const { person, sureness } = cluster({ ...work, model }, edges)
  progress('Writing', 0.95)
  const left = tables.length === 2 ? lefts[0]! : 0
  const pairs = { [Symbol.iterator]: () => pairsOf(segments, person, sureness, left) }
  const { met, scored, weighing } = edges
  return { rows: total, met, scored, weighing, threads: crew.size, pairs }
}

function prepareTasks(table: Table, parts: number): Omit<PrepareTask, 'table' | 'read'>[] {
  const tasks: Omit<PrepareTask, 'table' | 'read'>[] = []
  const { body, columns, width } = table
  let line = table.line
  for (let from = 0, i = 1; from < body.length; i++) {
    const to =
      i >= parts ? body.length : rowEnd(body, from, Math.min(body.length, Math.ceil((body.length * i) / parts)))
    const text = body.subarray(from, to)
    const lines = countLines(text)
    tasks.push({ kind: 'prepare', chunk: { text, line, width, rows: lines + 1 }, columns })
    line += lines
    from = to
  }
  return tasks
}

function sentenceForTwice(id: string): string {
  return `the id "${id.slice(0, 80)}" stands in two rows. Each row needs an id of its own.`
}

/** an id that stands in two rows of one file */
function idTwice(segments: readonly Segment[]): string | undefined {
  const sorted = new Float64Array(segments.reduce((sum, { idHashes }) => sum + idHashes.length, 0))
  let at = 0
  for (const { idHashes } of segments) {
    sorted.set(idHashes, at)
    at += idHashes.length
  }
  sorted.sort()
  const suspects = new Set<number>()
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) suspects.add(sorted[i]!)
  if (suspects.size === 0) return undefined
  const seen = new Set<string>()
  for (const segment of segments) {
    for (let row = 0; row < segment.idHashes.length; row++) {
      if (!suspects.has(segment.idHashes[row]!)) continue
      const id = idOf(segment, row)
      if (seen.has(id)) return id
      seen.add(id)
    }
  }
  return undefined
}

async function scoreWith(
  crew: Crew,
  work: Work,
  least: number,
  share: number,
  told: (done: number) => void = () => {},
): Promise<Edges> {
  const cursor = new Int32Array(new SharedArrayBuffer(4))
  const rows = work.indexes[0]!.placeStarts.length - 1
  const skip = Math.round(TAKE / share) - TAKE
  const { segments, indexes, frequencies, model } = work
  const wide = least === Number.NEGATIVE_INFINITY
  const shared = { segments, indexes, frequencies, model: model.file, least, wide, cursor, rows, take: TAKE, skip }
  const parts = await watching(cursor, rows, told, () =>
    crew.run(Array.from({ length: crew.size }, () => ({ kind: 'score' as const, ...shared }))),
  )
  return inOrder(concatenate(parts), rows)
}

const TELL_EVERY = 500

/** Tells how far a counter that the threads move has come, while they work. */
async function watching<Answer>(
  counter: Int32Array,
  whole: number,
  told: (done: number) => void,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const clock = setInterval(() => told(Math.min(1, Atomics.load(counter, 0) / Math.max(1, whole))), TELL_EVERY)
  try {
    return await work()
  } finally {
    clearInterval(clock)
  }
}

function* pairsOf(
  segments: readonly Segment[],
  person: Int32Array,
  sureness: Float32Array,
  left: number,
): Generator<Pair> {
  const { starts, rows } = membersOf(person)
  const firsts = segments.map(() => 0)
  for (let s = 1; s < segments.length; s++) firsts[s] = firsts[s - 1]! + segments[s - 1]!.idHashes.length
  const texts = segments.map(({ ids }) => Buffer.from(ids.buffer, ids.byteOffset, ids.length))
  const id = (row: number) => {
    let s = segments.length - 1
    while (firsts[s]! > row) s--
    const { idStarts } = segments[s]!
    return texts[s]!.toString('utf8', idStarts[row - firsts[s]!], idStarts[row - firsts[s]! + 1])
  }
  for (let p = 0; p + 1 < starts.length; p++) {
    const from = starts[p]!
    const to = starts[p + 1]!
    for (let i = from; i < to - 1; i++) {
      const a = rows[i]!
      if (left > 0 && a >= left) break
      const one = id(a)
      for (let j = i + 1; j < to; j++) {
        const b = rows[j]!
        if (b < left) continue
        // the rows lie in one person: never below what is claimed
        yield { left: one, right: id(b), probability: Math.max(0.5, Math.min(sureness[a]!, sureness[b]!)) }
      }
    }
  }
}

/** the rows of each person, ascending, person by person */
function membersOf(person: Int32Array): { starts: Int32Array; rows: Int32Array } {
  let most = 0
  for (let row = 0; row < person.length; row++) most = Math.max(most, person[row]! + 1)
  const starts = new Int32Array(most + 1)
  for (let row = 0; row < person.length; row++) starts[person[row]! + 1]!++
  for (let p = 0; p < most; p++) starts[p + 1]! += starts[p]!
  const next = starts.slice()
  const rows = new Int32Array(person.length)
  for (let row = 0; row < person.length; row++) rows[next[person[row]!]!++] = row
  return { starts, rows }
}
