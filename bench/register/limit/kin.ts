import type { Forms } from '../../people/population.ts'
import type { PersonRecord, Rates } from '../../people/records.ts'
import { type Child, type Held, NONE } from './area.ts'
import { type ByName, chanceOfName } from './names.ts'
import { tells } from './told.ts'

/** Of a middle name that no entry tells: the chance that it is the one asked. */
const SAME_MIDDLE_NAME = 0.01
/** Of a mother whom no entry tells: the chance that she bears the two names asked. */
const SAME_MOTHER = 3e-5

export interface MiddleAsked {
  readonly of: (child: Held) => number
  readonly ofName: ByName
}

/** The middle name: told as it is, or missing. Repeats one line of `record` in bench/people/records.ts. */
export function middleAsked({ middle }: PersonRecord, rates: Rates, forms: readonly Forms[]): MiddleAsked {
  const ofName = (name: number): number => {
    if (name === NONE) return middle === '' ? 1 : 0
    if (middle === '') return rates.middleMissing
    return forms[name]![0] === middle ? 1 - rates.middleMissing : 0
  }
  const untold = middle === '' ? rates.middleMissing : (1 - rates.middleMissing) * SAME_MIDDLE_NAME
  return {
    ofName,
    of: (child) => (child.middle === NONE || tells(child.told, 'middle') ? ofName(child.middle) : untold),
  }
}

/** The chances of the mother's two names as the question tells them, for each place where the first may end and the other begin. */
interface MotherRead {
  readonly given: ByName
  readonly family: ByName
}

export interface MotherAsked {
  readonly asked: boolean
  readonly of: (child: Held) => number
  readonly reads: readonly MotherRead[]
}

/** The mother's name: one form of each, or missing, but never of an unborn child's. Repeats the mother of `record` in bench/people/records.ts. */
export function motherAsked({ mother }: PersonRecord, rates: Rates, forms: readonly Forms[]): MotherAsked {
  const words = mother.split(' ')
  const reads = words.slice(1).map((_, index): MotherRead => {
    const given = words.slice(0, index + 1).join(' ')
    const family = words.slice(index + 1).join(' ')
    return {
      given: (name) => chanceOfName(forms[name]!, given, rates.givenOtherForm, 0),
      family: (name) => chanceOfName(forms[name]!, family, rates.familyOtherForm, 0),
    }
  })
  const ofNames = ({ motherGiven, motherFamily }: Child): number => {
    let chance = 0
    for (const read of reads) {
      const given = read.given(motherGiven)
      if (given > 0) chance += given * read.family(motherFamily)
    }
    return chance
  }
  const of = (child: Held): number => {
    if (child.motherGiven === NONE) return mother === '' ? 1 : 0
    const missing = child.unborn ? 0 : rates.motherMissing
    if (mother === '') return missing
    return (1 - missing) * (tells(child.told, 'mother') ? ofNames(child) : SAME_MOTHER)
  }
  return { asked: mother !== '', of, reads }
}
