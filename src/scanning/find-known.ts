import { fold, type KnownIndex, shortest, slipsOf } from './known-index.ts'
import { stretch } from './reading.ts'
import { cutBefore } from './scan.ts'
import { makeTokens, shape, tokenize } from './tokens.ts'

/** A known person is named here. Nothing says who, nor who else is known. */
export interface Known {
  readonly kind: 'name' | 'address'
  /** UTF-16 offsets, `end` exclusive. */
  readonly start: number
  readonly end: number
  readonly text: string
  /** 1 when spelt right; 0.8 with one slip, 0.65 with two. */
  readonly confidence: number
}

/** The two words of a name stand within so many words of each other. */
const reach = 3
/** So many spellings of a word are tried at most. */
const mostSpellings = 40
/** Words whose spellings are kept for the rest of the text. */
const mostKept = 20_000

/**
 * Names, aliases and addresses of the index in a text, misspelt too: one letter left out, added, changed or swapped in
 * each word of four letters or more. A name of one word counts only as it is written, with a capital, or in a text
 * without capitals. First name and surname may stand in either order, with a middle name between. Work is bounded for
 * each word of the text, whatever the text holds.
 */
export function findKnown(text: string, index: KnownIndex): Known[] {
  const found: Known[] = []
  const tokens = makeTokens(stretch)
  const spelt = new Map<string, [string, number][]>()
  for (let from = 0; from < text.length; ) {
    const to = cutBefore(text, from, from + stretch)
    tokenize(text, from, to, tokens)
    const words: Word[] = []
    for (let at = 0; at < tokens.count; at++) {
      const what = tokens.shape[at]!
      if (what >= shape.sign && what !== shape.caseless) continue
      const start = tokens.start[at]!
      const end = tokens.end[at]!
      if (end - start > 40) continue
      const word = fold(text, start, end)
      let spellings = spelt.get(word)
      if (!spellings) {
        spellings = spellingsOf(word, index)
        if (spelt.size < mostKept) spelt.set(word, spellings)
      }
      words.push({ word, start, end, small: what === shape.lower, spellings })
    }
    const small = words.every((word) => word.small)
    for (let at = 0; at < words.length; ) {
      const known = matchAt(words, at, index, small)
      if (known) {
        const { start } = words[at]!
        const { end } = words[known.last]!
        found.push({ kind: known.kind, start, end, text: text.slice(start, end), confidence: known.confidence })
        at = known.last + 1
      } else at++
    }
    from = to
  }
  return found
}

interface Word {
  readonly word: string
  readonly start: number
  readonly end: number
  readonly small: boolean
  readonly spellings: readonly [string, number][]
}

interface Match {
  readonly kind: 'name' | 'address'
  readonly last: number
  readonly confidence: number
}

/** The best-spelt name or address that begins at word `at`; of two as well spelt the nearer. */
function matchAt(words: readonly Word[], at: number, index: KnownIndex, allSmall: boolean): Match | undefined {
  const here = words[at]!
  let best: Match | undefined
  if (here.spellings.length > 0)
    for (let on = at + 1; on < words.length && on <= at + reach; on++) {
      for (const [first, slips] of here.spellings)
        for (const [further, moreSlips] of words[on]!.spellings) {
          const kind = index.pairs.get(`${first} ${further}`) ?? nameOnly(index.pairs.get(`${further} ${first}`))
          if (kind === undefined || (kind === 'address' && on > at + 1)) continue
          const confidence = sureness[slips + moreSlips]!
          if (!best || confidence > best.confidence) best = { kind, last: on, confidence }
        }
    }
  if (!best && index.singles.has(here.word) && (!here.small || allSmall))
    return { kind: 'name', last: at, confidence: 0.8 }
  return best
}

const sureness = [1, 0.8, 0.65] as const

/** Surname before first name is a name; a street before its number is nothing. */
function nameOnly(kind: 'name' | 'address' | undefined): 'name' | undefined {
  return kind === 'name' ? kind : undefined
}

/** The words of the index that this word may be, with how many slips: 0 or 1. */
function spellingsOf(word: string, index: KnownIndex): [string, number][] {
  const found = new Map<string, number>()
  for (const slip of slipsOf(word))
    for (const other of index.bySlip.get(slip) ?? []) {
      if (found.size >= mostSpellings) break
      const distance = found.has(other) ? 2 : apart(word, other)
      if (distance < 2) found.set(other, distance)
    }
  return [...found]
}

/** 0 the same, 1 one letter left out, added, changed or two swapped, 2 more than that or too short to tell. */
function apart(left: string, right: string): 0 | 1 | 2 {
  if (left === right) return 0
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  if (long.length - short.length > 1 || long.length < shortest || /\d/.test(long)) return 2
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1) ? 1 : 2
  if (short.slice(at + 1) === long.slice(at + 1)) return 1
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2) ? 1 : 2
}
