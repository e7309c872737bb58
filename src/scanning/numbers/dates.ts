import { kindsBefore, type Reading } from '../reading.ts'
import type { Mark } from '../span.ts'
import { shape } from '../tokens.ts'
import { kind } from '../words.ts'

const monthNames =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const notWordAfter = '(?![\\p{L}\\p{N}])'
const year = "(?:(?:19|20)\\d\\d|['’]?\\d\\d)"
const clock = '(?:[T ]{1,2}\\d{1,2}:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?'

const numeric = new RegExp(`(\\d{1,4})( ?[/.\\-–] ?| )(\\d{1,2})\\2(\\d{4}|\\d{2})${notWordAfter}(?![/.\\-]\\d)`, 'uy')
const isoDate = new RegExp(`(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?:${clock})${notWordAfter}(?!-\\d)`, 'uy')
const dayMonth = new RegExp(
  `(\\d{1,2})(?:(?:st|nd|rd|th))?[ \\u00a0]{0,2}(?:[-./ ]|of[ ](?:the[ ])?|day[ ]of[ ])?[ \\u00a0]{0,2}(${monthNames})\\.?(?:(?:[ \\u00a0,]{0,3}|[-/. ])(${year}))?${notWordAfter}`,
  'iuy',
)
const monthDay = new RegExp(
  `(${monthNames})\\.?[ \\u00a0]{1,2}(?:the[ ])?(\\d{1,2})(?:st|nd|rd|th)?(?:[ ,]{1,3}((?:19|20)\\d\\d))?${notWordAfter}(?![:/]\\d)`,
  'iuy',
)
const monthYear = new RegExp(`(${monthNames})[ ,\\u00a0]{1,3}((?:19|20)\\d\\d)${notWordAfter}`, 'iuy')
const ordinalMonth = new RegExp(
  `[a-z]{5,11}(?:[ -][a-z]{5,8})?[ ](?:day[ ])?of[ ](${monthNames})(?:[ ,]{1,3}(${year}))?${notWordAfter}`,
  'iuy',
)
const dayMonthOnly = new RegExp(`(\\d{1,2})/(\\d{1,2})${notWordAfter}(?![/.\\-]\\d)`, 'uy')
const eightDigits = /(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)/y

