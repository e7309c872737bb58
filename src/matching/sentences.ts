import { type FieldName, LEVEL_NAMES } from './fields.ts'

const NAMES: Readonly<Record<FieldName, string>> = {
  given: 'First name',
  family: 'Family name',
  middle: 'Other names',
  born: 'Date of birth',
  sex: 'Sex',
  postcode: 'Postcode',
  address: 'Address',
  locality: 'Town or suburb',
  region: 'County or state',
  identifier: 'Number',
  birthPlace: 'Place of birth',
  occupation: 'Occupation',
  school: 'School',
  kin: 'Parents',
  contact: 'Telephone or e-mail',
  otherAddress: 'Another address or line',
}

const LEVELS_IN_WORDS: Readonly<Record<string, string>> = {
  exact: 'the same',
  same: 'the same',
  both: 'agree',
  one: 'one agrees',
  near: 'one character apart',
  sounds: 'sounds the same',
  short: 'a known short or other form',
  alike: 'spelt alike',
  initial: 'initial agrees',
  crossed: 'agrees with another of the names',
  vague: 'a little alike',
  different: 'different',
  expected: 'two expected days of one birth',
  swapped: 'day and month exchanged',
  digit: 'one digit apart',
  partly: 'agrees as far as it is known',
  digits: 'two digits apart',
  year: 'same year only',
  day: 'same day and month, another year',
  nearYear: 'within two years',
  district: 'same district',
  area: 'same area',
  house: 'the same house',
  nearHouse: 'almost the same house',
  street: 'the same street',
}

/** The level's name, and a sentence that can be read out: "Family name: the same, and rare". */
export function sentenceFor(field: FieldName, level: number, rareness: number): { level: string; text: string } {
  const name = LEVEL_NAMES[field][level - 1]!
  const how = rareness > 1.5 ? ', and rare' : rareness < -0.7 ? ', but common' : ''
  return { level: name, text: `${NAMES[field]}: ${LEVELS_IN_WORDS[name]}${how}` }
}
