import { readFileSync } from 'node:fs'
import { featureCount, features, rowBits, type Sight } from './features.ts'
import { type Reading, stretch } from './reading.ts'

/** What a token is in a name: outside, or first or further word of a person, place, body or address. */
export const tags = ['O', 'B-PERSON', 'I-PERSON', 'B-LOCATION', 'I-LOCATION', 'B-ORGANISATION', 'I-ORGANISATION', 'B-ADDRESS', 'I-ADDRESS'] as const
export const tagCount = tags.length

/** A linear-chain model: a row of weights for each hashed feature, and the weights of one tag after another. */
export interface Model {
  readonly scale: number
  readonly rows: Int8Array | Float32Array
  /** From tag × to tag, in whole weights. */
  readonly steps: Float32Array
}

let loaded: Model | undefined

/** The shipped weights; see PROVENANCE.md. */
export function shippedModel(): Model {
  if (!loaded) {
    const file = readFileSync(new URL('./model.bin', import.meta.url))
    const scale = file.readFloatLE(0)
    const steps = new Float32Array(tagCount * tagCount)
    for (let at = 0; at < steps.length; at++) steps[at] = file.readFloatLE(4 + at * 4)
    const offset = 4 + steps.length * 4
    loaded = { scale, steps, rows: new Int8Array(file.buffer, file.byteOffset + offset, tagCount << rowBits) }
  }
  return loaded
}

const rowsOfToken = new Int32Array(featureCount)
const scores = new Float32Array(tagCount)
const best = new Float32Array(tagCount)
const next = new Float32Array(tagCount)
const back = new Uint8Array((stretch + 1) * tagCount)

/** Scores one token for each tag, without what stands before it. */
function emit(model: Model, reading: Reading, sight: Sight, at: number): void {
  features(reading, sight, at, rowsOfToken, 0)
  const { rows, scale } = model
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0
  let s8 = 0
  for (let index = 0; index < featureCount; index++) {
    const row = rowsOfToken[index]! * tagCount
    s0 += rows[row]!
    s1 += rows[row + 1]!
    s2 += rows[row + 2]!
    s3 += rows[row + 3]!
    s4 += rows[row + 4]!
    s5 += rows[row + 5]!
    s6 += rows[row + 6]!
    s7 += rows[row + 7]!
    s8 += rows[row + 8]!
  }
  scores[0] = s0 * scale
  scores[1] = s1 * scale
  scores[2] = s2 * scale
  scores[3] = s3 * scale
  scores[4] = s4 * scale
  scores[5] = s5 * scale
  scores[6] = s6 * scale
  scores[7] = s7 * scale
  scores[8] = s8 * scale
}

/** Further words follow only words of their own kind. */
export function mayFollow(from: number, to: number): boolean {
  return to === 0 || to % 2 === 1 || from === to || from === to - 1
}

/**
 * Tags the active tokens [from, to) by Viterbi, starting from outside; `sure` receives for each token how far its tag
 * is ahead of `outside` (or, when outside, of the best other tag), as a probability.
 */
export function decode(model: Model, reading: Reading, sight: Sight, from: number, to: number, tagged: Uint8Array, sure: Float32Array): void {
  const { steps } = model
  for (let at = from; at < to; at++) {
    emit(model, reading, sight, at)
    let most = scores[1]!
    for (let tag = 2; tag < tagCount; tag++) if (scores[tag]! > most) most = scores[tag]!
    sure[at] = 1 / (1 + Math.exp(scores[0]! - most))
    for (let tag = 0; tag < tagCount; tag++) {
      let top = Number.NEGATIVE_INFINITY
      let source = 0
      if (at === from) {
        if (tag === 0 || tag % 2 === 1) top = steps[tag]!
      } else if (tag === 0 || tag % 2 === 1) {
        for (let previous = 0; previous < tagCount; previous++) {
          const score = best[previous]! + steps[previous * tagCount + tag]!
          if (score > top) {
            top = score
            source = previous
          }
        }
      } else {
        const first = best[tag - 1]! + steps[(tag - 1) * tagCount + tag]!
        const further = best[tag]! + steps[tag * tagCount + tag]!
        source = first > further ? tag - 1 : tag
        top = first > further ? first : further
      }
      next[tag] = top + scores[tag]!
      back[at * tagCount + tag] = source
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
