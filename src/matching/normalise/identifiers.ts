import { fold, plainOf, remembered } from './text.ts'

export interface Identifier {
  readonly type: string
  readonly value: string
}

/** values that stand for none */
const EMPTY = /^(?:0+|9+|1234567890?|x+|na|none|unknown|null)$/

const LONGEST = 24

/** Letters and digits only; undefined for nothing and for fillers such as `0000000000`. */
export function parseIdentifier(type: string, value: string): Identifier | undefined {
  const plain = plainOf(value, LONGEST + 1)
  if (plain.length < 4 || plain.length > LONGEST || EMPTY.test(plain)) return undefined
  return { type: typeOf(type), value: plain }
}

const typeOf = remembered(fold, 100)

/** 0 not known, 1 female, 2 male. */
export function parseSex(text: string | undefined): number {
  if (text === undefined) return 0
  switch (text.trim().toLowerCase()) {
    case 'f':
    case 'female':
    case 'woman':
    case 'girl':
    case '2':
      return 1
    case 'm':
    case 'male':
    case 'man':
    case 'boy':
    case '1':
      return 2
    default:
      return 0
  }
}

/** The last nine digits of a telephone number, or an e-mail address in lower case; undefined when too short. */
export function parseContact(text: string): string | undefined {
  const plain = fold(text).trim()
  if (plain.includes('@')) return plain
  const digits = plain.replace(/\D/g, '')
  return digits.length < 7 ? undefined : digits.slice(-9)
}
