import type { Forms } from '../../people/population.ts'
import { type PersonRecord, type Rates, TIMES_OTHER_FORM } from '../../people/records.ts'
import { type Child, NONE } from './area.ts'
import { chanceOfFirstLetter, chanceOfSlip } from './slip.ts'

/** The chance of something, by the number of a name's forms. */
export type ByName = (name: number) => number

/** A question's two names taken as first and family name: the chances that a name is written so. */
export interface Reading {
  readonly given: ByName
  readonly family: ByName
}

export interface NamesAsked {
  readonly straight: Reading
  readonly exchanged: Reading
  /** whether a first and a family name are asked: only then they may have been exchanged */
  readonly given: boolean
  readonly family: boolean
  /** the chance that the names of this child are told so */
  readonly of: (child: Child) => number
  /** the same where the chances of both readings are known; of a name that is not asked nothing is in them */
  readonly together: (straight: number, exchanged: number) => number
}

/**
 * First and family name. Repeats the rules of `record` in bench/people/records.ts on given and family: another form, the middle name in place
 * of the first, a slip, the first letter alone, missing, exchanged. Aliases are left out.
 */
export function namesAsked(question: PersonRecord, rates: Rates, forms: readonly Forms[]): NamesAsked {
  const given = question.given === 'Unborn' ? '' : question.given
  const { family } = question
  const reading = (first: string, last: string): Reading => ({
    given: remembered(forms.length, (name) => {
      const whole = chanceOfName(forms[name]!, first, rates.givenOtherForm, rates.givenTypo)
      const initial =
        first.length === 1 ? chanceOfInitial(forms[name]!, first, rates.givenOtherForm, rates.givenTypo) : 0
      return (1 - rates.givenInitial) * whole + rates.givenInitial * initial
    }),
    family: remembered(forms.length, (name) =>
      chanceOfName(forms[name]!, last, rates.familyOtherForm, rates.familyTypo),
    ),
  })
  const [straight, exchanged] = [reading(given, family), reading(family, given)]
  // A family name is left away only where there is a first one.
  const givenTold = given === '' ? rates.givenMissing : 1 - rates.givenMissing
  const familyTold = family === '' ? rates.familyMissing : given === '' ? 1 : 1 - rates.familyMissing
  const both = given !== '' && family !== ''

  const together = (one: number, other: number): number =>
    givenTold * familyTold * (both ? (1 - rates.namesSwapped) * one + rates.namesSwapped * other : one)
  const givenOf = (child: Child, { given }: Reading): number =>
    child.middle === NONE
      ? given(child.given)
      : (1 - rates.givenIsMiddle) * given(child.given) + rates.givenIsMiddle * given(child.middle)
  const familyOf = (child: Child, { family }: Reading): number =>
    child.otherFamily === NONE
      ? family(child.family)
      : (1 - rates.familyOther) * family(child.family) + rates.familyOther * family(child.otherFamily)
  const bothOf = (child: Child, read: Reading): number => {
    const first = given === '' ? 1 : givenOf(child, read)
    return first === 0 || family === '' ? first : first * familyOf(child, read)
  }
  const of = (child: Child): number => {
    if (child.unborn) return given === '' ? familyOf(child, straight) : 0
    return together(bothOf(child, straight), both ? bothOf(child, exchanged) : 0)
  }
  return { straight, exchanged, given: given !== '', family: family !== '', of, together }
}

/** The chance that a name of these forms is written so: one of the forms, perhaps with one slip. */
export function chanceOfName(forms: Forms, written: string, otherForm: number, slip: number): number {
  let chance = 0
  for (const [index, form] of forms.entries()) {
    const share = shareOfForm(forms.length, index, otherForm)
    if (form === written) chance += share * (1 - slip)
    if (slip > 0) chance += share * slip * chanceOfSlip(form, written)
  }
  return chance
}

/** The chance that the first letter alone is written of a name: of one of its forms, perhaps with one slip. */
function chanceOfInitial(forms: Forms, letter: string, otherForm: number, slip: number): number {
  let chance = 0
  for (const [index, form] of forms.entries()) {
    const right = form[0] === letter ? 1 - slip : 0
    chance += shareOfForm(forms.length, index, otherForm) * (right + slip * chanceOfFirstLetter(form, letter))
  }
  return chance
}

/** How often one of so many forms is taken. Repeats `form` of bench/people/records.ts: the others share alike in what is not the first's. */
function shareOfForm(forms: number, index: number, rate: number): number {
  const others = forms > 1 ? Math.min(1, rate * TIMES_OTHER_FORM) : 0
  return index === 0 ? 1 - others : others / (forms - 1)
}

/** Each chance is worked out once. */
function remembered(names: number, chanceOf: ByName): ByName {
  const known = new Float64Array(names).fill(-1)
  return (name) => {
    if (known[name]! < 0) known[name] = chanceOf(name)
    return known[name]!
  }
}
