import { featureCount, features, look, makeSight, rowBits } from '../../src/scanning/features.ts'
import { mayFollow, tagCount } from '../../src/scanning/model.ts'
import { makeReading, read, stretch } from '../../src/scanning/reading.ts'
import { coverTokens, scanFigures } from '../../src/scanning/scan-figures.ts'
import type { Mark } from '../../src/scanning/span.ts'
import type { Labelled, Tag } from './corpus/fill.ts'
import type { Chance } from './corpus/random.ts'

/** A run of tokens that a name could stand in: its feature rows and its right tags. */
export interface Run {
  readonly rows: Int32Array
  readonly tags: Uint8Array
}

const first: Readonly<Record<Tag, number>> = { PERSON: 1, LOCATION: 3, ORGANISATION: 5, ADDRESS: 7 }
const reading = makeReading()
const sight = makeSight()
const covered = new Uint8Array(stretch + 1)

/** Cuts a labelled text into runs. */
export function runsOf(sample: Labelled): Run[] {
  if (sample.text.length > stretch) throw new Error('A training text is longer than a stretch.')
  read(sample.text, 0, sample.text.length, reading)
  const marks: Mark[] = []
  scanFigures(reading, marks)
  coverTokens(reading, marks, covered)
  look(reading, covered, sight)
  const { tokens } = reading
  const gold = new Uint8Array(tokens.count)
  for (const span of sample.spans) {
    let open = false
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.end[at]! <= span.start || tokens.start[at]! >= span.end) continue
      gold[at] = first[span.tag] + (open ? 1 : 0)
      open = true
    }
  }
  const runs: Run[] = []
  for (let from = 0; from < tokens.count; ) {
    if (sight.active[from] === 0) {
      from++
      continue
    }
    let to = from
    while (to < tokens.count && sight.active[to] !== 0) to++
    const rows = new Int32Array((to - from) * featureCount)
    const tags = gold.slice(from, to)
    for (let at = from; at < to; at++) features(reading, sight, at, rows, (at - from) * featureCount)
    for (let at = 0; at < tags.length; at++) {
      const before = at === 0 ? 0 : tags[at - 1]!
      if (!mayFollow(before, tags[at]!)) tags[at] = tags[at]! - 1
    }
    runs.push({ rows, tags })
    from = to
  }
  return runs
}

export interface Learnt {
  readonly rows: Float32Array
  readonly steps: Float32Array
}

export interface Course {
  readonly rounds: number
  readonly rate: number
  readonly dropout: number
  readonly decay: number
}

