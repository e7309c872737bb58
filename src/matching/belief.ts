import { countsA, countsB, levels, sharedA, sharedB, startsA, startsB } from './compare/opened.ts'
import { comparePeople } from './compare/people.ts'
import { Postcode } from './compare/places.ts'
import { Alike } from './compare/tokens.ts'
import { Field, LEVELS } from './fields.ts'
import { countTerm, type Frequencies, Term, termKey } from './frequencies.ts'
import { Group, JOINED, META, TOKEN } from './layout.ts'
import { EXPLANATIONS, type Model, shippedModel } from './model.ts'
import { chance, weighNames } from './nearly.ts'
import type { PreparedPerson } from './person.ts'
import {
  bothNamesAgree,
  explained,
  FEWEST,
  likelihood,
  namesakes,
  oddsBefore,
  priorOdds,
  rareness,
  relatives,
  together,
  togetherness,
  weighLevels,
} from './weigh.ts'

/**
 * How surely a candidate is the person sought in this population, in bits (0 is even odds). What orders candidates, and holds for a search what whole
 * files learn from themselves: having moved is believed less readily than the model has it, for names run in communities and among a million there
 * is often somebody of nearly the same name and birthday elsewhere; names that nearly agree weigh by how rare they are (`nearly.ts`); and an
 * entry that holds many spellings agrees with anybody the oftener. No allocation.
 */
export function belief(
  sought: PreparedPerson,
  candidate: PreparedPerson,
  frequencies: Frequencies,
  model: Model = shippedModel,
): number {
  comparePeople(sought.words, 0, candidate.words, 0)
  weighLevels(frequencies, model)
  weighNamesAnew(sought.words, candidate.words, frequencies, model)
  oddsBefore(model, frequencies.population)
  return (likelihood + priorOdds(model, frequencies.population) - Math.log(1 + relatives + namesakes)) / Math.LN2
}

/** what the last pair's field weighs for the explanation that they are one person */
function weightOf(model: Model, field: number): number {
  const at = (field * LEVELS + levels[field]!) * EXPLANATIONS
  return model.weights[at]! + model.rarity[at]! * rareness[field]!
}

/** Mends what the explanations of the last pair owe to its names. */
function weighNamesAnew(a: Int32Array, b: Int32Array, frequencies: Frequencies, model: Model): void {
  let given = 0
  let family = 0
  let apart = 0
  if (levels[Field.given] !== 0) {
    given = weighNames(frequencies, model, Field.given) - weightOf(model, Field.given)
    apart += chance
    const unlike = levels[Field.given]! >= Alike.alike && levels[Field.given] !== Alike.initial
    if (unlike && hardlyAnybodyIsCalled(a, frequencies)) given += MISHEARD
  }
  if (levels[Field.family] !== 0) {
    family = weighNames(frequencies, model, Field.family) - weightOf(model, Field.family)
    apart += chance
  }
  const less = bothNamesAgree() ? togetherness(frequencies, model, apart, FEWEST) : 0
  let all = less - together
  // the community that the two names tell is the other name's as well
  if (less < 0 && levels[Field.middle] === 1) all += Math.max(less, Math.min(0, -weightOf(model, Field.middle)))
  all -= ofMany(b, Field.given, Group.given) + ofMany(b, Field.family, Group.family)
  if (levels[Field.postcode] === Postcode.near) all -= NEIGHBOURS
  const swapped = familyInGivenColumn(a, b, frequencies, model)
  explained[0]! += all + given + family + swapped.person
  explained[1]! += all + given + family + swapped.person
  explained[2]! += all + family + swapped.household
  explained[3]! += all + family + swapped.household
  explained[4]! += all + given + family + swapped.person
}

/** The model knows how often one slip meets a postcode by chance in any file; in a whole country each has a dozen times as many neighbours in use. */
const NEIGHBOURS = Math.log(12)

/** a first name that fewer bear is mostly a slip, and then other slips are as many times likelier besides */
const SELDOM = 0.00003
const MISHEARD = Math.log(5)

/** whether hardly anybody bears a first name of the one sought, written out */
function hardlyAnybodyIsCalled(words: Int32Array, { table, totals }: Frequencies): boolean {
  if (totals[Term.given] === 0) return false
  for (let i = 0, at = startsA[Group.given]!; i < countsA[Group.given]!; i++, at += TOKEN)
    if ((words[at + META]! & JOINED) === 0) {
      const initial = (words[at + META]! & 31) === 1
      if (initial || countTerm(table, termKey(Term.given, words[at]!)) > totals[Term.given]! * SELDOM) return false
    }
  return true
}

/** the more spellings a candidate has, the oftener one of them agrees by chance; two words joined are no other spelling */
function ofMany(words: Int32Array, field: number, group: number): number {
  const level = levels[field]!
  if (level === 0 || level > Alike.alike) return 0
  let spellings = 0
  for (let i = 0, at = startsB[group]!; i < countsB[group]!; i++, at += TOKEN)
    if ((words[at + META]! & JOINED) === 0) spellings++
  return Math.log(Math.max(spellings, 1))
}

const NOT_SWAPPED = { person: 0, household: 0 }
const mended = { person: 0, household: 0 }
/** how often first and family name stand in each other's columns, and how often another first name is one person's all the same */
const SWAPPED = 0.02
const RENAMED = 0.05

/**
 * A family name in the column of first names on both sides (`Marin Lucian` and `Marin Ana`) is shared by the whole household, and is no first
 * name however rare it is as one.
 */
function familyInGivenColumn(
  a: Int32Array,
  b: Int32Array,
  frequencies: Frequencies,
  model: Model,
): { person: number; household: number } {
  if (levels[Field.given] !== Alike.exact || levels[Field.family]! < Alike.vague) return NOT_SWAPPED
  const word = sharedA[Field.given]!
  if (!holdsFamily(a, startsA, countsA, word) && !holdsFamily(b, startsB, countsB, sharedB[Field.given]!))
    return NOT_SWAPPED
  const asGiven = countTerm(frequencies.table, termKey(Term.given, word)) + 1
  if (countTerm(frequencies.table, termKey(Term.family, word)) + 1 <= asGiven) return NOT_SWAPPED
  const shared = Math.log((SWAPPED * Math.max(frequencies.totals[Term.given]!, 1)) / asGiven)
  mended.person = shared + Math.log(RENAMED) - weightOf(model, Field.given) - weightOf(model, Field.family)
  const given = (Field.given * LEVELS + Alike.exact) * EXPLANATIONS
  const family = (Field.family * LEVELS + levels[Field.family]!) * EXPLANATIONS
  mended.household = shared - model.weights[given + 2]! - model.weights[family + 2]!
  return mended
}

function holdsFamily(words: Int32Array, starts: Int32Array, counts: Uint8Array, word: number): boolean {
  for (let i = 0, at = starts[Group.family]!; i < counts[Group.family]!; i++, at += TOKEN)
    if (words[at] === word) return true
  return false
}
