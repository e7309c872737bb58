import { HAS_NICKNAMES, META } from '../layout.ts'
import { areNicknames, formsOf } from '../normalise/nicknames.ts'
import { bitCount } from '../normalise/text.ts'

/** How two names agree; 0 not at all. Better agreement has the smaller number. */
export const Alike = { none: 0, exact: 1, near: 2, sounds: 3, short: 4, alike: 5, initial: 6, vague: 8 } as const

const left = new Uint8Array(18)
const right = new Uint8Array(18)
const usedLeft = new Uint8Array(18)
const usedRight = new Uint8Array(18)

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
  const place = (hashA ^ Math.imul(hashB, 0x9e3779b1)) & (COMPARED - 1)
  if (comparedA[place] === hashA && comparedB[place] === hashB) return comparedLevel[place]!
  comparedA[place] = hashA
  comparedB[place] = hashB
  const level = compare(a, i, b, j)
  comparedLevel[place] = level
  return level
}

function compare(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const metaA = a[i + META]!
  const metaB = b[j + META]!
  const lengthA = metaA & 31
  const lengthB = metaB & 31
  if (lengthA === 1 || lengthB === 1) return (a[i + 3]! & 31) === (b[j + 3]! & 31) ? Alike.initial : Alike.none
  const maskA = a[i + 2]!
  const maskB = b[j + 2]!
  const off = bitCount(maskA ^ maskB)
  const common = bitCount(maskA & maskB)
  const sameBones = a[i + 1] === b[j + 1]
  if (off <= 2 && Math.abs(lengthA - lengthB) <= 1 && lengthA + lengthB >= 5) {
    spell(a, i, lengthA, left)
    spell(b, j, lengthB, right)
    if (oneEdit(lengthA, lengthB)) return Alike.near
  }
  if (sameBones && ((metaA >>> 6) & 15) >= 2) return Alike.sounds
  if ((metaA & metaB & HAS_NICKNAMES) !== 0 && areNicknames(a[i]!, b[j]!)) return Alike.short
  if (((metaA | metaB) & HAS_NICKNAMES) !== 0 && (shortWithSlip(a, i, b, j) || shortWithSlip(b, j, a, i)))
    return Alike.alike
  if (common < 2 || common * 3 < Math.min(bitCount(maskA), bitCount(maskB)) * 2) return Alike.none
  spell(a, i, lengthA, left)
  spell(b, j, lengthB, right)
  if (begins(lengthA, lengthB)) return Alike.alike
  const similar = jaroWinkler(lengthA, lengthB)
  return similar >= 0.88 ? Alike.alike : similar >= 0.8 ? Alike.vague : Alike.none
}

const SLIPPED_LEAST = 4

/** One letter off a known form of the other name: `Livvvy` for Olivia. */
function shortWithSlip(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  const lengthB = b[j + META]! & 31
  if ((a[i + META]! & HAS_NICKNAMES) === 0 || lengthB < SLIPPED_LEAST) return false
  spell(b, j, lengthB, right)
  for (const form of formsOf(a[i]!)) {
    if (Math.abs(form.length - lengthB) > 1 || form.length < SLIPPED_LEAST) continue
    for (let k = 0; k < form.length; k++) left[k] = form[k]!
    if (oneEdit(form.length, lengthB)) return true
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

function jaroWinkler(lengthA: number, lengthB: number): number {
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1)
  usedLeft.fill(0)
  usedRight.fill(0)
  let matches = 0
  for (let i = 0; i < lengthA; i++) {
    const to = Math.min(lengthB, i + reach + 1)
    for (let j = Math.max(0, i - reach); j < to; j++) {
      if (usedRight[j] === 0 && left[i] === right[j]) {
        usedLeft[i] = 1
        usedRight[j] = 1
        matches++
        break
      }
    }
  }
  if (matches === 0) return 0
  let moved = 0
  let j = 0
  for (let i = 0; i < lengthA; i++) {
    if (usedLeft[i] === 0) continue
    while (usedRight[j] === 0) j++
    if (left[i] !== right[j]) moved++
    j++
  }
  const jaro = (matches / lengthA + matches / lengthB + (matches - moved / 2) / matches) / 3
  let prefix = 0
  while (prefix < 4 && prefix < lengthA && prefix < lengthB && left[prefix] === right[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}
