/**
 * Are these two records one person? One scorer serves the single search and whole files. Pure: no database, no clock.
 * Make a person ready (`normalise`), file and seek it under its keys (`keysFor`), weigh candidates (`probability`,
 * `score`); `dedupeFile` and `linkFiles` do all of it for files.
 */
export { belief } from './belief.ts'
export { countPerson, termsFor } from './count-terms.ts'
export { KEY_VERSION, keysFor, soughtKeys } from './entry-keys.ts'
export type { ClassName, FieldName } from './fields.ts'
export { CLASSES } from './fields.ts'
export { dedupeFile, linkFiles, type Matched, type Options, type Pair, type Refused } from './files/match-files.ts'
export { addTerm, createFrequencies, type Frequencies, frequenciesFrom, TERMS } from './frequencies.ts'
export { buildModel, type Model, type ModelFile, shippedModel } from './model.ts'
export type { AddressInput, NameInput, PersonInput, PreparedPerson } from './person.ts'
export { normalise } from './prepare.ts'
export { acceptThreshold, type FieldWeight, probability, type Score, score } from './score.ts'
