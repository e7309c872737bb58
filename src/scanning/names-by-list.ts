import type { Sight } from './features.ts'
import { givenOf, nationalityOf, placeOf, regionOf, surnameOf, wordOf } from './lexicon.ts'
import type { Reading } from './reading.ts'
import { hashWord, shape } from './tokens.ts'
import { kind } from './words.ts'

// What the lists say of a word in its place, beside what the model says.

/** How sure a person of one word must be: most so when no list knows the word as a name, or when it is a city's. */
export function sureOf(reading: Reading, sight: Sight, at: number): number {
  const { tokens, bits, kinds } = reading
  const known = bits[at]!
  const before = (at > 0 ? kinds[at - 1]! : 0) | (at > 1 && tokens.shape[at - 1] === shape.sign ? kinds[at - 2]! : 0)
  if ((before & (kind.title | kind.relation)) !== 0 && tokens.shape[at] !== shape.lower) return 0.1
  const what = tokens.shape[at]!
  const listed = givenOf(known) >= 2 || surnameOf(known) === 3
  const mode = sight.form[at]! >> 4
  if ((kinds[at]! & (kind.month | kind.weekday | kind.season)) !== 0) return 0.9
  if (what === shape.lower) return listed ? 0.6 : mode === 0 ? 0.97 : 0.85
  if (what === shape.upper && mode === 0) return listed ? 0.6 : 0.9
  if (placeOf(known) === 3 || regionOf(known) === 1) return givenOf(known) >= 2 ? 0.5 : 0.8
  return listed ? 0.3 : 0.5
}

/** A word in a capital that the lists know as a frequent first name and as nothing else. */
export function hardlyElse(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds } = reading
  const known = bits[at]!
  return (
    tokens.shape[at] === shape.capital &&
    givenOf(known) === 3 &&
    wordOf(known) <= 2 &&
    placeOf(known) < 3 &&
    regionOf(known) === 0 &&
    kinds[at] === 0
  )
}

const titles: ReadonlySet<number> = new Set(
  [
    'mr',
    'mrs',
    'ms',
    'miss',
    'mx',
    'dr',
    'prof',
    'pc',
    'wpc',
    'sgt',
    'cllr',
    'mum',
    'mam',
    'dad',
    'stepdad',
    'stepmum',
    'nan',
    'uncle',
    'auntie',
    'aunty',
    'brother',
    'sister',
    'stepfather',
    'stepmother',
    'cousin',
    'grandad',
    'baby',
    'pupil',
  ].map(hashWord),
)

/** A word in a capital, no English word of its own, right after a title or a relation: Mr Khan, Dr. Lee, mum Fatima. */
export function afterTitle(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds, text } = reading
  const what = tokens.shape[at]!
  if ((what !== shape.capital && what !== shape.mixed) || kinds[at] !== 0 || at === 0) return false
  const dotted = tokens.shape[at - 1] === shape.sign && text[tokens.start[at - 1]!] === '.'
  const before = dotted ? at - 2 : at - 1
  if (before < 0 || !titles.has(tokens.hash[before]!) || tokens.start[at]! - tokens.end[at - 1]! !== 1) return false
  if (dotted && tokens.end[before]! - tokens.start[before]! > 4) return false
  return wordOf(bits[at]!) <= 3 || surnameOf(bits[at]!) >= 2 || givenOf(bits[at]!) >= 2
}

export function isGiven(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds, text } = reading
  const what = tokens.shape[at]!
  return (
    (what === shape.capital || what === shape.upper) &&
    kinds[at] === 0 &&
    givenOf(bits[at]!) >= 2 &&
    wordOf(bits[at]!) <= 2 &&
    text[tokens.end[at]!] === ' '
  )
}

export function isSurname(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds, text } = reading
  const what = tokens.shape[at]!
  return (
    (what === shape.capital || what === shape.mixed || what === shape.upper) &&
    kinds[at] === 0 &&
    surnameOf(bits[at]!) >= 2 &&
    wordOf(bits[at]!) <= 2 &&
    tokens.end[at - 1]! + 1 === tokens.start[at] &&
    text[tokens.end[at - 1]!] === ' '
  )
}

const households: ReadonlySet<number> = new Set(
  ['family', 'children', 'child', 'siblings', 'brothers', 'sisters', 'twins', 'kids', 'household', 'boys', 'girls'].map(
    hashWord,
  ),
)

/** A listed surname right before the word for its household: the Khan family, Whitworth children. */
export function beforeFamily(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds } = reading
  const what = tokens.shape[at]!
  const known = bits[at]!
  return (
    (what === shape.capital || what === shape.mixed) &&
    kinds[at] === 0 &&
    surnameOf(known) >= 1 &&
    wordOf(known) <= 2 &&
    placeOf(known) < 2 &&
    nationalityOf(known) === 0 &&
    at + 1 < tokens.count &&
    tokens.shape[at + 1] === shape.lower &&
    households.has(tokens.hash[at + 1]!)
  )
}
