import type { Reading } from '../reading.ts'
import type { Mark } from '../span.ts'
import { shape } from '../tokens.ts'

const figure = '(?:1[01]\\d|\\d{1,2}(?:\\.5|½)?)'
const unit = '(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)'
const written = new RegExp(
  `${figure}(?: ?(?:-|–|to|/) ?\\d{1,3})?(?: ?[- ]?${unit}[ -]?(?:olds?|of age)| ?y[./]?o\\.?| ?y(?:ea)?rs?[- ]old)(?![\\p{L}\\p{N}])`,
  'iuy',
)
const bare = /\d{1,3}(?![\p{L}\p{N}/%]|[.,:-]\d)/uy
const months = / (?:years?|yrs?|months?|mths?|weeks?)(?: and \d{1,2} months?)?/iy

/** The age that starts at token `at`, a number: 7yo, 9 years old, aged 9. */
export function ageAt(reading: Reading, at: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[at]!
  written.lastIndex = start
  if (written.test(text)) return { type: 'AGE', start, end: written.lastIndex, confidence: 0.95 }
  if (tokens.shape[at] !== shape.digits || tokens.end[at]! - start > 3) return undefined
  bare.lastIndex = start
  const number = bare.exec(text)
  if (!number || Number(number[0]) > 120) return undefined
  const back = text.slice(Math.max(0, start - 12), start)
  if (!/(?:aged|\bage|ages|turn(?:ing|ed))(?: of| is|:| =)?[\s:(-]{0,3}(?:\d{1,2}(?:,| and| &) )?$/i.test(back))
    return undefined
  months.lastIndex = bare.lastIndex
  const end = months.test(text) ? months.lastIndex : bare.lastIndex
  return { type: 'AGE', start, end, confidence: 0.9 }
}

const beside = /^ ?(?:\((?:aged? )?(\d{1,2})\)|, (\d{1,2})(?=[,;.]|\)| years| and| was| is| lives))/

/** The age that stands right after a name: Aisha (9), Aisha, 9, … */
export function ageBeside(text: string, end: number): Mark | undefined {
  const found = beside.exec(text.slice(end, end + 16))
  if (!found || found[0].includes('age')) return undefined
  const figures = found[1] ?? found[2]!
  const start = end + found[0].indexOf(figures)
  return { type: 'AGE', start, end: start + figures.length, confidence: 0.7 }
}
