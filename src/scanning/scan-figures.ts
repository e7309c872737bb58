import { emailAround, ipv6At, urlAt } from './numbers/addresses-of-the-net.ts'
import { ageAt } from './numbers/ages.ts'
import { dateFromMonth, dateFromNumber, dateFromOrdinal, withWeekday } from './numbers/dates.ts'
import {
  labelledAt,
  lettersAndFiguresAt,
  nhsNumberAt,
  ninoAt,
  otherFigureAt,
  postcodeAt,
  upnAt,
} from './numbers/identifiers.ts'
import { phone } from './numbers/phones.ts'
import { referenceAt } from './numbers/references.ts'
import { type Reading, tokenAfter } from './reading.ts'
import type { Mark } from './span.ts'
import { shape } from './tokens.ts'
import { kind } from './words.ts'

const at = 0x40
const plus = 0x2b
const openBracket = 0x28
const colon = 0x3a
const dot = 0x2e

/** Everything in a stretch that has a shape of its own: figures, identifiers, dates, addresses of the net. In order. */
export function scanFigures(reading: Reading, into: Mark[]): void {
  const { tokens, kinds, text } = reading
  let done = -1
  for (let index = 0; index < tokens.count; index++) {
    const start = tokens.start[index]!
    if (start < done) continue
    const what = tokens.shape[index]!
    let found: Mark | undefined
    if (what === shape.digits) found = figureAt(reading, index)
    else if (what === shape.alphanumeric) found = mixedAt(reading, index)
    else if (what === shape.sign) {
      const sign = text.charCodeAt(start)
      if (sign === at) {
        found = emailAround(text, start, Math.max(done, 0))
        while (found && into.length > 0 && into[into.length - 1]!.end > found.start) into.pop()
      } else if (
        (sign === plus || sign === openBracket) &&
        tokens.shape[index + 1] === shape.digits &&
        index + 1 < tokens.count
      )
        found = phone(reading, index)
    } else if (what < shape.digits) {
      const known = kinds[index]!
      if ((known & kind.month) !== 0) found = dateFromMonth(reading, index)
      else if ((known & kind.ordinal) !== 0) found = dateFromOrdinal(reading, index)
      if (!found) found = wordAt(reading, index) ?? referenceAt(reading, index)
    }
    if (!found) continue
    if (found.type === 'DATE') found = withWeekday(reading, index, found)
    into.push(found)
    done = found.end
  }
}

/** Words that begin something: a web address, an identifier written with a gap after its letters. */
function wordAt(reading: Reading, index: number): Mark | undefined {
  const { tokens, text } = reading
  const end = tokens.end[index]!
  const next = text.charCodeAt(end)
  if ((next === dot || next === colon) && end - tokens.start[index]! < 64) {
    const following = text.charCodeAt(end + 1)
    if (following > 0x2e && following < 0x7b) {
      if (tokens.start[index]! > 0 && text.charCodeAt(tokens.start[index]! - 1) === at) return undefined
      return urlAt(text, tokens.start[index]!) ?? (next === colon ? ipv6At(text, tokens.start[index]!) : undefined)
    }
    return undefined
  }
  const length = end - tokens.start[index]!
  if (length > 2 || (next !== 0x20 && next !== 0x2d && next !== 0xa0)) return undefined
  const following = text.charCodeAt(end + 1)
  if (following >= 0x30 && following <= 0x39) return length === 2 ? ninoAt(reading, index) : upnAt(reading, index)
  return undefined
}

function mixedAt(reading: Reading, index: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[index]!
  const before = start > 0 ? text.charCodeAt(start - 1) : 32
  if (before === 0x5f) return undefined
  const first = text.charCodeAt(start) | 0x20
  const end = tokens.end[index]!
  const next = text.charCodeAt(end)
  if (next === dot || next === colon || next === 0x2d) {
    const net = next === colon ? ipv6At(text, start) : urlAt(text, start)
    if (net) return net
  }
  if (first < 0x61)
    return (
      ageAt(reading, index) ??
      dateFromNumber(reading, index) ??
      phone(reading, index) ??
      otherFigureAt(reading, index) ??
      labelledAt(reading, index)
    )
  return (
    postcodeAt(text, start) ??
    upnAt(reading, index) ??
    ninoAt(reading, index) ??
    lettersAndFiguresAt(reading, index) ??
    labelledAt(reading, index)
  )
}

function figureAt(reading: Reading, index: number): Mark | undefined {
  const { tokens, text } = reading
  const start = tokens.start[index]!
  const end = tokens.end[index]!
  if (end - start > 40) return undefined
  const before = start > 0 ? text.charCodeAt(start - 1) : 32
  if (before === 0x5f) return undefined
  const next = text.charCodeAt(end)
  if (next === colon) {
    const net = ipv6At(text, start)
    if (net) return net
  }
  return (
    dateFromNumber(reading, index) ??
    ageAt(reading, index) ??
    otherFigureAt(reading, index) ??
    nhsNumberAt(reading, index) ??
    phone(reading, index) ??
    labelledAt(reading, index)
  )
}

/** What kind of mark, from the `first` on, each token stands inside, for the name finder to leave alone; 0: none. */
export function coverTokens(reading: Reading, marks: readonly Mark[], covered: Uint8Array, first = 0): void {
  const { tokens } = reading
  covered.fill(0, 0, tokens.count)
  let index = 0
  for (let at = first; at < marks.length; at++) {
    const mark = marks[at]!
    if (mark.type === 'REFERENCE') continue
    index = tokenAfter(tokens, index, mark.start)
    for (let on = index; on < tokens.count && tokens.end[on]! <= mark.end; on++) covered[on] = coverOf(mark.type)
  }
}

/** How a figure looks to the name finder: 1 date, 2 postcode, 3 age, 4 telephone, 5 address of the net, 6 another. */
function coverOf(type: Mark['type']): number {
  switch (type) {
    case 'DATE':
      return 1
    case 'POSTCODE':
      return 2
    case 'AGE':
      return 3
    case 'PHONE':
      return 4
    case 'EMAIL':
    case 'URL':
    case 'IP_ADDRESS':
      return 5
    default:
      return 6
  }
}
