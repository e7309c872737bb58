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
  if (charactersOff(a, i + 3, b, j + 3, 2) <= 1) return Postcode.near
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
 * How many characters differ in place, with two neighbours exchanged counted once; 2 stands for two or more.
 * Six bits a character, five to a word.
 */
export function charactersOff(a: Int32Array, i: number, b: Int32Array, j: number, words: number): number {
  let first = -1
  let second = -1
  for (let w = 0; w < words; w++) {
    let odd = a[i + w]! ^ b[j + w]!
    for (let c = 0; odd !== 0; c++) {
      if ((odd & 63) !== 0) {
        const at = w * 5 + c
        if (first < 0) first = at
        else if (second < 0) second = at
        else return 2
      }
      odd >>>= 6
    }
  }
  if (second < 0) return first < 0 ? 0 : 1
  if (second !== first + 1) return 2
  return character(a, i, first) === character(b, j, second) && character(a, i, second) === character(b, j, first)
    ? 1
    : 2
}

function character(words: Int32Array, start: number, at: number): number {
  return (words[start + ((at / 5) | 0)]! >>> ((at % 5) * 6)) & 63
}
