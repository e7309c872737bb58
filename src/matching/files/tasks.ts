import { eachTerm } from '../count-terms.ts'
import { type Frequencies, TERMS, TogetherCounter } from '../frequencies.ts'
import { buildModel, type ModelFile } from '../model.ts'
import type { Columns } from './columns.ts'
import { concatenate, type Edges } from './edges.ts'
import { indexKeys, type KeyIndex } from './index-keys.ts'
import { BadRow } from './row-reader.ts'
import { Desk, scoreRows } from './score-rows.ts'
import { type Chunk, prepareChunk, type Segment } from './segment.ts'

/** What a thread is asked for; everything large in it is shared memory. */
export type Task = PrepareTask | IndexTask | ScoreTask

export interface PrepareTask {
  readonly kind: 'prepare'
  readonly chunk: Chunk
  readonly columns: Columns
  /** shared: the counts of all terms of all files */
  readonly table: Int32Array
  /** shared: how many rows are read */
  readonly read: Int32Array
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
  /** whoever is met is weighed, for learning */
  readonly wide: boolean
  /** shared: the next row that nobody has taken */
  readonly cursor: Int32Array
  /** rows to do in all, and how many are taken and passed over at a time */
  readonly rows: number
  readonly take: number
  readonly skip: number
}

export interface Prepared {
  readonly segment: Segment
  /** terms counted by kind */
  readonly totals: Float64Array
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

function prepare({ chunk, columns, table, read }: PrepareTask): Answer<PrepareTask> {
  const totals = new Float64Array(TERMS)
  const terms = new TogetherCounter(table)
  const count = (kind: number, key: number) => {
    totals[kind]! += 1
    terms.add(key)
  }
  try {
    const segment = prepareChunk(chunk, columns, (words, start) => {
      eachTerm(words, start, count)
      Atomics.add(read, 0, 1)
    })
    terms.flush()
    return { segment, totals }
  } catch (error) {
    if (error instanceof BadRow) return { refused: error.message }
    throw error
  }
}

/** takes runs of rows until none is left; passes over others when only a sample is wanted */
function scoreAll(task: ScoreTask): Edges {
  const work = { ...task, model: buildModel(task.model) }
  const desk = new Desk(work, task.wide)
  const parts: Edges[] = []
  for (;;) {
    const from = Atomics.add(task.cursor, 0, task.take + task.skip)
    if (from >= task.rows) break
    parts.push(scoreRows(work, from, Math.min(task.rows, from + task.take), task.least, desk))
  }
  return concatenate(parts)
}
