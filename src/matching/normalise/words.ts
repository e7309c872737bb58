import { HAS_NICKNAMES, META, TOKEN } from '../layout.ts'
import { hasNicknames } from './nicknames.ts'
import { skeleton } from './skeleton.ts'
import { hash, letterMask, packLetters, remembered } from './text.ts'

/** One word of a name, with its entry as `layout.ts` describes. */
export interface Word {
  readonly text: string
  readonly code: Int32Array
}

/** names recur: their words are kept, up to a bound */
export const wordOf = remembered((text: string): Word => ({ text, code: spell(text) }), 100_000)

/** Two words met before and the one they make together: at each place the last that fell there. */
const TOGETHER = 1 << 13
const firsts = new Array<Word | undefined>(TOGETHER)
const seconds = new Array<Word | undefined>(TOGETHER)
const together = new Array<Word>(TOGETHER)
const LONGEST = 40

/** Two words as one. */
export function joinedWord(first: Word, second: Word): Word {
  const place = (first.code[0]! ^ Math.imul(second.code[0]!, 31)) & (TOGETHER - 1)
  if (firsts[place] === first && seconds[place] === second) return together[place]!
  firsts[place] = first
  seconds[place] = second
  together[place] = wordOf((first.text + second.text).slice(0, LONGEST))
  return together[place]
}

export function sameWord(one: Word, other: Word): boolean {
  return one === other || one.text === other.text
}

function spell(name: string): Int32Array {
  const words = new Int32Array(TOKEN)
  const bones = skeleton(name)
  words[0] = hash(name)
  words[1] = hash(bones, 9)
  words[2] = letterMask(name)
  packLetters(name, words, 3)
  words[META] =
    Math.min(name.length, 18) | (hasNicknames(words[0]!) ? HAS_NICKNAMES : 0) | (Math.min(bones.length, 15) << 6)
  return words
}
