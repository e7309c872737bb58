import { cutOut, markText } from './scan.ts'
import type { Mark, Span, SpanType } from './span.ts'
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
  /\b(?:child(?:ren)?|baby|babies|infant|toddler|boys?|girls?|lad|kids?|mum|mom|mother|dad|father|parents?|sibling|brother|sister|nan|gran\w*|uncle|aunt\w*|step\w+|famil(?:y|ies)|pupil|patient|young person|carer|tenant|victim|suspect|perpetrator|she|he|her|his|him|partner)\b/i
const venue =
  /\b(?:meeting|venue|training|course|conference|event|office|room|hall|held|parking|car park|centre|workshop|open day|launch|reception|deliver(?:y|ed)?|invoice|head ?quarters|hotel|library|stadium|museum|station|head office|registered|store|branch|opening hours|website)\b/i
const born = /\b(?:d\.?\s?o\.?\s?b|born|date of birth|birth ?da(?:te|y))\b/i
const leastSure = 0.5
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
  for (const mark of markText(text)) {
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
    case 'PERSON':
      return mark.confidence >= leastSure
    case 'DATE':
      return (
        born.test(text.slice(Math.max(0, mark.start - 24), mark.start)) ||
        /^\s*\(?(?:d\.?o\.?b|birth)/i.test(text.slice(mark.end, mark.end + 12))
      )
    case 'LOCATION':
      if (!mark.address || !/\d/.test(text.slice(mark.start, mark.end))) return false
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
