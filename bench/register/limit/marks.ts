import type { PersonRecord, Rates } from '../../people/records.ts'
import type { Child, Held } from './area.ts'
import { chanceOfSlip } from './slip.ts'
import { tells } from './told.ts'

/** Of a number that no entry tells, or that has been superseded: the chance that it is the one asked, one of a thousand million. */
export const SAME_NUMBER = 1e-9
/** An unborn child's day is off by at most so many days, each as likely. */
const DAYS_OFF = 7

export interface BirthdayAsked {
  readonly of: (child: Held) => number
  readonly ofAnybody: number
}

/**
 * The birthday: missing, the year alone, the first of January, day and month exchanged, one digit other than it is (of the year's the last two),
 * or right. Repeats `birthday` of bench/people/records.ts; how the day is written tells nothing. A birthday that no entry tells is anybody's.
 */
export function birthdayAsked({ born }: PersonRecord, rates: Rates, everybody: readonly Child[]): BirthdayAsked {
  const asked = digitsOf(born)
  const known = new Map<string, number>()
  const ofDay = (day: string): number => {
    const chance = known.get(day) ?? chanceOfDay(day, asked, rates)
    known.set(day, chance)
    return chance
  }
  let ofAnybody = 0
  for (const child of everybody) ofAnybody += ofDay(child.born)
  ofAnybody /= everybody.length
  return {
    ofAnybody,
    of: (child) => {
      if (!tells(child.told, 'birthday')) return ofAnybody
      return child.unborn ? chanceOfExpected(child.born, asked, rates) : ofDay(child.born)
    },
  }
}

/** yyyymmdd or yyyy, however it was written */
function digitsOf(born: string): string {
  return born.includes('/') ? born.split('/').reverse().join('') : born.replaceAll('-', '')
}

function chanceOfDay(day: string, asked: string, rates: Rates): number {
  if (asked === '') return rates.bornMissing
  const year = day.slice(0, 4)
  const [month, date] = [day.slice(4, 6), day.slice(6)]
  const told = 1 - rates.bornMissing
  if (asked.length === 4) return asked === year ? told * rates.bornYearOnly : 0
  const whole = told * (1 - rates.bornYearOnly)
  const own = whole * (1 - rates.bornFirstJanuary)
  const exchanged = Number(date) <= 12 ? rates.bornSwapped : 0
  let chance = 0
  if (asked === `${year}0101`) chance += whole * rates.bornFirstJanuary
  if (asked === year + date + month) chance += own * exchanged
  return chance + own * (1 - exchanged) * chanceOfDigits(day, asked, rates.bornDigit)
}

/** One of the last six digits is drawn anew at this rate, in one of ten times as it was. */
function chanceOfDigits(day: string, asked: string, rate: number): number {
  if (day.slice(0, 2) !== asked.slice(0, 2)) return 0
  let others = 0
  for (let at = 2; at < 8; at++) if (day[at] !== asked[at]) others++
  return others === 0 ? 1 - rate + rate / 10 : others === 1 ? rate / 60 : 0
}

/** An unborn child's day: one of fifteen about the right one, kept within the first 28 of the month. */
function chanceOfExpected(day: string, asked: string, rates: Rates): number {
  if (asked === '') return rates.bornMissing
  if (asked.slice(0, 6) !== day.slice(0, 6)) return 0
  let ways = 0
  for (let off = -DAYS_OFF; off <= DAYS_OFF; off++)
    if (Math.min(28, Math.max(1, Number(day.slice(6)) + off)) === Number(asked.slice(6))) ways++
  return ((1 - rates.bornMissing) * ways) / (2 * DAYS_OFF + 1)
}

/** The sex, missing or wrong at its rate; an unborn child's is never told. Repeats one line of `record` in bench/people/records.ts. */
export function chanceOfSex({ sex }: PersonRecord, rates: Rates, female: boolean, unborn: boolean): number {
  if (unborn) return sex === '' ? 1 : 0
  if (sex === '') return rates.sexMissing
  return (1 - rates.sexMissing) * ((sex === 'F') === female ? 1 - rates.sexWrong : rates.sexWrong)
}

/** The NHS number: missing, superseded by any other, with a slip, or right. Repeats `nhs` of bench/people/records.ts. */
export function chanceOfNhs({ nhs }: PersonRecord, rates: Rates, child: Held): number {
  if (child.unborn) return nhs === '' ? 1 : 0
  if (nhs === '' || !tells(child.told, 'nhs')) return chanceOfAnyNhs(nhs, rates)
  const right = (child.nhs === nhs ? 1 - rates.nhsTypo : 0) + rates.nhsTypo * chanceOfSlip(child.nhs, nhs)
  return (1 - rates.nhsMissing) * (rates.nhsSuperseded * SAME_NUMBER + (1 - rates.nhsSuperseded) * right)
}

export const chanceOfAnyNhs = (nhs: string, rates: Rates): number =>
  nhs === '' ? rates.nhsMissing : (1 - rates.nhsMissing) * SAME_NUMBER
