/** First names that are words of every day besides: a month, a season, a virtue, a plant, a verb. Which of both, the words around say. */
import { givenOf, lookUp, nationalityOf, placeOf, regionOf, surnameOf, wordOf } from './lexicon.ts'
import type { Mark } from './span.ts'
import { hashWord } from './tokens.ts'
import { kinds } from './words.ts'

const calendar =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Spring|Summer|Autumn|Winter|Easter|Christmas)$/i
const doubles =
  'April|May|June|July|August|Summer|Autumn|Winter|Dawn|Joy|Hope|Faith|Grace|Mark|Will|Rose|Rowan|Hazel|Heather|Ivy|Holly|Daisy|Violet|Amber|Ruby|Sky|Skye|Star|Eve|Destiny|Precious|Jack|Bill|Rob|Pat|Sue|Art|Frank|Grant|Dean|Chase|Miles|Penny|Olive|Poppy|Lily|Iris|Jasmine|Ginger|Sandy|Robin|Jay|Drew|Wade|Forest|River|Sonny|Honey|Princess|Angel|Melody|Harmony|Charity|Patience|Constance|Felicity|Crystal|Pearl|Jade|Opal|Coral|Willow|Blossom|Bonnie'
const double = new RegExp(`^(?:${doubles})$`)
const places = new RegExp(`(?<![\\p{L}\\p{N}'’-])(?:${doubles})(?![\\p{L}\\p{N}-])`, 'gu')

const kin =
  '(?:(?:birth|foster|step|half)[ -]?)?(?:mum|mom|mam|mother|dad|father|parents?|brothers?|sisters?|siblings?|nan|gran\\w*|uncle|aunt\\w*|step\\w+|carers?|boyfriend|girlfriend|partner|social worker|health visitor|key ?worker)'
const whose = new RegExp(`^['’]s (?:\\w+ ){0,2}${kin}\\b`, 'i')
const acts =
  /^ (?:told|tells|said|says|disclosed|flinch\w*|cried|cries|alleged|alleges|refuses|refused|ran away|has run|has gone missing|went missing|self-harm\w*|and (?:her|his) (?:\w+ )?(?:mum|mother|dad|father|brother|sister|siblings?|nan|gran\w*|carers?|baby|children))\b/i
const stands =
  /^ (?:has|had|was|is|did|didn['’]?t|does|doesn['’]?t|won['’]t|came|comes|went|goes|lives|lived|ran|arrived|attended|attends|needs|wants|seems|seemed|looked|looks|cut|cuts|hit|hits|left|lost|moved|missed|turned|presented|reported|reports|stated|will|can|cannot|can['’]?t|could|couldn['’]?t|would|keeps|still)\b/i
const spokenOf = /\b(?:about|worried for|concerns? (?:about|for|re)|re:?|named|called|saw|met|visited|noticed|with) $/i
const somebody =
  /\b(?:she|he|her|his|him|herself|himself|being looked after|neighbour|placement|social worker|seen by (?:the|a|our) \w+)\b/i
const reach = 140

export const isCalendar = (word: string): boolean => calendar.test(word)
export const isDouble = (word: string): boolean => double.test(word) || calendar.test(word)

/** Is this word somebody here: somebody's mother is named by it, it says or does what people do, or the next words are she or he? */
export function isSomebody(text: string, start: number, end: number): boolean {
  const after = text.slice(end, end + reach)
  const before = text.slice(Math.max(0, start - 40), start)
  if (calendar.test(text.slice(start, end)) && (/^ ?\d/.test(after) || /\d(?:st|nd|rd|th)? $/.test(before)))
    return false
  if (whose.test(after) || acts.test(after)) return true
  const month = calendar.test(text.slice(start, end))
  return (
    (stands.test(after) || spokenOf.test(before) || (!month && /^['’]s \w/.test(after))) &&
    somebody.test(withinTwoSentences(after))
  )
}

/** Of what follows: the rest of the sentence, and the next one's first words. */
function withinTwoSentences(after: string): string {
  const end = after.search(/[.?!]\s|\n\s*\n/)
  return end < 0 ? after : after.slice(0, end + 30)
}

/** Persons whom these words name, and those whom a hasty message names in small letters: "about tomasz he is". */
export function doubleNames(text: string): Mark[] {
  const marks: Mark[] = []
  for (const { index, 0: word } of text.matchAll(places)) {
    const end = index + word.length
    const surname = surnameAfter(text, end)
    if (surname > end) marks.push({ type: 'PERSON', start: index, end: surname, confidence: 0.8 })
    else if (isSomebody(text, index, end)) marks.push({ type: 'PERSON', start: index, end, confidence: 0.7 })
  }
  for (const { index, 0: all, 1: word } of text.matchAll(small)) {
    const end = index + all.length
    if (stands.test(text.slice(end, end + 20)) && isSomebody(text, end - word!.length, end))
      marks.push({ type: 'PERSON', start: end - word!.length, end, confidence: 0.6 })
  }
  for (const { index, 0: all, 1: word } of text.matchAll(households)) {
    const hash = hashWord(word!)
    const bits = lookUp(hash)
    const known =
      wordOf(bits) + placeOf(bits) + nationalityOf(bits) + regionOf(bits) > 0 || (kinds.get(hash) ?? 0) !== 0
    const start = index + all.length - word!.length
    if (!known) marks.push({ type: 'PERSON', start, end: start + word!.length, confidence: 0.85 })
  }
  for (const { index, 0: all, 1: word } of text.matchAll(hasty)) {
    const bits = lookUp(hashWord(word!))
    const start = index + all.length - word!.length
    if (wordOf(bits) === 0 && (givenOf(bits) >= 1 || surnameOf(bits) >= 1))
      marks.push({ type: 'PERSON', start, end: start + word!.length, confidence: 0.6 })
  }
  return marks.sort((a, b) => a.start - b.start)
}

const hasty =
  /\b(?:about|called|named|worried for|spoke to|seen) (\p{Ll}{3,20})(?= (?:he|she|is|was|has|his|her|did|didnt|who)\b)/gu

/** A line that begins with one in small letters. */
const small = new RegExp(`(?:^|\\n)[ \\t]*(${doubles.toLowerCase()})(?= )`, 'g')
/** A surname that no list knows, before the word for its household. */
const households =
  /\b[Tt]he (\p{Lu}\p{Ll}{2,20}(?:-\p{Lu}\p{Ll}{2,20})?)(?= (?:family|children|siblings|twins|boys|girls|brothers|sisters|kids|household)\b(?! (?:centre|hub|service|team|home|court|room|support)))/gu

/** Where a surname ends that stands right after a first name and is no English word: Precious Mwale. The same end: there is none. */
function surnameAfter(text: string, end: number): number {
  const [, word] =
    /^ (\p{Lu}\p{Ll}{2,20}(?:['’-]\p{Lu}\p{Ll}+)?)(?![\p{L}\p{N}])/u.exec(text.slice(end, end + 40)) ?? []
  if (word === undefined) return end
  const hash = hashWord(word)
  const bits = lookUp(hash)
  const known = wordOf(bits) > 1 || placeOf(bits) > 1 || (kinds.get(hash) ?? 0) !== 0
  return known || double.test(word) ? end : end + 1 + word.length
}
