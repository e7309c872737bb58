import type { Home, Person } from './population.ts'
import type { Chance } from './random.ts'

/** One agency's record of a person, as columns of a file. */
export interface PersonRecord {
  readonly given: string
  readonly middle: string
  readonly family: string
  readonly alias: string
  readonly born: string
  readonly sex: string
  readonly address: string
  readonly town: string
  readonly postcode: string
  readonly nhs: string
  readonly mother: string
}

/** How often each thing goes wrong in one record. */
export type Rates = Readonly<Record<keyof typeof ORDINARY, number>>

/** Where a name has other forms, another one stands so many times as often as the rate says, which counts every name. */
export const TIMES_OTHER_FORM = 1.6
/** How often the town stands with an address. */
export const TOWN_WRITTEN = 0.9

/** Everyday records of several agencies. */
export const ORDINARY = {
  givenOtherForm: 0.14,
  givenTypo: 0.03,
  givenInitial: 0.008,
  givenMissing: 0.006,
  givenIsMiddle: 0.015,
  familyOtherForm: 0.12,
  familyTypo: 0.03,
  familyOther: 0.6,
  familyMissing: 0.004,
  namesSwapped: 0.012,
  aliasWritten: 0.04,
  middleMissing: 0.5,
  bornMissing: 0.02,
  bornYearOnly: 0.02,
  bornFirstJanuary: 0.006,
  bornSwapped: 0.012,
  bornDigit: 0.02,
  sexMissing: 0.05,
  sexWrong: 0.006,
  addressMissing: 0.06,
  addressFormer: 0.35,
  addressTypo: 0.05,
  postcodeMissing: 0.07,
  postcodeTypo: 0.025,
  nhsMissing: 0.45,
  nhsTypo: 0.008,
  nhsSuperseded: 0.004,
  motherMissing: 0.65,
}

/** What somebody knows who rings up: half-heard, from memory, long ago. */
export const HARD: Rates = {
  givenOtherForm: 0.45,
  givenTypo: 0.2,
  givenInitial: 0.03,
  givenMissing: 0.03,
  givenIsMiddle: 0.03,
  familyOtherForm: 0.35,
  familyTypo: 0.2,
  familyOther: 0.6,
  familyMissing: 0.03,
  namesSwapped: 0.06,
  aliasWritten: 0.02,
  middleMissing: 0.85,
  bornMissing: 0.12,
  bornYearOnly: 0.2,
  bornFirstJanuary: 0.02,
  bornSwapped: 0.05,
  bornDigit: 0.12,
  sexMissing: 0.2,
  sexWrong: 0.02,
  addressMissing: 0.35,
  addressFormer: 0.5,
  addressTypo: 0.2,
  postcodeMissing: 0.35,
  postcodeTypo: 0.1,
  nhsMissing: 0.97,
  nhsTypo: 0.05,
  nhsSuperseded: 0.02,
  motherMissing: 0.8,
}

/** What one agency writes down of a person. */
export function record(person: Person, chance: Chance, rates: Rates = ORDINARY): PersonRecord {
  const home = drawHome(person, chance, rates)
  let given = person.unborn ? '' : form(person.given, chance, rates.givenOtherForm)
  if (chance.happens(rates.givenIsMiddle) && person.middle && !person.unborn) given = person.middle[0]!
  if (chance.happens(rates.givenTypo)) given = mistype(given, chance)
  if (chance.happens(rates.givenInitial)) given = given.slice(0, 1)
  if (chance.happens(rates.givenMissing)) given = ''
  const families = person.otherFamily && chance.happens(rates.familyOther) ? person.otherFamily : person.family
  let family = form(families, chance, rates.familyOtherForm)
  if (chance.happens(rates.familyTypo)) family = mistype(family, chance)
  if (chance.happens(rates.familyMissing) && given !== '') family = ''
  if (chance.happens(rates.namesSwapped) && given !== '' && family !== '') [given, family] = [family, given]
  const middle = person.middle && !chance.happens(rates.middleMissing) ? person.middle[0]! : ''
  const alias =
    chance.happens(rates.aliasWritten) && !person.unborn
      ? `${chance.pick(person.given)} ${(person.otherFamily ?? person.family)[0]}`
      : ''
  const addressed = !chance.happens(rates.addressMissing)
  const street = chance.happens(rates.addressTypo) ? mistype(home.street, chance) : home.street
  const mother =
    person.mother && (person.unborn || !chance.happens(rates.motherMissing))
      ? `${form(person.mother.given, chance, rates.givenOtherForm)} ${form(person.mother.family, chance, rates.familyOtherForm)}`
      : ''
  return {
    given: person.unborn && given === '' ? 'Unborn' : given,
    middle,
    family,
    alias,
    born: birthday(person, chance, rates),
    sex:
      person.unborn || chance.happens(rates.sexMissing)
        ? ''
        : person.female !== chance.happens(rates.sexWrong)
          ? 'F'
          : 'M',
    address: addressed ? `${home.number} ${abbreviate(street, chance)}` : '',
    town: addressed && chance.happens(TOWN_WRITTEN) ? home.town : '',
    postcode: chance.happens(rates.postcodeMissing)
      ? ''
      : chance.happens(rates.postcodeTypo)
        ? mistype(home.postcode, chance)
        : home.postcode,
    nhs: nhs(person, chance, rates),
    mother,
  }
}

