import { bothGiven, levels, namesA, namesB, sharedA, sharedB, sharedTerm } from './compare/opened.ts'
import { comparePeople } from './compare/people.ts'
import { Alike } from './compare/tokens.ts'
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

/**
 * Names and birthday without a place agree by chance more often than the model knows, for names run in communities,
 * and the more so the more people there are: the doubt at 100,000, growing with the square root.
 */
const MOVED_DOUBT = 7.5
const LEAST_MOVED_DOUBT = 4
/** how many imagined values stand behind each frequency, so that a small file is not believed too much */
const SMOOTHING = 200
const MOST = Math.log(2000)
/** no day is rarer than one of a hundred years, however seldom it was seen: it may be written by mistake again */
const LEAST_OF_A_DAY = 1 / 36_525

/**
 * Compares and weighs one pair where it lies. Returns the natural logarithm of the odds that it is one person, before
 * the size of the population: likelihood of `same` or `moved` against all other explanations. Below `least` minus
 * infinity, without the rest of the work. `known`: kept from pair to pair of one file.
 */
export function weighPair(
  a: Int32Array,
  startA: number,
  b: Int32Array,
  startB: number,
  frequencies: Frequencies,
  model: Model,
  least = Number.NEGATIVE_INFINITY,
  known?: Rarities,
): number {
  comparePeople(a, startA, b, startB)
  if (least !== Number.NEGATIVE_INFINITY && mostPossible(model) < least) return Number.NEGATIVE_INFINITY
  weighLevels(frequencies, model, least, known)
  const most = Math.max(explained[0]!, explained[1]!)
  return most < least ? Number.NEGATIVE_INFINITY : oddsBefore(model, frequencies.population)
}

/** what the levels would weigh if every shared value were as rare as any can be: spares looking up how rare they are */
function mostPossible({ weights, rarity }: Model): number {
  let same = 0
  let moved = 0
  for (let field = 0; field < FIELDS; field++) {
    const level = levels[field]!
    if (level === 0) continue
    const at = (field * LEVELS + level) * EXPLANATIONS
    same += weights[at]!
    moved += weights[at + 1]!
    if (sharedTerm[field] === 0) continue
    same += rarity[at]! * MOST
    moved += rarity[at + 1]! * MOST
  }
  return Math.max(same, moved)
}

/**
 * Of the last pair: what is taken off, 0 or less, because first and family name are no independent evidence (names run
 * in communities): where both agree, they weigh no more than the two together are rare.
 */
export let together = 0

/** others of the same two names that are reckoned with, seen or not */
export const FEWEST = 0.5

/** `apart`: natural log of how likely a stranger bears both names, were they independent; `fewestAlike`: reckoned with where the names are only alike. */
export function togetherness(frequencies: Frequencies, model: Model, apart: number, fewestAlike = 0): number {
  const exact = levels[Field.given] === Alike.exact && levels[Field.family] === Alike.exact
  const term = exact ? Term.name : Term.sound
  const total = frequencies.totals[term]!
  if (total === 0) return 0
  const kind = exact ? 0 : 1
  const one = namesA[kind]!
  const other = namesB[kind]!
  let count = countTerm(frequencies.table, termKey(term, one))
  if (one !== other) count = Math.max(count, countTerm(frequencies.table, termKey(term, other)))
  // not counting the person's own records
  const others = Math.max(exact ? FEWEST : fewestAlike, count - 2 - model.priors[0]! - model.priors[1]!)
  return others === 0 ? 0 : Math.min(0, apart - Math.log(others / total))
}

/** whether first and family name agree so well that what the two together say is asked */
export function bothNamesAgree(): boolean {
  const given = levels[Field.given]!
  const family = levels[Field.family]!
  return given !== 0 && family !== 0 && given <= Alike.short && family <= Alike.short
}

function apartOf(model: Model): number {
  const given = Field.given * LEVELS + levels[Field.given]!
  const family = Field.family * LEVELS + levels[Field.family]!
  return (
    Math.log(model.average[given]! * model.average[family]!) -
    model.rarity[given * EXPLANATIONS]! * rareness[Field.given]! -
    model.rarity[family * EXPLANATIONS]! * rareness[Field.family]!
  )
}

