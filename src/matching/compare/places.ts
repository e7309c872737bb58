import { bitCount } from '../normalise/text.ts'

/** Share of letter pairs that two texts have in common, 0 to 1, from their 128-bit sets. */
export function overlap(a: Int32Array, i: number, b: Int32Array, j: number): number {
  let both = 0
  let sum = 0
  for (let w = 0; w < 4; w++) {
    const x = a[i + w]!
    const y = b[j + w]!
    both += bitCount(x & y)
    sum += bitCount(x) + bitCount(y)
  }
  return sum === 0 ? 0 : (2 * both) / sum
}

export const Postcode = { missing: 0, exact: 1, near: 2, district: 3, area: 4, different: 5 } as const

/** Entries as `layout.ts` describes: whole, district, area, ten characters. */
export function comparePostcodes(a: Int32Array, i: number, b: Int32Array, j: number): number {
  if (a[i] === b[j]) return Postcode.exact
  if (oneSlipApart(a, i + 3, b, j + 3, 2)) return Postcode.near
  if (a[i + 1] === b[j + 1]) return Postcode.district
  return a[i + 2] === b[j + 2] ? Postcode.area : Postcode.different
}

export const Address = { missing: 0, house: 1, nearHouse: 2, street: 3, alike: 4, different: 5 } as const

export function compareAddresses(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const sameNumber = a[i] === b[j] && a[i] !== 0
  const unnumbered = a[i] === 0 || b[j] === 0
  if (a[i + 1] === b[j + 1])
    return sameNumber || (a[i] === 0 && b[j] === 0) ? Address.house : unnumbered ? Address.nearHouse : Address.street
  const share = overlap(a, i + 2, b, j + 2)
  if (share >= 0.7) return sameNumber ? Address.nearHouse : Address.alike
  return share >= 0.5 && sameNumber ? Address.alike : Address.different
}

/**
 * Whether one slip at most lies between two texts: a character other, lost or doubled, or two neighbours exchanged.
 * Six bits a character, five to a word, `words` words.
 */
export function oneSlipApart(a: Int32Array, i: number, b: Int32Array, j: number, words: number): boolean {
  const lengthA = lengthOf(a, i, words)
  const lengthB = lengthOf(b, j, words)
  const shorter = Math.min(lengthA, lengthB)
  if (lengthA - shorter > 1 || lengthB - shorter > 1) return false
  let start = 0
  while (start < shorter && character(a, i, start) === character(b, j, start)) start++
  let end = 0
  while (end < shorter - start && character(a, i, lengthA - 1 - end) === character(b, j, lengthB - 1 - end)) end++
  const restA = lengthA - start - end
  const restB = lengthB - start - end
  if (restA <= 1 && restB <= 1) return true
  if (restA !== 2 || restB !== 2) return false
  return character(a, i, start) === character(b, j, start + 1) && character(a, i, start + 1) === character(b, j, start)
}

function lengthOf(text: Int32Array, start: number, words: number): number {
  for (let w = words - 1; w >= 0; w--) {
    const bits = 32 - Math.clz32(text[start + w]!)
    if (bits > 0) return w * 5 + (((bits + 5) / 6) | 0)
  }
  return 0
}

function character(words: Int32Array, start: number, at: number): number {
  return (words[start + ((at / 5) | 0)]! >>> ((at % 5) * 6)) & 63
}
