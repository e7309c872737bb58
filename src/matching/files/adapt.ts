import { levels } from '../compare/opened.ts'
import { comparePeople } from '../compare/people.ts'
import { FIELD_NAMES, FIELDS, type FieldName, LEVELS } from '../fields.ts'
import { buildModel, EXPLANATIONS, type FieldModel, type Model, type ModelFile } from '../model.ts'
import { rareness, together, weighPair } from '../weigh.ts'
import type { Edges } from './edges.ts'
import { type Place, placeOf, type Work } from './score-rows.ts'

const ROUNDS = 8
/** how many imagined pairs stand behind each shipped share */
const BELIEF_SAME = 60
const BELIEF_STRANGER = 400
const MOST_PAIRS = 100_000
/** pairs drawn blindly: at most so many, and so many a row */
const STRANGERS = 60_000
const STRANGERS_A_ROW = 50
/** how far, in natural logarithm, a lesser agreement may outweigh a better one */
const TOLERANCE = 0.7
/** at most so many moved for each who stayed */
const MOVED = 0.5
/** so many twins for each of the same household: a file without families has no twins either */
const TWINS = 0.025

/**
 * Fits the shipped model to the file at hand: how many pairs are one person, how often each level is seen among them
 * and among strangers. Informed by the shipped shares; a field whose new weights are not in the shipped order, best
 * agreement first, keeps its shipped ones. `share`: of the file's rows, how many the candidates were sought for.
 */
export function adaptModel(work: Work, candidates: Edges, strangers: Strangers, share = 1): Model {
  const shipped = work.model.file
  const pairs = sample(work, candidates, share)
  let file = withStrangers(shipped, strangers)
  let model = buildModel(file)
  for (let round = 0; round < ROUNDS; round++) {
    file = refit(shipped, strangers, model, pairs, work.frequencies.population)
    model = buildModel(file)
  }
  return model
}

interface Pairs {
  readonly n: number
  readonly levels: Uint8Array
  readonly rareness: Float32Array
  readonly together: Float32Array
  /** how many candidate pairs each sampled one stands for */
  readonly each: number
}

function sample(work: Work, { a, b }: Edges, share: number): Pairs {
  const step = Math.max(1, Math.ceil(a.length / MOST_PAIRS))
  const most = Math.ceil(a.length / step)
  const pairs = {
    n: 0,
    levels: new Uint8Array(most * FIELDS),
    rareness: new Float32Array(most * FIELDS),
    together: new Float32Array(most),
    each: step / share,
  }
  const one: Place = { words: new Int32Array(0), start: 0 }
  const other: Place = { words: one.words, start: 0 }
  for (let i = 0; i < a.length; i += step) {
    placeOf(work.segments, a[i]!, one)
    placeOf(work.segments, b[i]!, other)
    weighPair(one.words, one.start, other.words, other.start, work.frequencies, work.model)
    pairs.levels.set(levels, pairs.n * FIELDS)
    for (let f = 0; f < FIELDS; f++) pairs.rareness[pairs.n * FIELDS + f] = levels[f] === 0 ? 0 : rareness[f]!
    pairs.together[pairs.n] = together
    pairs.n++
  }
  return pairs
}

/** By field: how often strangers agree so. */
export type Strangers = ReadonlyMap<FieldName, readonly number[]>

/** How often two rows drawn blindly agree: they are strangers but for a handful. */
export function strangerShares(work: Work): Strangers {
  const shipped = work.model.file
  const seen = new Float64Array(FIELDS * LEVELS)
  const total = work.segments.reduce((n, segment) => n + segment.starts.length - 1, 0)
  const one: Place = { words: new Int32Array(0), start: 0 }
  const other: Place = { words: one.words, start: 0 }
  let state = 0x2545f491
  const draw = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % total
  }
  const drawn = total > 50 ? Math.min(STRANGERS, total * STRANGERS_A_ROW) : 0
  for (let i = 0; i < drawn; i++) {
    const x = draw()
    const y = draw()
    if (x === y) continue
    placeOf(work.segments, x, one)
    placeOf(work.segments, y, other)
    comparePeople(one.words, one.start, other.words, other.start)
    for (let f = 0; f < FIELDS; f++) seen[f * LEVELS + levels[f]!]! += 1
  }
  const shares = new Map<FieldName, number[]>()
  for (const [f, name] of FIELD_NAMES.entries()) {
    shares.set(name, blend(seen, f, shipped.fields[name].stranger, BELIEF_STRANGER))
  }
  return shares
}

function blend(seen: Float64Array, field: number, shipped: readonly number[], belief: number): number[] {
  let sum = 0
  for (let level = 1; level <= shipped.length; level++) sum += seen[field * LEVELS + level]!
  return shipped.map((share, i) => (seen[field * LEVELS + i + 1]! + belief * share) / (sum + belief))
}

function withStrangers(file: ModelFile, strangers: Strangers): ModelFile {
  const fields = Object.fromEntries(
    FIELD_NAMES.map((name) => [name, { ...file.fields[name], stranger: strangers.get(name)! }]),
  ) as unknown as Record<FieldName, FieldModel>
  return { ...file, fields }
}