const days = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const monthNumbers = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayFits = (day: number, month: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= days[month]!
const monthOf = (word: string): number => monthNumbers.indexOf(word.slice(0, 3).toLowerCase()) + 1

function marked(start: number, end: number, confidence: number): Mark {
  return { type: 'DATE', start, end, confidence }
}

/** The date that starts at token `at`, which is a number: 14/03/2012, 14th March, 2012-03-14. */
export function dateFromNumber(reading: Reading, at: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[at]!
  const before = start > 0 ? text.charCodeAt(start - 1) : 32
  if ((before === 0x2e || before === 0x2f || before === 0x2d) && start > 1 && /[\p{L}\p{N}]/u.test(text[start - 2]!))
    return undefined
  if (before === 0xa3 || before === 0x24 || before === 0x20ac) return undefined
  const length = tokens.end[at]! - start
  if (length === 4 && tokens.shape[at] === shape.digits) {
    isoDate.lastIndex = start
    const iso = isoDate.exec(text)
    if (iso && dayFits(Number(iso[4]), Number(iso[3])) && yearFits(iso[1]!))
      return marked(start, isoDate.lastIndex, 0.95)
    return undefined
  }
  if (length <= 2) {
    numeric.lastIndex = start
    const found = numeric.exec(text)
    if (found) {
      const [whole, first, gap, second, last] = found as unknown as [string, string, string, string, string]
      const dayFirst = dayFits(Number(first), Number(second))
      const monthFirst = dayFits(Number(second), Number(first))
      if ((dayFirst || monthFirst) && (last.length === 2 || yearFits(last))) {
        const born =
          (kindsBefore(reading, at, 4) & kind.bornLabel) !== 0 || (kindsBefore(reading, at, 1) & kind.dateLabel) !== 0
        const sign = gap.trim()
        const padded = first.length === 2 && second.length === 2
        const sure =
          sign === '/'
            ? true
            : sign === ''
              ? last.length === 4 && (padded || born)
              : last.length === 4 || (padded ? dayFirst || born : born)
        const sortCode =
          sign === '-' && last.length === 2 && /\bsort\b|s\/c/i.test(text.slice(Math.max(0, start - 24), start))
        if (sure && !sortCode)
          return marked(start, start + whole.length + timeAfter(text, start + whole.length), dayFirst ? 0.95 : 0.85)
      }
      return undefined
    }
  }
  if (length <= 4 || tokens.shape[at] === shape.alphanumeric) {
    dayMonth.lastIndex = start
    const found = dayMonth.exec(text)
    if (found && dayFits(Number(found[1]), monthOf(found[2]!))) {
      const bare = found[3] === undefined
      const word = found[2]!
      // "2 may be enough": the month that is also a verb needs a capital or a year
      if (
        bare &&
        /^(may|mar|dec|sep)$/.test(word) &&
        !/(st|nd|rd|th)/.test(found[0].slice(0, 5)) &&
        (word !== 'may' || mayIsVerb(text, dayMonth.lastIndex))
      )
        return undefined
      return marked(start, dayMonth.lastIndex, 0.95)
    }
  }
  if (length <= 2) {
    dayMonthOnly.lastIndex = start
    const found = dayMonthOnly.exec(text)
    if (found && dayFits(Number(found[1]), Number(found[2]))) {
      const near = kindsBefore(reading, at, 3)
      const padded = found[1]!.length === 2 && found[2]!.length === 2
      if (
        (near & (kind.bornLabel | kind.weekday)) !== 0 ||
        ((near & kind.dateLabel) !== 0 && (padded || found[2]!.length === 2))
      )
        return marked(start, dayMonthOnly.lastIndex, 0.7)
    }
  }
  if (length === 8 && (kindsBefore(reading, at, 4) & kind.bornLabel) !== 0) {
    eightDigits.lastIndex = start
    const found = eightDigits.exec(text)
    if (found && dayFits(Number(found[1]), Number(found[2]))) return marked(start, start + 8, 0.85)
  }
  return undefined
}

/** The date that starts at token `at`, which is the name of a month: March 14th 2012, March 2012. */
export function dateFromMonth(reading: Reading, at: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[at]!
  monthDay.lastIndex = start
  const found = monthDay.exec(text)
  if (found && dayFits(Number(found[2]), monthOf(found[1]!))) {
    const capital = /\p{Lu}/u.test(text[start]!)
    if (capital || found[1]!.length > 3 || found[3] !== undefined) return marked(start, monthDay.lastIndex, 0.9)
  }
  monthYear.lastIndex = start
  if (monthYear.test(text)) return marked(start, monthYear.lastIndex, 0.7)
  return undefined
}

/** The date that starts at token `at`, which is an ordinal in words: the fourteenth of March. */
export function dateFromOrdinal(reading: Reading, at: number): Mark | undefined {
  const start = reading.tokens.start[at]!
  ordinalMonth.lastIndex = start
  return ordinalMonth.test(reading.text) ? marked(start, ordinalMonth.lastIndex, 0.85) : undefined
}

/** Takes in a weekday that stands before a date: Tuesday, 14 March. */
export function withWeekday(reading: Reading, at: number, date: Mark): Mark {
  const { tokens, kinds, text } = reading
  let back = at - 1
  if (back >= 0 && text.slice(tokens.start[back], tokens.end[back]) === 'the') back--
  if (back >= 0 && tokens.shape[back] === shape.sign && /[,.]/.test(text[tokens.start[back]!]!)) back--
  if (back < 0 || (kinds[back]! & kind.weekday) === 0 || tokens.shape[back] === shape.newline) return date
  return { ...date, start: tokens.start[back]! }
}

function yearFits(written: string): boolean {
  const value = Number(written)
  return value >= 1880 && value <= 2100
}

const seconds = /[T ]\d{1,2}:\d\d:\d\d/y
function timeAfter(text: string, end: number): number {
  seconds.lastIndex = end
  return seconds.test(text) ? seconds.lastIndex - end : 0
}

const ends = /\s{0,2}(?:$|[,.;:)\n!?]|and\b|at\b|to\b|for\b|in\b|\d)/y
function mayIsVerb(text: string, end: number): boolean {
  ends.lastIndex = end
  return !ends.test(text)
}
