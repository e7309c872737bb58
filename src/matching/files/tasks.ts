import { countPerson } from '../count-terms.ts'
import { createFrequencies, type Frequencies } from '../frequencies.ts'
import { buildModel, type ModelFile } from '../model.ts'
import type { Columns } from './columns.ts'
import { indexKeys, type KeyIndex } from './index-keys.ts'
import { type Edges, scoreRows } from './score-rows.ts'
import { type Chunk, prepareChunk, type Segment } from './segment.ts'
import { BadRow } from './split-rows.ts'

/** What a thread is asked for; everything large in it is shared memory. */
export type Task = PrepareTask | IndexTask | ScoreTask

export interface PrepareTask {
  readonly kind: 'prepare'
  readonly chunk: Chunk
  readonly columns: Columns
}

export interface IndexTask {
  readonly kind: 'index'
  readonly segments: readonly Segment[]
  readonly part: number
  readonly parts: number
}

export interface ScoreTask {
  readonly kind: 'score'
  readonly segments: readonly Segment[]
  readonly indexes: readonly KeyIndex[]
  readonly frequencies: Frequencies
  readonly model: ModelFile
  readonly least: number
  /** shared: the next row that nobody has taken */
  readonly cursor: Int32Array
  /** rows to do in all, and how many are taken and passed over at a time */
  readonly rows: number
  readonly take: number
  readonly skip: number
}

export interface Prepared {
  readonly segment: Segment
  readonly frequencies: Frequencies
}

export type Answer<T extends Task> = T extends PrepareTask
  ? Prepared | { readonly refused: string }
  : T extends IndexTask
    ? KeyIndex
    : Edges

/** Does one task, in whatever thread this is. */
export function perform(task: Task): Answer<Task> {
  switch (task.kind) {
    case 'prepare':
      return prepare(task)
    case 'index':
      return indexKeys(task.segments, task.part, task.parts)
    case 'score':
      return scoreAll(task)
  }
}

function prepare({ chunk, columns }: PrepareTask): Answer<PrepareTask> {
  try {
    const segment = prepareChunk(chunk, columns)
    const people = segment.starts.length - 1
    const frequencies = createFrequencies(people, Math.min(people * 8, 4_000_000), true)
    for (let i = 0; i < people; i++) countPerson(segment.words, segment.starts[i]!, frequencies)
    return { segment, frequencies }
  } catch (error) {
    if (error instanceof BadRow) return { refused: error.message }
    throw error
  }
}

/** takes runs of rows until none is left; passes over others when only a sample is wanted */
function scoreAll(task: ScoreTask): Edges {
  const work = { ...task, model: buildModel(task.model) }
  const total = task.indexes[0]!.placeStarts.length - 1
  const rarity = new Float32Array(total)
  const parts: Edges[] = []
  for (;;) {
    const from = Atomics.add(task.cursor, 0, task.take + task.skip)
    if (from >= task.rows) break
    parts.push(scoreRows(work, from, Math.min(task.rows, from + task.take), task.least, rarity))
  }
  return concatenate(parts)
}

export function concatenate(parts: readonly Edges[]): Edges {
  const n = parts.reduce((sum, part) => sum + part.a.length, 0)
  const all = {
    a: new Int32Array(n),
    b: new Int32Array(n),
    odds: new Float64Array(n),
    rivals: new Float64Array(n),
    scored: 0,
  }
  let at = 0
  for (const part of parts) {
    all.a.set(part.a, at)
    all.b.set(part.b, at)
    all.odds.set(part.odds, at)
    all.rivals.set(part.rivals, at)
    all.scored += part.scored
    at += part.a.length
  }
  return all
}
