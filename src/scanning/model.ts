import { readFileSync } from 'node:fs'
import { featureCount, features, rowBits, type Sight } from './features.ts'
import { type Reading, stretch } from './reading.ts'

/** What a token is in a name: outside, or first or further word of a person, place, body or address. */
export const tags = [
  'O',
  'B-PERSON',
  'I-PERSON',
  'B-LOCATION',
  'I-LOCATION',
  'B-ORGANISATION',
  'I-ORGANISATION',
  'B-ADDRESS',
  'I-ADDRESS',
] as const
export const tagCount = tags.length

/** A linear-chain model: a row of weights for each hashed feature, and the weights of one tag after another. */
export interface Model {
  /** One step of weight. */
  readonly scale: number
  /**
   * Rows of eight weights, of every tag but `O` (whose weights are nought), in steps from -128 to 127. Each stands in
   * sixteen bits with 128 added, two to an element, so that a whole row is summed in four additions.
   */
  readonly rows: Int32Array
  /** From tag × to tag. */
  readonly steps: Float32Array
}

const lanes = (tagCount - 1) / 2
const bias = 128

/** Lays out rows of eight signed bytes as a model sums them. */
export function layRows(weights: Int8Array): Int32Array {
  const rows = new Int32Array(weights.length / 2)
  for (let at = 0; at < rows.length; at++) rows[at] = (weights[2 * at]! + bias) | ((weights[2 * at + 1]! + bias) << 16)
  return rows
}

let loaded: Model | undefined

/** The shipped weights; see PROVENANCE.md. */
export function shippedModel(): Model {
  if (!loaded) loaded = readModel(readFileSync(new URL('./model.bin', import.meta.url)))
  return loaded
}

/** A model from its file: the scale, the steps, the rows. */
export function readModel(file: Buffer): Model {
  const scale = file.readFloatLE(0)
  const steps = new Float32Array(tagCount * tagCount)
  for (let at = 0; at < steps.length; at++) steps[at] = file.readFloatLE(4 + at * 4)
  const offset = 4 + steps.length * 4
  return {
    scale,
    steps,
    rows: layRows(new Int8Array(file.buffer, file.byteOffset + offset, (tagCount - 1) << rowBits)),
  }
}

const rowsOfToken = new Int32Array(featureCount)
const best = new Float32Array(tagCount)
const next = new Float32Array(tagCount)
const back = new Uint8Array((stretch + 1) * tagCount)
const scores = new Float32Array((stretch + 1) * tagCount)

/** Scores one token for each tag, without what stands before it, into `scores` from `put` on; gives the best but `O`. */
function emit(model: Model, reading: Reading, sight: Sight, at: number, put: number): number {
  features(reading, sight, at, rowsOfToken, 0)
  const { rows, scale } = model
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let index = 0; index < featureCount; index++) {
    const row = rowsOfToken[index]! * lanes
    a = (a + rows[row]!) | 0
    b = (b + rows[row + 1]!) | 0
    c = (c + rows[row + 2]!) | 0
    d = (d + rows[row + 3]!) | 0
  }
  const zero = featureCount * bias
  scores[put] = 0
  scores[put + 1] = ((a & 0xffff) - zero) * scale
  scores[put + 2] = ((a >>> 16) - zero) * scale
  scores[put + 3] = ((b & 0xffff) - zero) * scale
  scores[put + 4] = ((b >>> 16) - zero) * scale
  scores[put + 5] = ((c & 0xffff) - zero) * scale
  scores[put + 6] = ((c >>> 16) - zero) * scale
  scores[put + 7] = ((d & 0xffff) - zero) * scale
  scores[put + 8] = ((d >>> 16) - zero) * scale
  let most = scores[put + 1]!
  for (let tag = 2; tag < tagCount; tag++) if (scores[put + tag]! > most) most = scores[put + tag]!
  return most
}

/** Further words follow only words of their own kind. */
export function mayFollow(from: number, to: number): boolean {
  return to === 0 || to % 2 === 1 || from === to || from === to - 1
}

/** Below this a token is outside a name whatever stands beside it. */
const hopeless = -7

/**
 * Tags the active tokens [from, to) by Viterbi, starting from outside; `sure` receives for each token how probable a
 * name is there, by the token alone.
 */
export function decode(
  model: Model,
  reading: Reading,
  sight: Sight,
  from: number,
  to: number,
  tagged: Uint8Array,
  sure: Float32Array,
): void {
  let run = from
  for (let at = from; at < to; at++) {
    const most = emit(model, reading, sight, at, at * tagCount)
    if (most > hopeless) {
      sure[at] = 1 / (1 + Math.exp(-most))
      continue
    }
    sure[at] = 0
    tagged[at] = 0
    if (run < at) bestPath(model, run, at, tagged)
    run = at + 1
  }
  if (run < to) bestPath(model, run, to, tagged)
}

/** Viterbi over the scored tokens [from, to). */
function bestPath(model: Model, from: number, to: number, tagged: Uint8Array): void {
  const { steps } = model
  for (let at = from; at < to; at++) {
    const put = at * tagCount
    for (let tag = 0; tag < tagCount; tag++) {
      let score = Number.NEGATIVE_INFINITY
      let source = 0
      if (at === from) {
        if (tag === 0 || tag % 2 === 1) score = steps[tag]!
      } else if (tag === 0 || tag % 2 === 1) {
        for (let previous = 0; previous < tagCount; previous++) {
          const here = best[previous]! + steps[previous * tagCount + tag]!
          if (here > score) {
            score = here
            source = previous
          }
        }
      } else {
        const first = best[tag - 1]! + steps[(tag - 1) * tagCount + tag]!
        const further = best[tag]! + steps[tag * tagCount + tag]!
        source = first > further ? tag - 1 : tag
        score = Math.max(first, further)
      }
      next[tag] = score + scores[put + tag]!
      back[put + tag] = source
    }
    best.set(next)
  }
  let tag = 0
  for (let other = 1; other < tagCount; other++) if (best[other]! > best[tag]!) tag = other
  for (let at = to - 1; at >= from; at--) {
    tagged[at] = tag
    tag = back[at * tagCount + tag]!
  }
}