/** One round: how far each explanation is believed for each pair, then shares and priors that follow from it. */
function refit(shipped: ModelFile, strangers: Strangers, model: Model, pairs: Pairs, population: number): ModelFile {
  const believed = new Float64Array(EXPLANATIONS)
  const same = new Float64Array(FIELDS * LEVELS)
  const moved = new Float64Array(FIELDS * LEVELS)
  const chance = new Float64Array(EXPLANATIONS)
  for (let i = 0; i < pairs.n; i++) {
    explain(model, pairs, i, population, chance)
    for (let c = 0; c < EXPLANATIONS; c++) believed[c]! += chance[c]!
    for (let f = 0; f < FIELDS; f++) {
      const cell = f * LEVELS + pairs.levels[i * FIELDS + f]!
      // learnt from those who stayed: who moved is told from a stranger by little, and would teach coincidences
      same[cell]! += chance[0]!
      moved[cell]! += chance[1]!
    }
  }
  const families = model.priors[2]! > FAMILIES * model.priors[0]!
  const fields = {} as Record<FieldName, FieldModel>
  for (const [f, name] of FIELD_NAMES.entries()) {
    const before = shipped.fields[name]
    const fitted: FieldModel = {
      ...before,
      stranger: strangers.get(name)!,
      same: blend(same, f, before.same, BELIEF_SAME),
      ...(Array.isArray(before.moved) ? { moved: blend(moved, f, before.moved as number[], BELIEF_SAME) } : {}),
    }
    const capped = families && TAUGHT_BY_TWINS.has(name)
    fields[name] = guard(capped ? { ...fitted, same: noMoreDifferent(fitted.same, before.same) } : fitted, before)
  }
  const scale = (2 * pairs.each) / population
  const stayed = Math.min(100, Math.max(0.02, believed[0]! * scale))
  const rate = (c: number, least: number, most: number) => Math.min(most, Math.max(least, believed[c]! * scale))
  const household = rate(2, 0.001, 20)
  return {
    provenance: `${shipped.provenance} Fitted to a file of ${population} rows.`,
    priors: {
      same: stayed,
      moved: rate(1, 0.005, stayed * MOVED),
      household,
      twin: household * TWINS,
      namesake: rate(4, 0.05, 5),
    },
    fields,
  }
}

/** a file has families when so many of one household come to each pair that is one person */
const FAMILIES = 0.2
/** what sets twins apart, who share all else: their pairs would teach that a child may well have two first names */
const TAUGHT_BY_TWINS: ReadonlySet<FieldName> = new Set(['given', 'sex'])

/** the same shares, with disagreement no commoner than shipped */
function noMoreDifferent(fitted: readonly number[], shipped: readonly number[]): number[] {
  const last = fitted.length - 1
  const different = Math.min(fitted[last]!, shipped[last]!)
  const rest = (1 - different) / (1 - fitted[last]!)
  return fitted.map((share, level) => (level === last ? different : share * rest))
}

function explain(model: Model, pairs: Pairs, i: number, population: number, chance: Float64Array): void {
  for (let c = 0; c < EXPLANATIONS; c++) chance[c] = Math.log(model.priors[c]! / population) + pairs.together[i]!
  for (let f = 0; f < FIELDS; f++) {
    const level = pairs.levels[i * FIELDS + f]!
    if (level === 0) continue
    const at = (f * LEVELS + level) * EXPLANATIONS
    const rare = pairs.rareness[i * FIELDS + f]!
    for (let c = 0; c < EXPLANATIONS; c++) chance[c]! += model.weights[at + c]! + model.rarity[at + c]! * rare
  }
  let most = 0
  for (let c = 0; c < EXPLANATIONS; c++) most = Math.max(most, chance[c]!)
  let sum = Math.exp(-most)
  for (let c = 0; c < EXPLANATIONS; c++) {
    chance[c] = Math.exp(chance[c]! - most)
    sum += chance[c]!
  }
  for (let c = 0; c < EXPLANATIONS; c++) chance[c]! /= sum
}

/**
 * The guard. Best agreement must weigh for, disagreement against, and what lies between stay between: a level that does
 * not keeps its shipped shares, and a field whose ends are wrong is refused whole.
 */
function guard(fitted: FieldModel, shipped: FieldModel): FieldModel {
  const last = fitted.same.length - 1
  const weight = (model: FieldModel, level: number) => Math.log(model.same[level]! / model.stranger[level]!)
  if (weight(fitted, 0) <= 0 || weight(fitted, last) >= 0) return shipped
  const same = [...fitted.same]
  const stranger = [...fitted.stranger]
  for (let level = 1; level < last; level++) {
    const most = weight(fitted, 0) + Math.max(0, weight(shipped, level) - weight(shipped, 0)) + TOLERANCE
    if (weight(fitted, level) > most || weight(fitted, level) < weight(fitted, last)) {
      const kept = Math.min(most, Math.max(weight(fitted, last), weight(shipped, level)))
      stranger[level] = shipped.stranger[level]!
      same[level] = stranger[level]! * Math.exp(kept)
    }
  }
  return { ...fitted, same, stranger }
}
