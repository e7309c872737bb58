import { foldCharacter } from './characters.ts'
import { makeTokens, shape, tokenize } from './tokens.ts'

/** One person whom the hub knows: names and aliases whole, as written; addresses on one line each. */
export interface KnownPerson {
  readonly names: readonly string[]
  readonly addresses?: readonly string[]
}

/** What findKnown looks in. It holds words and which two stand together, and no persons. */
export interface KnownIndex {
  /** First word and a further word of a name, or house number and street, joined by a space. */
  readonly pairs: ReadonlyMap<string, 'name' | 'address'>
  /** Names and aliases of one word. */
  readonly singles: ReadonlySet<string>
  /** A word, whole or less one letter -> words of the index. */
  readonly bySlip: ReadonlyMap<string, readonly string[]>
}

/** Words shorter than this must be spelt right. */
export const shortest = 4
const longestText = 300
const mostWords = 8

/** The words of a short text, folded to small letters without accents; figures kept. */
export function foldedWords(text: string): string[] {
  const short = text.slice(0, longestText)
  const tokens = makeTokens(short.length)
  tokenize(short, 0, short.length, tokens)
  const words: string[] = []
  for (let at = 0; at < tokens.count; at++)
    if (tokens.shape[at]! < shape.sign || tokens.shape[at] === shape.caseless)
      words.push(fold(short, tokens.start[at]!, tokens.end[at]!))
  return words
}

/** One token's letters folded. */
export function fold(text: string, start: number, end: number): string {
  let folded = ''
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x27 || code === 0x2019 || (code >= 0x300 && code < 0x370)) continue
    folded += String.fromCharCode(foldCharacter(code))
  }
  return folded
}

/** The word and everything it becomes with one letter left out. */
export function slipsOf(word: string): string[] {
  if (word.length < shortest || /\d/.test(word)) return [word]
  const slips = [word]
  for (let at = 0; at < word.length; at++) {
    const slip = word.slice(0, at) + word.slice(at + 1)
    if (slip !== slips[slips.length - 1]) slips.push(slip)
  }
  return slips
}

/** Builds what findKnown looks in, in time and room linear in the names and addresses. */
export function buildKnownIndex(rows: Iterable<KnownPerson>): KnownIndex {
  const pairs = new Map<string, 'name' | 'address'>()
  const singles = new Set<string>()
  const bySlip = new Map<string, string[]>()
  const known = new Set<string>()
  const addWord = (word: string): void => {
    if (known.has(word)) return
    known.add(word)
    for (const slip of slipsOf(word)) {
      const words = bySlip.get(slip)
      if (words) words.push(word)
      else bySlip.set(slip, [word])
    }
  }
  const addPair = (first: string, further: string, kind: 'name' | 'address'): void => {
    addWord(first)
    addWord(further)
    pairs.set(`${first} ${further}`, kind)
  }
  for (const row of rows) {
    for (const name of row.names) {
      const [first, ...further] = foldedWords(name).slice(0, mostWords)
      if (first === undefined) continue
      if (further.length === 0) singles.add(first)
      for (const word of further) if (word.length > 1) addPair(first, word, 'name')
    }
    for (const address of row.addresses ?? []) {
      const words = foldedWords(address)
      // "Flat 2, 14 Mill Lane": the last number before a word is the house's
      const number = words.findIndex((word, at) => /^\d+[a-z]?$/.test(word) && /^\D{3,}$/.test(words[at + 1] ?? ''))
      if (number >= 0) addPair(words[number]!, words[number + 1]!, 'address')
    }
  }
  return { pairs, singles, bySlip }
}
