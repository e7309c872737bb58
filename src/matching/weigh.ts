import { comparePeople, levels, sharedA, sharedB, sharedTerm } from './compare/people.ts'
import { FIELDS, Field, LEVELS } from './fields.ts'
import { countTerm, type Frequencies, Term, termKey } from './frequencies.ts'
import { EXPLANATIONS, type Model } from './model.ts'

/** Result of the last `weighPair`: natural logarithm of each explanation's likelihood against `stranger`. */
export const explained = new Float64Array(EXPLANATIONS)
/** by field: log of how much rarer than average the shared value is; 0 where that does not count */
export const rareness = new Float64Array(FIELDS)

/**
 * Of the last pair: natural log of the likelihood that they are one person, against chance, where having moved is
 * believed less readily than the model has it (`MOVED_DOUBT`). For claims about whole files.
 */
export let likelihood = 0
/** Of the last pair: how likely, against chance and by how often it occurs, that they are two of one family. */
export let relatives = 0
/** The same, that they are two of one name. */
export let namesakes = 0

/** names and birthday without a place agree by chance more often than the model knows: names run in communities */
const MOVED_DOUBT = 6
/** how many imagined values stand behind each frequency, so that a small file is not believed too much */
const SMOOTHING = 200
const MOST = Math.log(2000)

/**
 * Compares and weighs one pair where it lies. Returns the natural logarithm of the odds that it is one person, before
 * the size of the population: likelihood of `same` or `moved` against all other explanations.
 */
export function weighPair(
  a: Int32Array,
  startA: number,
  b: Int32Array,
  startB: number,
  frequencies: Frequencies,
  model: Model,
): number {
  comparePeople(a, startA, b, startB)
  weighLevels(frequencies, model)
  return oddsBefore(model, frequencies.population)
}

/** The weighing alone, for levels that stand in `compare/people.ts`. */
export function weighLevels(frequencies: Frequencies, model: Model): void {
  explained.fill(0)
  const { weights, rarity, average } = model
  for (let field = 0; field < FIELDS; field++) {
    const level = levels[field]!
    if (level === 0) continue
    const cell = field * LEVELS + level
    let rare = 0
    const term = sharedTerm[field]!
    if (term !== 0) rare = rarer(frequencies, term, field, average[field * LEVELS + 1]!)
    rareness[field] = rare
    const at = cell * EXPLANATIONS
    for (let c = 0; c < EXPLANATIONS; c++) explained[c]! += weights[at + c]! + rarity[at + c]! * rare
  }
}

function rarer(frequencies: Frequencies, term: number, field: number, average: number): number {
  const { table, totals } = frequencies
  const total = totals[term]!
  if (total === 0) return 0
  const a = sharedA[field]!
  const b = sharedB[field]!
  let count = countTerm(table, termKey(term, a))
  if (a !== b) count = Math.max(count, countTerm(table, termKey(term, b)))
  if (term === Term.given && field === Field.middle) count = Math.max(count, 1)
  const share = (count + SMOOTHING * average) / (total + SMOOTHING)
  const log = Math.log(average / share)
  return log > MOST ? MOST : log < -MOST ? -MOST : log
}

/** log of (same or moved) over (everything else), each by how often it occurs among pairs of this population */
function oddsBefore(model: Model, population: number): number {
  const { priors } = model
  const most = Math.max(explained[0]!, explained[1]!)
  const same = priors[0]! * Math.exp(explained[0]! - most) + priors[1]! * Math.exp(explained[1]! - most)
  const prior = Math.log(priors[0]! + priors[1]!)
  likelihood =
    most -
    prior +
    Math.log(priors[0]! * Math.exp(explained[0]! - most) + (priors[1]! / MOVED_DOUBT) * Math.exp(explained[1]! - most))
  relatives = (priors[2]! * Math.exp(explained[2]!) + priors[3]! * Math.exp(explained[3]!)) / population
  namesakes = (priors[4]! * Math.exp(explained[4]!)) / population
  return most + Math.log(same) - prior - Math.log(1 + relatives + namesakes)
}

/** Log odds that a pair of this population is one person before anything is compared. */
export function priorOdds(model: Model, population: number): number {
  return Math.log((model.priors[0]! + model.priors[1]!) / Math.max(population, 1))
}
