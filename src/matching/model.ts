import { readFileSync } from 'node:fs'
import { CLASSES, type ClassName, FIELD_NAMES, FIELDS, type FieldName, LEVEL_NAMES, LEVELS } from './fields.ts'

type Shares = readonly number[]

/** How often each level is seen, by class, for one field; a class left out is like `same`, a word names another class. */
export interface FieldModel {
  /** by level: how much of the value's own rarity counts, 0 to 1 */
  readonly frequency?: Shares
  readonly same: Shares
  readonly stranger: Shares
  readonly moved?: Shares | ClassName
  readonly household?: Shares | ClassName
  readonly twin?: Shares | ClassName
  readonly namesake?: Shares | ClassName
}

/** The model as it is shipped: a data file with its provenance. Priors are pairs a person has in the population. */
export interface ModelFile {
  readonly provenance: string
  readonly priors: Readonly<Record<Exclude<ClassName, 'stranger'>, number>>
  readonly fields: Readonly<Record<FieldName, FieldModel>>
}

/** The same, ready to weigh with: natural logarithms against `stranger`, five explanations to a level. */
export interface Model {
  readonly file: ModelFile
  /** `[(field * LEVELS + level) * 5 + class]` */
  readonly weights: Float64Array
  /** `[(field * LEVELS + level) * 5 + class]`: share of the value's rarity that speaks for that class */
  readonly rarity: Float64Array
  /** `[field * LEVELS + level]`: how often strangers agree so, on average */
  readonly average: Float64Array
  readonly priors: Float64Array
}

/** explanations other than `stranger`, against which they are weighed */
export const EXPLANATIONS = 5

export function buildModel(file: ModelFile): Model {
  const size = FIELDS * LEVELS * EXPLANATIONS
  const model: Model = {
    file,
    weights: new Float64Array(size),
    rarity: new Float64Array(size),
    average: new Float64Array(FIELDS * LEVELS),
    priors: Float64Array.from(CLASSES.slice(0, EXPLANATIONS), (name) => file.priors[name as 'same']),
  }
  for (const [f, name] of FIELD_NAMES.entries()) {
    const field = file.fields[name]
    for (let level = 1; level <= LEVEL_NAMES[name].length; level++) {
      const stranger = field.stranger[level - 1]!
      model.average[f * LEVELS + level] = stranger
      for (let c = 0; c < EXPLANATIONS; c++) {
        const shares = sharesOf(field, CLASSES[c]!)
        const at = (f * LEVELS + level) * EXPLANATIONS + c
        model.weights[at] = Math.log(shares[level - 1]! / stranger)
        // only a class that causes the agreement gains from the value being rare
        model.rarity[at] = shares[level - 1]! > stranger * 5 ? (field.frequency?.[level - 1] ?? 0) : 0
      }
    }
  }
  return model
}

function sharesOf(field: FieldModel, name: ClassName): Shares {
  const own = field[name]
  if (own === undefined) return field.same
  return typeof own === 'string' ? sharesOf(field, own) : own
}

export const shippedModel: Model = buildModel(
  JSON.parse(readFileSync(new URL('./model.json', import.meta.url), 'utf8')) as ModelFile,
)
