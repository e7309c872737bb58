import { doubleNames, isCalendar, isDouble, isSomebody } from './double-words.ts'
import { givenOf, lookUp, wordOf } from './lexicon.ts'
import { isListedName, listedNames } from './listed-names.ts'
import { cutOut, markText } from './scan.ts'
import type { Mark, Span, SpanType } from './span.ts'
import { hashWord } from './tokens.ts'
import { type Zone, zonesOf } from './zones.ts'

export interface PersonalData {
  readonly holds: boolean
  /** What makes it so; empty when nothing does. */
  readonly because: Span[]
}

const numbers: ReadonlySet<SpanType> = new Set([
  'NHS_NUMBER',
  'UPN',
  'NINO',
  'SSN',
  'IDENTIFIER',
  'DRIVING_LICENCE',
  'BANK_ACCOUNT',
  'CREDIT_CARD',
])
const family =
  /\b(?:child(?:ren)?|baby|babies|infant|toddler|boys?|girls?|lad|kids?|mum|mom|mother|dad|father|parents?|sibling|brother|sister|nan|gran\w*|uncle|aunt\w*|step\w+|famil(?:y|ies)|pupil|patient|young person|carer|tenant|victim|suspect|perpetrator|s?he'?s|she|he|her|his|him|partner)\b/i
const venue =
  /\b(?:meeting|venue|training|course|conference|event|forum|seminar|lunch|drop-in|exhibition|fair|agm|office|room|hall|held|parking|car park|centre|workshop|open day|launch|reception|deliver(?:y|ed)?|invoice|head ?quarters|hotel|library|stadium|museum|station|head office|registered|store|branch|opening hours|website|find us|we are moving|our new|our (?:\w+ )?(?:postal )?address|write to us)\b/i
const born = /\b(?:d\.?\s?o\.?\s?b|born|date of birth|birth ?da(?:te|y))\b/i
const leastSure = 0.5
/** How sure the finder must be of a single word that no list knows, in a sentence about a family. */
const unlistedSure = 0.85
const sentenceReach = 160

/**
 * Does this message, subject or document hold somebody's personal data (CUM-1)? A name, a home address, a birth date or
 * a number given to a person do. Names and addresses by which a message greets, signs and is addressed do not, nor do
 * initials and agreed references (CUM-25), dates, and the address of a venue.
 */
export function holdsPersonalData(text: string): PersonalData {
  const zones = zonesOf(text)
  const because: Span[] = []
  let zone = 0
  const found = markText(text)
  for (const mark of withOthers(withListedNames(text, found), doubleNames(text))) {
    while (zone < zones.length && zones[zone]!.end < mark.start) zone++
    const within = zones[zone]
    if (within && mark.start >= within.start && mark.start <= within.end && ownToZone(mark, within)) continue
    if (tellsOfSomebody(text, mark)) because.push(cutOut(text, mark))
  }
  return { holds: because.length > 0, because }
}

function ownToZone(mark: Mark, zone: Zone): boolean {
  if (numbers.has(mark.type)) return false
  return zone.kind !== 'greeting' || mark.type === 'PERSON' || mark.type === 'ORGANISATION' || mark.type === 'LOCATION'
}

function tellsOfSomebody(text: string, mark: Mark): boolean {
  if (numbers.has(mark.type)) return true
  switch (mark.type) {
    case 'PERSON': {
      const inFamily = (): boolean => family.test(around(text, mark))
      if (namesAThing(text, mark)) return false
      const word = text.slice(mark.start, mark.end)
      if (isDouble(word)) {
        if (isSomebody(text, mark.start, mark.end)) return true
        if (isCalendar(word)) return false
        if (mark.confidence < 0.8 || beginsSentence(text, mark) || wards.test(around(text, mark))) return inFamily()
      }
      if (!word.includes(' ') && colleagues.test(around(text, mark)) && !family.test(text)) return false
      return isName(text, mark)
        ? mark.confidence >= leastSure || inFamily()
        : mark.confidence >= unlistedSure && inFamily()
    }
    case 'DATE':
      return (
        born.test(text.slice(Math.max(0, mark.start - 24), mark.start)) ||
        /^\s*\(?(?:d\.?o\.?b|birth)/i.test(text.slice(mark.end, mark.end + 12))
      )
    case 'LOCATION':
      if (!mark.address || !/^(?:flat|apartment|apt|room|unit)?\.?\s?\d/i.test(text.slice(mark.start, mark.end)))
        return false
      return atHome(text, mark)
    case 'POSTCODE':
      return atHome(text, mark)
    case 'PHONE':
    case 'EMAIL':
      return (
        family.test(around(text, mark)) &&
        !/\b(?:duty|office|team|helpline|switchboard|desk|reception|line|hub)\b/i.test(around(text, mark))
      )
    case 'VEHICLE':
      return family.test(around(text, mark))
    default:
      return false
  }
}

/** A room, a prize or a system that bears somebody's name; a public inquiry called after its chair. */
const things =
  /^ (?:(?:and \p{Lu}\p{L}+ )?(?:suite|building|database|server|choir|wing|award|prize|cup|trophy|memorial|lecture|theatre|stadium|laptops?|programme)s?\b)/iu
const inquiries = /^(?:laming|munro|casey|cass|francis|kennedy|jay|wood)$/i
const namesAThing = (text: string, { start, end }: Mark): boolean => {
  const after = text.slice(end, end + 60)
  const name = text.slice(start, end)
  if (things.test(after) || /\b(?:building|suite|wing|choir)$/i.test(name)) return true
  const [first = '', last = '', more] = name.split(' ')
  if (more === undefined && /^(?:Ward|House|Room|Class|Lodge)$/.test(last) && isDouble(first)) return true
  return (
    inquiries.test(text.slice(start, end)) &&
    /^(?: and \p{Lu}\p{L}+)? (?:reviews?|reports?|inquir\w+|recommendations?)\b/iu.test(after)
  )
}
const wards = /\b(?:wards|classes|rooms|houses|units|teams|sites|zones)\b/i
/** A first name in these lists is a colleague's, where nothing in the message speaks of a family. */
const colleagues =
  /\b(?:rota|on call|on duty|shift|annual leave|holiday|timesheets?|expenses|apologies|panel|covering)\b/i
const beginsSentence = (text: string, { start }: Mark): boolean =>
  /(?:^|[.?!:;]\s+|\n\s*)$/.test(text.slice(Math.max(0, start - 8), start))

function atHome(text: string, mark: Mark): boolean {
  const near = around(text, mark)
  return family.test(near) || !venue.test(near)
}

/** The words about a finding, no further than its sentence's ends or a bounded reach. */
function around(text: string, mark: Mark): string {
  const before = text.slice(Math.max(0, mark.start - sentenceReach), mark.start)
  const after = text.slice(mark.end, mark.end + sentenceReach)
  const from = Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n\n')) + 1
  const to = after.search(/\. |\n\n/)
  return `${before.slice(from)} ${to < 0 ? after : after.slice(0, to)}`
}

/** The marks, with the listed first names that stand in none of them; a place of one word that is such a name becomes one. */
function withListedNames(text: string, found: readonly Mark[]): Mark[] {
  const all = [...found]
  let next = 0
  let reached = 0
  for (const name of listedNames(text)) {
    while (next < found.length && found[next]!.start <= name.start) {
      const mark = found[next++]!
      const same =
        mark.start === name.start && mark.end === name.end && (mark.type === 'LOCATION' || mark.type === 'ORGANISATION')
      if (!same && mark.end > reached) reached = mark.end
    }
    if (name.end > reached) all.push(name)
  }
  return all.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Both, in order; of those that share a place the first. */
function withOthers(marks: readonly Mark[], others: readonly Mark[]): Mark[] {
  const added = others.filter((one) => {
    const over = marks.filter((mark) => mark.start < one.end && one.start < mark.end)
    return !over.some((mark) => mark.type === 'PERSON' && mark.end - mark.start >= one.end - one.start)
  })
  return added.length === 0 ? [...marks] : [...marks, ...added].sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Charities and helplines that bear a person's name or look as if. */
const charities =
  /^(?:macmillan|barnardo|barnardos|barnardo's|childline|samaritans|mencap|relate|shelter|refuge|marie curie|sue ryder|kooth|mind|scope)$/i

/** Several words, or one that a list knows as a name or that follows a title or a relation. */
function isName(text: string, mark: Mark): boolean {
  if (charities.test(text.slice(mark.start, mark.end))) return false
  const words = text.slice(mark.start, mark.end).split(/[\s\-–]+/)
  if (words.length > 1 && mark.confidence >= 0.8) return true
  const bits = words.map((word) => lookUp(hashWord(word)))
  if (bits.some((one) => isListedName(one) || (givenOf(one) >= 2 && wordOf(one) <= 3))) return true
  return /(?:\b(?:mr|mrs|ms|miss|dr|mum|dad|uncle|aunt\w*|nan|brother|sister|partner|child|baby|pupil|called|named|name)\.?:?\s+)$/i.test(
    text.slice(Math.max(0, mark.start - 12), mark.start),
  )
}
