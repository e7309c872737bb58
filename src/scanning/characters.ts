/** Character classes and folding, as tables: a scan asks them once for each UTF-16 unit. */

export const space = 0
export const newline = 1
export const digit = 2
export const lower = 3
export const upper = 4
/** A letter of a script without case, such as Arabic or Chinese. */
export const caseless = 5
/** A combining mark: part of the word it stands in, and no part of its folded form. */
export const mark = 6
export const sign = 7

const tableSize = 0x600
const latinExtraStart = 0x1e00
const latinExtraEnd = 0x2000
const classes = new Uint8Array(tableSize)
const folds = new Uint16Array(tableSize)
const latinExtraClasses = new Uint8Array(latinExtraEnd - latinExtraStart)
const latinExtraFolds = new Uint16Array(latinExtraEnd - latinExtraStart)

const special: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 't',
  æ: 'a',
  œ: 'o',
  ß: 's',
  ı: 'i',
  ς: 'σ',
}

function classOf(character: string): number {
  if (character === '\n' || character === '\r') return newline
  if (/\s/u.test(character)) return space
  if (/\p{Nd}/u.test(character)) return digit
  if (/\p{Lu}|\p{Lt}/u.test(character)) return upper
  if (/\p{Ll}/u.test(character)) return lower
  if (/\p{M}/u.test(character)) return mark
  if (/\p{L}/u.test(character)) return caseless
  return sign
}

function foldOf(character: string): number {
  const small = character.toLowerCase()
  const bare = (special[small] ?? small).normalize('NFD')
  return bare.charCodeAt(0)
}

for (let code = 0; code < tableSize; code++) {
  classes[code] = classOf(String.fromCharCode(code))
  folds[code] = foldOf(String.fromCharCode(code))
}
for (let code = latinExtraStart; code < latinExtraEnd; code++) {
  latinExtraClasses[code - latinExtraStart] = classOf(String.fromCharCode(code))
  latinExtraFolds[code - latinExtraStart] = foldOf(String.fromCharCode(code))
}

/** The class of one UTF-16 unit. */
export function characterClass(code: number): number {
  if (code < tableSize) return classes[code]!
  if (code < latinExtraStart) return caseless
  if (code < latinExtraEnd) return latinExtraClasses[code - latinExtraStart]!
  if (code < 0x2c00)
    return code <= 0x200a || code === 0x202f || code === 0x205f
      ? space
      : code === 0x2028 || code === 0x2029
        ? newline
        : sign
  if (code >= 0x3000 && code < 0x3040) return code === 0x3000 ? space : code === 0x3005 ? caseless : sign
  if (code >= 0xd800 && code < 0xf900) return sign
  if (code >= 0xfe00 && code < 0xfe70) return sign
  if (code === 0xfeff) return space
  if (code >= 0xff00) return code >= 0xff66 && code < 0xffdd ? caseless : sign
  return caseless
}

/** The unit in lower case and without accent, as the lists hold it. */
export function foldCharacter(code: number): number {
  if (code < tableSize) return folds[code]!
  if (code >= latinExtraStart && code < latinExtraEnd) return latinExtraFolds[code - latinExtraStart]!
  return code
}