/** Trains a linear-chain conditional random field by stochastic gradients (AdaGrad), with features left out at random. */
export function learn(runs: readonly Run[], course: Course, by: Chance): Learnt {
  const size = tagCount << rowBits
  const weights = new Float32Array(size)
  const pace = new Float32Array(size)
  const steps = new Float32Array(tagCount * tagCount)
  const stepPace = new Float32Array(tagCount * tagCount)
  const sum = new Float32Array(size)
  const stepSum = new Float32Array(tagCount * tagCount)
  const order = runs.map((_, index) => index)
  const longest = runs.reduce((most, run) => Math.max(most, run.tags.length), 1)
  const score = new Float64Array(longest * tagCount)
  const ahead = new Float64Array(longest * tagCount)
  const behind = new Float64Array(longest * tagCount)
  const kept = new Uint8Array(longest * featureCount)
  const hold = new Float64Array(tagCount)
  const blocked = Number.NEGATIVE_INFINITY
  const move = (at: number, gradient: number, where: Float32Array, paces: Float32Array): void => {
    paces[at] = paces[at]! + gradient * gradient
    where[at] = where[at]! - (course.rate * gradient) / (1e-6 + Math.sqrt(paces[at]!))
  }
  let averaged = 0
  for (let round = 0; round < course.rounds; round++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = by.below(at + 1)
      const held = order[at]!
      order[at] = order[other]!
      order[other] = held
    }
    for (const index of order) {
      const { rows, tags } = runs[index]!
      const count = tags.length
      for (let at = 0; at < count * featureCount; at++) kept[at] = by.next() >= course.dropout ? 1 : 0
      score.fill(0, 0, count * tagCount)
      for (let at = 0; at < count; at++)
        for (let feature = 0; feature < featureCount; feature++) {
          if (kept[at * featureCount + feature] === 0) continue
          const row = rows[at * featureCount + feature]! * tagCount
          for (let tag = 0; tag < tagCount; tag++) score[at * tagCount + tag]! += weights[row + tag]!
        }
      for (let at = 0; at < count; at++)
        for (let tag = 0; tag < tagCount; tag++) {
          if (at === 0) ahead[tag] = mayFollow(0, tag) ? steps[tag]! + score[tag]! : blocked
          else {
            for (let from = 0; from < tagCount; from++)
              hold[from] = mayFollow(from, tag)
                ? ahead[(at - 1) * tagCount + from]! + steps[from * tagCount + tag]!
                : blocked
            ahead[at * tagCount + tag] = logSum(hold) + score[at * tagCount + tag]!
          }
        }
      for (let at = count - 1; at >= 0; at--)
        for (let tag = 0; tag < tagCount; tag++) {
          if (at === count - 1) behind[at * tagCount + tag] = 0
          else {
            for (let to = 0; to < tagCount; to++)
              hold[to] = mayFollow(tag, to)
                ? behind[(at + 1) * tagCount + to]! + steps[tag * tagCount + to]! + score[(at + 1) * tagCount + to]!
                : blocked
            behind[at * tagCount + tag] = logSum(hold)
          }
        }
      for (let tag = 0; tag < tagCount; tag++) hold[tag] = ahead[(count - 1) * tagCount + tag]!
      const total = logSum(hold)
      for (let at = 0; at < count; at++) {
        for (let tag = 0; tag < tagCount; tag++) {
          const gradient =
            Math.exp(ahead[at * tagCount + tag]! + behind[at * tagCount + tag]! - total) - (tags[at] === tag ? 1 : 0)
          if (Math.abs(gradient) < 1e-4) continue
          for (let feature = 0; feature < featureCount; feature++)
            if (kept[at * featureCount + feature] === 1)
              move(rows[at * featureCount + feature]! * tagCount + tag, gradient, weights, pace)
        }
        for (let tag = 0; tag < tagCount; tag++)
          for (let from = 0; from < tagCount; from++) {
            if ((at === 0 && from !== 0) || !mayFollow(from, tag)) continue
            const before = at === 0 ? steps[tag]! : ahead[(at - 1) * tagCount + from]! + steps[from * tagCount + tag]!
            const share = Math.exp(before + score[at * tagCount + tag]! + behind[at * tagCount + tag]! - total)
            const right = (at === 0 ? 0 : tags[at - 1]) === from && tags[at] === tag ? 1 : 0
            if (Math.abs(share - right) > 1e-4) move(from * tagCount + tag, share - right, steps, stepPace)
          }
      }
    }
    for (let at = 0; at < size; at++) weights[at]! *= 1 - course.decay
    if (round >= course.rounds / 2) {
      averaged++
      for (let at = 0; at < size; at++) sum[at]! += weights[at]!
      for (let at = 0; at < steps.length; at++) stepSum[at]! += steps[at]!
    }
  }
  // left-out features are all there when the model is used
  const keep = 1 - course.dropout
  for (let at = 0; at < size; at++) sum[at] = (sum[at]! / averaged) * keep
  for (let at = 0; at < steps.length; at++)
    stepSum[at] = mayFollow(Math.floor(at / tagCount), at % tagCount) ? stepSum[at]! / averaged : -1e6
  return { rows: sum, steps: stepSum }
}

function logSum(values: Float64Array): number {
  let most = values[0]!
  for (const value of values) if (value > most) most = value
  if (most === Number.NEGATIVE_INFINITY) return most
  let sum = 0
  for (const value of values) sum += Math.exp(value - most)
  return most + Math.log(sum)
}

/** The model's file: weights relative to `O`'s, in whole steps of one scale. */
export function pack({ rows, steps }: Learnt): Buffer {
  const count = 1 << rowBits
  const relative = new Float32Array(count * (tagCount - 1))
  for (let row = 0; row < count; row++)
    for (let tag = 1; tag < tagCount; tag++)
      relative[row * (tagCount - 1) + tag - 1] = rows[row * tagCount + tag]! - rows[row * tagCount]!
  let most = 0
  for (const weight of relative) most = Math.max(most, Math.abs(weight))
  const scale = Math.min(most, 2.5) / 127
  const file = Buffer.alloc(4 + steps.length * 4 + relative.length)
  file.writeFloatLE(scale, 0)
  steps.forEach((step, at) => void file.writeFloatLE(step, 4 + at * 4))
  const offset = 4 + steps.length * 4
  relative.forEach(
    (weight, at) => void file.writeInt8(Math.max(-127, Math.min(127, Math.round(weight / scale))), offset + at),
  )
  return file
}
