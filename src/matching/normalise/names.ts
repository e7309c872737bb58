import type { NameInput } from '../person.ts'
import { fold, remembered } from './text.ts'

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
  readonly given: string[]
  readonly middle: string[]
  readonly family: string[]
  /** those among them that join two words into one */
  readonly joined: string[]
}

const MOST = 6

/**
 * Divides the names of one person, aliases included, into what they are called, what stands between, and the family.
 * The answer is good until the next call.
 */
export function divideNames(inputs: readonly NameInput[]): Names {
  names.given.length = 0
  names.middle.length = 0
  names.family.length = 0
  names.joined.length = 0
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!
    const given = words(input.given)
    const family = words(input.family)
    const full = words(input.full)
    addGiven(given, given.length)
    addFamily(family, 0)
    if (full.length === 0) continue
    if (given.length === 0 && family.length === 0) {
      if (full.length > 1) {
        addFamily(full, full.length - 1)
        addGiven(full, full.length - 1)
      } else addGiven(full, 1)
    } else for (let w = 0; w < full.length; w++) addMiddle(full[w]!)
  }
  return names
}

const names: Names = { given: [], middle: [], family: [], joined: [] }

/** the first `count` words */
function addGiven(tokens: readonly string[], count: number): void {
  if (count === 0) return
  // `soph ie`, `abdul rahman`, `mary jane`: together as well, and before its parts, being rarer
  if (count === 2) join(names.given, tokens[0]! + tokens[1]!)
  add(names.given, tokens[0]!)
  for (let i = 1; i < count; i++) addMiddle(tokens[i]!)
}

function join(to: string[], together: string): void {
  const word = together.slice(0, 40)
  if (!names.joined.includes(word)) names.joined.push(word)
  add(to, word)
}

/** the words from `from` on */
function addFamily(tokens: readonly string[], from: number): void {
  if (tokens.length - from > 1) join(names.family, tokens.slice(from).join(''))
  for (let i = from; i < Math.min(tokens.length, from + 3); i++) add(names.family, tokens[i]!)
}

function addMiddle(word: string): void {
  if (!names.given.includes(word) && !names.family.includes(word)) add(names.middle, word)
}

function add(to: string[], word: string): void {
  if (to.length < MOST && !to.includes(word)) to.push(word)
}

/** Words of a name: marks gone, `o'brien` and `mc donald` as one word, titles and particles left out. */
function words(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? NONE : wordsOf(text)
}

const NONE: readonly string[] = []
const wordsOf = remembered((text: string): readonly string[] => {
  const found: string[] = []
  let prefix = ''
  for (const word of fold(text)
    .replace(/['’`.]/g, '')
    .split(/[^a-z0-9]+/)) {
    if (word === '' || TITLES.has(word) || NOBODY.has(word) || PARTICLES.has(word)) continue
    if ((word === 'o' || word === 'mc' || word === 'mac') && prefix === '') {
      prefix = word
      continue
    }
    found.push((prefix + word).slice(0, 30))
    prefix = ''
  }
  if (prefix !== '') found.push(prefix)
  if (found.length === 1 && ALONE.has(found[0]!)) return []
  return found
})