function drawHome(person: Person, chance: Chance, rates: Rates): Home {
  const { homes } = person
  return homes.length > 1 && chance.happens(rates.addressFormer)
    ? homes[1 + chance.below(homes.length - 1)]!
    : homes[0]!
}

function form(forms: readonly string[], chance: Chance, rate: number): string {
  return forms.length > 1 && chance.happens(rate * TIMES_OTHER_FORM)
    ? forms[1 + chance.below(forms.length - 1)]!
    : forms[0]!
}

function birthday(person: Person, chance: Chance, rates: Rates): string {
  if (chance.happens(rates.bornMissing)) return ''
  const [year, month, date] = person.born.split('-') as [string, string, string]
  if (person.unborn)
    return `${year}-${month}-${String(Math.min(28, Math.max(1, Number(date) + chance.below(15) - 7))).padStart(2, '0')}`
  if (chance.happens(rates.bornYearOnly)) return year
  if (chance.happens(rates.bornFirstJanuary)) return `${year}-01-01`
  if (chance.happens(rates.bornSwapped) && Number(date) <= 12) return `${year}-${date}-${month}`
  if (chance.happens(rates.bornDigit)) {
    const at = 2 + chance.below(6)
    const digits = year + month + date
    const wrong = digits.slice(0, at) + String(chance.below(10)) + digits.slice(at + 1)
    return `${wrong.slice(0, 4)}-${wrong.slice(4, 6)}-${wrong.slice(6)}`
  }
  return chance.happens(0.3) ? `${date}/${month}/${year}` : person.born
}

function nhs(person: Person, chance: Chance, rates: Rates): string {
  if (person.unborn || chance.happens(rates.nhsMissing)) return ''
  if (chance.happens(rates.nhsSuperseded)) return `9${String(chance.below(1e9)).padStart(9, '0')}`
  return chance.happens(rates.nhsTypo) ? mistype(person.nhs, chance) : person.nhs
}

function abbreviate(street: string, chance: Chance): string {
  return chance.happens(0.25) ? street.replace('Street', 'St').replace('Road', 'Rd').replace('Avenue', 'Ave') : street
}

/** The keys beside each letter's. */
export const NEAR: Readonly<Record<string, string>> = {
  a: 'sqz',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  j: 'hk',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  q: 'wa',
  r: 'et',
  s: 'ad',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  w: 'qe',
  x: 'zc',
  y: 'tu',
  z: 'xa',
}

/** one slip: a letter lost, doubled, exchanged with the next, or the key beside it */
export function mistype(text: string, chance: Chance): string {
  if (text.length < 2) return text
  const at = chance.below(text.length)
  const letter = text[at]!
  switch (chance.below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1)
    case 1:
      return text.slice(0, at) + letter + text.slice(at)
    case 2:
      return at + 1 < text.length ? text.slice(0, at) + text[at + 1]! + letter + text.slice(at + 2) : text
    default: {
      const keys = /\d/.test(letter) ? '0123456789' : (NEAR[letter.toLowerCase()] ?? letter)
      return text.slice(0, at) + chance.pick([...keys]) + text.slice(at + 1)
    }
  }
}
