import anyAscii from 'any-ascii'

const PLAIN = /^[\x00-\x7f]*$/
/** longest text of one field that is looked at; the rest of a hostile field is ignored */
const LONGEST = 300

/** Any script to lower-case Latin letters, digits and single spaces. `Łukasz` → `lukasz`, `محمد` → `mhmd`. */
export function fold(text: string): string {
  let plain = text.length > LONGEST ? text.slice(0, LONGEST) : text
  if (!PLAIN.test(plain)) plain = anyAscii(plain.normalize('NFC')).slice(0, LONGEST)
  return plain.toLowerCase()
}

/** Letters and digits alone, in lower case, at most so many. */
export function plainOf(text: string, most: number): string {
  const folded = fold(text)
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    if (!((code >= 97 && code <= 122) || (code >= 48 && code <= 57)))
      return folded.replace(/[^a-z0-9]/g, '').slice(0, most)
  }
  return folded.length > most ? folded.slice(0, most) : folded
}

/** FNV-1a with a final mix, as a signed 32-bit number that is never 0 (0 stands for absent). */
export function hash(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h) || 1
}

export function mix(value: number): number {
  let h = value
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

const LETTERS_A_WORD = 6

/** Up to 18 letters a–z, five bits each, six to a word; other characters count as letter 27. */
export function packLetters(text: string, into: Int32Array, at: number): void {
  for (let w = 0; w < 3; w++) {
    let word = 0
    for (let i = 0; i < LETTERS_A_WORD; i++) {
      const code = text.charCodeAt(w * LETTERS_A_WORD + i) - 96
      if (Number.isNaN(code)) break
      word |= (code >= 1 && code <= 26 ? code : 27) << (i * 5)
    }
    into[at + w] = word
  }
}

/** One bit for each letter that occurs. */
export function letterMask(text: string): number {
  let mask = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 97
    mask |= 1 << (code >= 0 && code < 26 ? code : 26)
  }
  return mask
}

/** Pairs of letters as a set of 128 bits, for texts too long to compare letter by letter. */
export function bigramBits(text: string, into: Int32Array, at: number): void {
  let before = 0
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) & 31 : 0
    const bit = Math.imul(before * 37 + code, 0x9e3779b1) >>> 25
    into[at + (bit >>> 5)]! |= 1 << (bit & 31)
    before = code
  }
}

export function bitCount(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The same verb with short answers remembered, up to a bound: names, towns and birthdays recur. */
export function remembered<Answer>(verb: (text: string) => Answer, most = 20_000): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    let answer = known.get(text)
    if (answer !== undefined || text.length > 40) return answer ?? verb(text)
    answer = verb(text)
    if (known.size < most) known.set(text, answer)
    return answer
  }
}
