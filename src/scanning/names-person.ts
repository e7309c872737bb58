import { givenOf, lookUp, placeOf, surnameOf, wordOf } from './lexicon.ts'
import { cutOut, markText } from './scan.ts'
import type { Span, SpanType } from './span.ts'
import { makeTokens, shape, tokenize } from './tokens.ts'
import { kind, kinds } from './words.ts'

export interface NamesPerson {
  readonly identifies: boolean
  /** The words that do, with offsets in the name as given. */
  readonly because: Span[]
}

const longest = 400
const numbers: ReadonlySet<SpanType> = new Set([
  'NHS_NUMBER',
  'UPN',
  'NINO',
  'SSN',
  'IDENTIFIER',
  'POSTCODE',
  'EMAIL',
  'PHONE',
])
const sureEnough = 0.6

/**
 * Does the name of a file or an archive identify a person (CUM-48: "Julia Smith.doc" does, "20120910.zip" does not)?
 * Names are looked for however they are joined (julia_smith, JuliaSmith, SMITH-J) and in small letters too.
 */
export function namesPerson(fileName: string): NamesPerson {
  const name = fileName.slice(0, longest)
  const dot = name.lastIndexOf('.')
  const stem = dot > 0 && name.length - dot <= 6 ? name.slice(0, dot) : name
  // the same length throughout, so that offsets hold
  const plain = stem.replace(/[_+]/g, ' ').replace(/(?<=\p{L})[-.](?=\p{L})/gu, ' ')
  const found = new Map<number, Span>()
  for (const mark of markText(plain)) if (numbers.has(mark.type)) found.set(mark.start, cutOut(fileName, mark))
  for (const span of wordsThatName(plain))
    if (!found.has(span.start)) found.set(span.start, { ...span, text: fileName.slice(span.start, span.end) })
  const capital = plain.replace(/(?<![\p{L}\p{N}'’])\p{Ll}/gu, (letter) =>
    letter.toUpperCase().length === 1 ? letter.toUpperCase() : letter,
  )
  for (const mark of markText(capital)) {
    const covered = [...found.values()].some((span) => span.start < mark.end && mark.start < span.end)
    if (
      mark.type === 'PERSON' &&
      mark.confidence >= sureEnough &&
      !covered &&
      namelike(plain.slice(mark.start, mark.end))
    )
      found.set(mark.start, cutOut(fileName, mark))
  }
  const because = [...found.values()].sort((a, b) => a.start - b.start)
  return { identifies: because.length > 0, because }
}

/** At least one of the words is on a list of names, and none is a common word. */
function namelike(words: string): boolean {
  const tokens = makeTokens(words.length)
  tokenize(words, 0, words.length, tokens)
  let listed = false
  for (let at = 0; at < tokens.count; at++) {
    const bits = lookUp(tokens.hash[at]!)
    if (wordOf(bits) >= 4 && givenOf(bits) < 3) return false
    if ((kinds.get(tokens.hash[at]!) ?? 0) !== 0) return false
    if (givenOf(bits) > 0 || surnameOf(bits) > 0) listed = true
  }
  return listed
}

/** Two words together that the lists know as names, or one that is hardly anything else. JuliaSmith counts as two. */
function wordsThatName(stem: string): Span[] {
  const words: { start: number; end: number; given: number; surname: number; plain: boolean }[] = []
  for (const match of stem.matchAll(/\p{Lu}?[\p{Ll}'’]+|\p{Lu}+(?!\p{Ll})/gu)) {
    const tokens = makeTokens(match[0].length)
    tokenize(match[0], 0, match[0].length, tokens)
    const hash = tokens.hash[0]!
    const bits = lookUp(hash)
    const other = ((kinds.get(hash) ?? 0) & ~kind.particle) !== 0 || placeOf(bits) === 3
    const plain =
      wordOf(bits) >= 4 || tokens.shape[0] === shape.sign || other || (placeOf(bits) === 2 && givenOf(bits) < 3)
    words.push({
      start: match.index,
      end: match.index + match[0].length,
      given: givenOf(bits),
      surname: surnameOf(bits),
      plain,
    })
  }
  const spans: Span[] = []
  const add = (start: number, end: number, confidence: number): void =>
    void spans.push({ type: 'PERSON', start, end, text: '', confidence })
  for (let at = 0; at < words.length; at++) {
    const one = words[at]!
    const two = words[at + 1]
    const beside = two && two.start - one.end <= 2
    if (
      beside &&
      (one.plain || two.plain
        ? one.plain !== two.plain && ((one.given === 3 && two.surname === 3) || (one.surname === 3 && two.given === 3))
        : (one.given >= 2 && two.surname >= 1) ||
          (one.given >= 1 && two.surname >= 2) ||
          (one.surname >= 2 && two.given >= 2))
    ) {
      add(one.start, two.end, 0.9)
      at++
    } else if (
      !one.plain &&
      one.end - one.start > 2 &&
      (one.given === 3 || one.surname === 3 || (one.given === 2 && wordIsRare(stem, one)))
    )
      add(one.start, one.end, 0.7)
  }
  return spans
}

function wordIsRare(stem: string, word: { start: number; end: number }): boolean {
  const small = stem.slice(word.start, word.end)
  const tokens = makeTokens(small.length)
  tokenize(small, 0, small.length, tokens)
  return wordOf(lookUp(tokens.hash[0]!)) === 0
}
