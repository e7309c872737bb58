import { HAS_NICKNAMES, META } from '../layout.ts'
import { areNicknames, formsOf, masksOf } from '../normalise/nicknames.ts'
import { bitCount } from '../normalise/text.ts'

/** How two names agree; 0 not at all. Better agreement has the smaller number. */
export const Alike = { none: 0, exact: 1, near: 2, sounds: 3, short: 4, alike: 5, initial: 6, vague: 8 } as const

const left = new Uint8Array(18)
const right = new Uint8Array(18)
/** by letter: the places where it stands in `right`, one bit each */
const placesOf = new Int32Array(32)

function spell(words: Int32Array, at: number, length: number, into: Uint8Array): void {
  let word = 0
  for (let i = 0; i < length; i++) {
    if (i % 6 === 0) word = words[at + 3 + i / 6]!
    into[i] = word & 31
    word >>>= 5
  }
}

/** Pairs of names compared before, by their hashes: at each place the last that fell there. */
const COMPARED = 1 << 17
const comparedA = new Int32Array(COMPARED)
const comparedB = new Int32Array(COMPARED)
const comparedLevel = new Uint8Array(COMPARED)

/** Compares two tokens where they lie. No allocation. */
export function alike(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const hashA = a[i]!
  const hashB = b[j]!
  if (hashA === hashB) return Alike.exact
  const metaA = a[i + META]!
  const metaB = b[j + META]!
  if ((metaA & 31) === 1 || (metaB & 31) === 1) return sameInitial(a, i, b, j)
  const maskA = a[i + 2]!
  const maskB = b[j + 2]!
  // most names share too little to be looked at: told by their letters alone
  const hopeless =
    ((metaA | metaB) & HAS_NICKNAMES) === 0 &&
    !shareLetters(maskA, maskB) &&
    bitCount(maskA ^ maskB) > 2 &&
    a[i + 1] !== b[j + 1]
  if (hopeless) return Alike.none
  const place = (hashA ^ Math.imul(hashB, 0x9e3779b1)) & (COMPARED - 1)
  if (comparedA[place] === hashA && comparedB[place] === hashB) return comparedLevel[place]!
  comparedA[place] = hashA
  comparedB[place] = hashB
  const level = compare(a, i, b, j)
  comparedLevel[place] = level
  return level
}

/** The same where only the letter, one slip, the sound or a short form count; all else is 0. */
export function nearlySame(a: Int32Array, i: number, b: Int32Array, j: number): number {
  if (a[i] === b[j]) return Alike.exact
  const metaA = a[i + META]!
  const metaB = b[j + META]!
  if ((metaA & 31) === 1 || (metaB & 31) === 1) return Alike.none
  if (oneSlip(a, i, b, j)) return Alike.near
  if (a[i + 1] === b[j + 1] && ((metaA >>> 6) & 15) >= 2) return Alike.sounds
  return (metaA & metaB & HAS_NICKNAMES) !== 0 && areNicknames(a[i]!, b[j]!) ? Alike.short : Alike.none
}

function sameInitial(a: Int32Array, i: number, b: Int32Array, j: number): number {
  return (a[i + 3]! & 31) === (b[j + 3]! & 31) ? Alike.initial : Alike.none
}

/** two thirds of the letters of the one that has fewer, and two at least */
function shareLetters(maskA: number, maskB: number): boolean {
  const common = bitCount(maskA & maskB)
  return common >= 2 && common * 3 >= Math.min(bitCount(maskA), bitCount(maskB)) * 2
}

function compare(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const level = nearlySame(a, i, b, j)
  if (level !== Alike.none) return level
  const metaA = a[i + META]!
  const metaB = b[j + META]!
  const lengthA = metaA & 31
  const lengthB = metaB & 31
  if (((metaA | metaB) & HAS_NICKNAMES) !== 0 && (shortWithSlip(a, i, b, j) || shortWithSlip(b, j, a, i)))
    return Alike.alike
  if (!shareLetters(a[i + 2]!, b[j + 2]!)) return Alike.none
  spell(a, i, lengthA, left)
  spell(b, j, lengthB, right)
  if (begins(lengthA, lengthB)) return Alike.alike
  const similar = jaroWinkler(lengthA, lengthB)
  return similar >= 0.88 ? Alike.alike : similar >= 0.8 ? Alike.vague : Alike.none
}