/** The weighing alone, for levels that stand in `compare/people.ts`; not to the end where it cannot reach `least`. */
export function weighLevels(
  frequencies: Frequencies,
  model: Model,
  least = Number.NEGATIVE_INFINITY,
  known?: Rarities,
): void {
  const { weights, rarity, average } = model
  let same = 0
  let moved = 0
  let household = 0
  let twin = 0
  let namesake = 0
  for (let field = 0; field < FIELDS; field++) {
    const level = levels[field]!
    if (level === 0) continue
    const at = (field * LEVELS + level) * EXPLANATIONS
    same += weights[at]!
    moved += weights[at + 1]!
    household += weights[at + 2]!
    twin += weights[at + 3]!
    namesake += weights[at + 4]!
    const term = sharedTerm[field]!
    let rare = term === 0 ? 0 : rarer(frequencies, term, field, average[field * LEVELS + 1]!, known)
    if (field === Field.middle && bothGiven[0] !== 0)
      rare = Math.min(rare, afterGiven(frequencies, average[field * LEVELS + 1]!))
    rareness[field] = rare
    if (rare === 0) continue
    same += rarity[at]! * rare
    moved += rarity[at + 1]! * rare
    household += rarity[at + 2]! * rare
    twin += rarity[at + 3]! * rare
    namesake += rarity[at + 4]! * rare
  }
  together = (same < least && moved < least) || !bothNamesAgree() ? 0 : togetherness(frequencies, model, apartOf(model))
  explained[0] = same + together
  explained[1] = moved + together
  explained[2] = household + together
  explained[3] = twin + together
  explained[4] = namesake + together
}

/** records that two records of one person may be among those counted */
const OWN = 1.5

/** How rare the second name is among those who bear the first: `Xiao Hong`, `Mary Jane` are hardly two names. */
function afterGiven({ table }: Frequencies, average: number): number {
  const first = countTerm(table, termKey(Term.given, sharedA[Field.given]!))
  const both = countTerm(table, termKey(Term.given, bothGiven[0]!))
  return Math.max(-MOST, Math.log((average * Math.max(first, 1)) / Math.max(both - OWN, FEWEST)))
}

const LOOKED_UP = 1 << 13

/**
 * How rare values are that were looked up before, for one table of frequencies that no longer changes and one model. At
 * each place the last that fell there: what many share, such as common names, is met again and again.
 */
export class Rarities {
  readonly values = new Int32Array(LOOKED_UP)
  /** field and term, and that there is something here */
  readonly kinds = new Uint16Array(LOOKED_UP)
  readonly answers = new Float64Array(LOOKED_UP)
}

function rarer(frequencies: Frequencies, term: number, field: number, average: number, known?: Rarities): number {
  if (frequencies.totals[term] === 0) return 0
  const a = sharedA[field]!
  const b = sharedB[field]!
  if (known === undefined || a !== b) return rarenessOf(frequencies, term, field, average, a, b)
  const kind = 512 + field * 16 + term
  const place = (a ^ (a >>> 13) ^ Math.imul(kind, 0x9e5)) & (LOOKED_UP - 1)
  if (known.values[place] === a && known.kinds[place] === kind) return known.answers[place]!
  known.values[place] = a
  known.kinds[place] = kind
  known.answers[place] = rarenessOf(frequencies, term, field, average, a, b)
  return known.answers[place]!
}

function rarenessOf(
  { table, totals }: Frequencies,
  term: number,
  field: number,
  average: number,
  a: number,
  b: number,
): number {
  let count = countTerm(table, termKey(term, a))
  if (a !== b) count = Math.max(count, countTerm(table, termKey(term, b)))
  if (term === Term.given && field === Field.middle) count = Math.max(count, 1)
  // a parent's name may be the family's: as common as it is in either column
  if (field === Field.kin) {
    const family = Math.max(countTerm(table, termKey(Term.family, a)), countTerm(table, termKey(Term.family, b)))
    count = Math.max(count, (family * totals[Term.given]!) / Math.max(totals[Term.family]!, 1))
  }
  let share = (count + SMOOTHING * average) / (totals[term]! + SMOOTHING)
  if (term === Term.born && share < LEAST_OF_A_DAY) share = LEAST_OF_A_DAY
  const log = Math.log(average / share)
  return Math.min(MOST, Math.max(-MOST, log))
}

/** log of (same or moved) over (everything else), each by how often it occurs among pairs of this population */
export function oddsBefore(model: Model, population: number): number {
  const { priors } = model
  const most = Math.max(explained[0]!, explained[1]!)
  const same = priors[0]! * Math.exp(explained[0]! - most) + priors[1]! * Math.exp(explained[1]! - most)
  const prior = Math.log(priors[0]! + priors[1]!)
  likelihood =
    most -
    prior +
    Math.log(
      priors[0]! * Math.exp(explained[0]! - most) +
        (priors[1]! / Math.max(LEAST_MOVED_DOUBT, MOVED_DOUBT * Math.sqrt(population / 100_000))) *
          Math.exp(explained[1]! - most),
    )
  relatives = (priors[2]! * Math.exp(explained[2]!) + priors[3]! * Math.exp(explained[3]!)) / population
  namesakes = (priors[4]! * Math.exp(explained[4]!)) / population
  return most + Math.log(same) - prior - Math.log(1 + relatives + namesakes)
}

/** Log odds that a pair of this population is one person before anything is compared. */
export function priorOdds(model: Model, population: number): number {
  return Math.log((model.priors[0]! + model.priors[1]!) / Math.max(population, 1))
}
