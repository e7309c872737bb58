import { levels } from './compare/opened.ts'
import { comparePeople } from './compare/people.ts'
import { CLASSES, type ClassName, FIELD_NAMES, Field, type FieldName, LEVELS } from './fields.ts'
import type { Frequencies } from './frequencies.ts'
import { EXPLANATIONS, type Model, shippedModel } from './model.ts'
import type { PreparedPerson } from './person.ts'
import { sentenceFor } from './sentences.ts'
import { explained, priorOdds, rareness, together, weighLevels, weighPair } from './weigh.ts'

/** What one field says. `weight` in bits: 10 makes the pair about a thousand times likelier one person. */
export interface FieldWeight {
  readonly field: FieldName
  readonly level: string
  readonly weight: number
  readonly text: string
}

export interface Score {
  /** that the two records are one person, 0 to 1, in this population */
  readonly probability: number
  /** each explanation's share of the belief; they sum to 1 */
  readonly classes: Readonly<Record<ClassName, number>>
  /** bits that it is one person: `prior`, the fields and `rival` add up to it; 0 is even odds, 10 a thousand to one */
  readonly weight: number
  /** bits before anything is compared: minus the logarithm of how many people it could be */
  readonly prior: number
  /** the best explanation as two people, other than chance, and the bits (0 or less) that it takes away */
  readonly rival: { readonly class: ClassName; readonly weight: number; readonly text: string }
  readonly fields: readonly FieldWeight[]
}

/** The probability alone: what ranking candidates needs. No allocation. */
export function probability(
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: Frequencies,
  model = shippedModel,
): number {
  const odds = weighPair(a.words, 0, b.words, 0, frequencies, model) + priorOdds(model, frequencies.population)
  return 1 / (1 + Math.exp(-odds))
}

/** Whether two records are one person, and why, field by field. */
export function score(
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: Frequencies,
  model: Model = shippedModel,
): Score {
  comparePeople(a.words, 0, b.words, 0)
  weighLevels(frequencies, model)
  const population = Math.max(frequencies.population, 1)
  const beliefs = CLASSES.map((_, c) =>
    c < EXPLANATIONS ? explained[c]! + Math.log(model.priors[c]! / population) : 0,
  )
  const most = Math.max(...beliefs)
  const shares = beliefs.map((belief) => Math.exp(belief - most))
  const sum = shares.reduce((total, share) => total + share, 0)
  const classes = Object.fromEntries(CLASSES.map((name, c) => [name, shares[c]! / sum])) as Record<ClassName, number>
  const one = beliefs[0]! >= beliefs[1]! ? 0 : 1
  const fields: FieldWeight[] = []
  let total = 0
  for (const [f, field] of FIELD_NAMES.entries()) {
    const level = levels[f]!
    if (level === 0) continue
    const at = (f * LEVELS + level) * EXPLANATIONS + one
    const less = f === Field.family ? together : 0
    const weight = (model.weights[at]! + model.rarity[at]! * rareness[f]! + less) / Math.LN2
    total += weight
    fields.push({ field, weight, ...sentenceFor(field, level, rareness[f]! + less) })
  }
  const prior = Math.log2(model.priors[one]! / population)
  const chance = classes.same + classes.moved
  const weight = Math.log2((shares[0]! + shares[1]!) / Math.max(sum - shares[0]! - shares[1]!, Number.MIN_VALUE))
  let two = 2
  for (let c = 3; c < EXPLANATIONS; c++) if (beliefs[c]! > beliefs[two]!) two = c
  const rival = { class: CLASSES[two]!, weight: weight - prior - total, text: RIVALS[two - 2]! }
  return { probability: chance, classes, prior, rival, weight, fields }
}

const RIVALS = [
  'Could be another of the same household',
  'Could be a twin',
  'Could be another person of the same name',
] as const

/**
 * The weight in bits, without its prior, from which a pair is believed in a population of this size: the threshold
 * follows the number of people it could be confused with, never a fixed score.
 */
export function acceptThreshold(populationSize: number, model: Model = shippedModel): number {
  return -priorOdds(model, populationSize) / Math.LN2
}