function oneSlip(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  if (bitCount(a[i + 2]! ^ b[j + 2]!) > 2) return false
  const lengthA = a[i + META]! & 31
  const lengthB = b[j + META]! & 31
  if (Math.abs(lengthA - lengthB) > 1 || lengthA + lengthB < 5) return false
  spell(a, i, lengthA, left)
  spell(b, j, lengthB, right)
  return oneEdit(lengthA, lengthB)
}

const SLIPPED_LEAST = 3
/** of the name and the form that it slipped from the longer one */
const LONGER_LEAST = 4

/** One letter off a known form of the other name: `Livvvy` for Olivia. */
function shortWithSlip(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  const lengthB = b[j + META]! & 31
  if ((a[i + META]! & HAS_NICKNAMES) === 0 || lengthB < SLIPPED_LEAST) return false
  const mask = b[j + 2]!
  const masks = masksOf(a[i]!)
  for (let f = 0; f < masks.length; f++) {
    if (bitCount(masks[f]! ^ mask) > 2) continue
    const form = formsOf(a[i]!)[f]!
    const { length } = form.letters
    if (Math.abs(length - lengthB) > 1 || length < SLIPPED_LEAST || Math.max(length, lengthB) < LONGER_LEAST) continue
    spell(b, j, lengthB, right)
    for (let k = 0; k < length; k++) left[k] = form.letters[k]!
    if (oneEdit(length, lengthB)) return true
  }
  return false
}

/** One letter more, less, other, or two neighbours exchanged. */
function oneEdit(lengthA: number, lengthB: number): boolean {
  let start = 0
  const shorter = lengthA < lengthB ? lengthA : lengthB
  while (start < shorter && left[start] === right[start]) start++
  let end = 0
  while (end < shorter - start && left[lengthA - 1 - end] === right[lengthB - 1 - end]) end++
  const restA = lengthA - start - end
  const restB = lengthB - start - end
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && left[start] === right[start + 1] && left[start + 1] === right[start]
}

/** `cam` and `cameron`: three letters or more that begin or end the other */
function begins(lengthA: number, lengthB: number): boolean {
  const shorter = Math.min(lengthA, lengthB)
  if (shorter < 3) return false
  let same = 0
  while (same < shorter && left[same] === right[same]) same++
  if (same === shorter) return true
  same = 0
  while (same < shorter && left[lengthA - 1 - same] === right[lengthB - 1 - same]) same++
  return same === shorter
}

/** Jaro–Winkler, the letters of `right` that are still free kept as bits */
function jaroWinkler(lengthA: number, lengthB: number): number {
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1)
  for (let j = 0; j < lengthB; j++) placesOf[right[j]!]! |= 1 << j
  let matchedA = 0
  let matchedB = 0
  for (let i = 0; i < lengthA; i++) {
    const window = ((1 << (i + reach + 1)) - 1) & ~(i > reach ? (1 << (i - reach)) - 1 : 0)
    const free = placesOf[left[i]!]! & window & ~matchedB
    if (free === 0) continue
    matchedA |= 1 << i
    matchedB |= free & -free
  }
  for (let j = 0; j < lengthB; j++) placesOf[right[j]!] = 0
  const matches = bitCount(matchedA)
  if (matches === 0) return 0
  let moved = 0
  for (let i = matchedA, j = matchedB; i !== 0; i &= i - 1, j &= j - 1) {
    if (left[31 - Math.clz32(i & -i)] !== right[31 - Math.clz32(j & -j)]) moved++
  }
  const jaro = (matches / lengthA + matches / lengthB + (matches - moved / 2) / matches) / 3
  let prefix = 0
  while (prefix < 4 && prefix < lengthA && prefix < lengthB && left[prefix] === right[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}
