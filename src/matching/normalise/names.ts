import type { NameInput } from '../person.ts'
import { fold, remembered } from './text.ts'
import { joinedWord, sameWord, type Word, wordOf } from './words.ts'

const TITLES = new Set(
  (
    'mr mrs ms miss mx dr doctor prof professor rev revd reverend sir dame lord lady hon rt baron baroness baronet bart bt ' +
    'earl viscount count countess duke duchess marquess marquis captain capt major colonel col general gen admiral lieutenant lt ' +
    'sergeant sgt master mstr jr jnr snr esq phd qc kc mp obe mbe cbe kcb 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th ii iii iv ' +
    'the of and st saint fr father sister brother known as aka formerly nee'
  ).split(' '),
)
const PARTICLES = new Set(
  'de di da do dos del della van von der den du le la el al ul ur bin bint ibn ben binti ap y e zu ten ter'.split(' '),
)
/** what stands in records where no name is known */
const NOBODY = new Set('unknown unborn baby infant child twin notknown'.split(' '))
/** the same, when nothing else stands there: `Na` is a name, and so is `Male` */
const ALONE = new Set('na none null test unk xx xxx male female boy girl nfa'.split(' '))

export interface Names {
  /** what this person is called by: first words, and joined forms of a divided one */
  readonly given: Word[]
  readonly middle: Word[]
  readonly family: Word[]
  /** those among them that join two words into one */
  readonly joined: Word[]
}

const MOST = 6
const NONE: readonly Word[] = []

/**
 * Divides the names of one person, aliases included, into what they are called, what stands between, and the family.
 * The answer is good until the next call.
 */
export function divideNames(inputs: readonly NameInput[]): Names {
  noNames()
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!
    addNames(wordsOf(input.given), wordsOf(input.family), wordsOf(input.full))
  }
  return names
}

const names: Names = { given: [], middle: [], family: [], joined: [] }

/** Begins another person: for names whose words are known already. */
export function noNames(): Names {
  empty(names.given)
  empty(names.middle)
  empty(names.family)
  empty(names.joined)
  return names
}

/** Quicker for a few entries than to set the length. */
export function empty(list: unknown[]): void {
  while (list.length > 0) list.pop()
}

/** Adds one name of this person to those of `noNames`. */
export function addNames(given: readonly Word[], family: readonly Word[], full: readonly Word[]): void {
  addGiven(given, given.length)
  addFamily(family, 0)
  if (full.length === 0) return
  if (given.length === 0 && family.length === 0) {
    if (full.length > 1) {
      addFamily(full, full.length - 1)
      addGiven(full, full.length - 1)
    } else addGiven(full, 1)
  } else for (let w = 0; w < full.length; w++) addMiddle(full[w]!)
}

/** the first `count` words */
function addGiven(words: readonly Word[], count: number): void {
  if (count === 0) return
  // `soph ie`, `abdul rahman`, `mary jane`: together as well, and before its parts, being rarer
  if (count === 2) join(names.given, joinedWord(words[0]!, words[1]!))
  add(names.given, words[0]!)
  for (let i = 1; i < count; i++) addMiddle(words[i]!)
}

function join(to: Word[], word: Word): void {
  if (!has(names.joined, word)) names.joined.push(word)
  add(to, word)
}

/** the words from `from` on */
function addFamily(words: readonly Word[], from: number): void {
  if (words.length - from > 1) {
    let all = words[from]!
    for (let i = from + 1; i < words.length; i++) all = joinedWord(all, words[i]!)
    join(names.family, all)
  }
  for (let i = from; i < Math.min(words.length, from + 3); i++) add(names.family, words[i]!)
}

function addMiddle(word: Word): void {
  if (!has(names.given, word) && !has(names.family, word)) add(names.middle, word)
}

function add(to: Word[], word: Word): void {
  if (to.length < MOST && !has(to, word)) to.push(word)
}

export function has(words: readonly Word[], word: Word): boolean {
  for (let i = 0; i < words.length; i++) if (sameWord(words[i]!, word)) return true
  return false
}

/** One field of a name in words: marks gone, `o'brien` and `mc donald` as one word, titles and particles left out. */
export interface Spelt {
  readonly words: readonly Word[]
  /** its last word is the beginning of one: `o`, `mc`, `mac` */
  readonly open: boolean
}

function wordsOf(text: string | undefined): readonly Word[] {
  return text === undefined || text === '' ? NONE : named(speltOf(text).words)
}

/** No words when the only one stands for no name. */
export function named(words: readonly Word[]): readonly Word[] {
  return words.length === 1 && ALONE.has(words[0]!.text) ? NONE : words
}

/** The words of a field as written, those that stand for no name included. */
export const speltOf = remembered((text: string): Spelt => {
  const words: Word[] = []
  let prefix = ''
  for (const word of fold(text)
    .replace(/['’`.]/g, '')
    .split(/[^a-z0-9]+/)) {
    if (word === '' || TITLES.has(word) || NOBODY.has(word) || PARTICLES.has(word)) continue
    if ((word === 'o' || word === 'mc' || word === 'mac') && prefix === '') {
      prefix = word
      continue
    }
    words.push(wordOf((prefix + word).slice(0, 30)))
    prefix = ''
  }
  if (prefix !== '') words.push(wordOf(prefix))
  return { words, open: prefix !== '' }
})
