import { givenOf, lookUp, placeOf, surnameOf, wordOf } from './lexicon.ts'
import { makeReading, type Reading, read, stretch } from './reading.ts'
import { cutBefore } from './scan.ts'
import type { Mark } from './span.ts'
import { hashWord, shape } from './tokens.ts'
import { kind } from './words.ts'

/** Does a list know this word as a name, and rather as one than as anything else? */
export function isListedName(bits: number): boolean {
  const given = givenOf(bits)
  const surname = surnameOf(bits)
  const word = wordOf(bits)
  return given === 3 || surname === 3 || (given >= 1 && word <= 2) || (surname >= 1 && word === 0)
}

let kept: Reading | undefined
const saint = hashWord('st')
const partOf = kind.street | kind.body | kind.school | kind.premises

/** How sure a first name in a capital is, by how frequent an English word it is besides. */
const capitalSure: readonly number[] = [0.5, 0.5, 0.5, 0.45]

/**
 * First names that the lists know and that are hardly anything else, wherever they stand: what the finder of names, which
 * weighs the sentence, may have passed over. Surer than it for recall, and less sure of what it finds.
 */
export function listedNames(text: string): Mark[] {
  kept ??= makeReading()
  const marks: Mark[] = []
  for (let from = 0; from < text.length; ) {
    const to = cutBefore(text, from, from + stretch)
    read(text, from, to, kept)
    const { tokens, bits, kinds } = kept
    for (let at = 0; at < tokens.count; at++) {
      const what = tokens.shape[at]!
      if ((what !== shape.capital && what !== shape.lower) || kinds[at] !== 0) continue
      if (at > 0 && tokens.hash[at - 1] === saint) continue
      if (at + 1 < tokens.count && (kinds[at + 1]! & partOf) !== 0) continue
      const own = bits[at]!
      const bare =
        what === shape.lower && wordOf(own) === 0 && givenOf(own) < 2
          ? withoutS(text, tokens.start[at]!, tokens.end[at]!)
          : own
      if (givenOf(bare) < 2 || placeOf(bare) === 3) continue
      const word = wordOf(bare)
      const confidence = what === shape.capital ? (capitalSure[word] ?? 0) : word === 0 ? 0.4 : 0
      if (confidence > 0)
        marks.push({
          type: 'PERSON',
          start: tokens.start[at]!,
          end: tokens.end[at]! - (bare === own ? 0 : 1),
          confidence,
        })
    }
    from = to
  }
  return marks
}

/** What the lists know of a word in small letters less its s: oskars mum. */
function withoutS(text: string, start: number, end: number): number {
  return end - start > 4 && text[end - 1] === 's' ? lookUp(hashWord(text.slice(start, end - 1))) : 0
}
