import { shippedModel } from './model.ts'
import { findNames } from './names.ts'
import { ageBeside } from './numbers/ages.ts'
import { makeReading, type Reading, read, stretch } from './reading.ts'
import { coverTokens, scanFigures } from './scan-figures.ts'
import type { Mark, Span, SpanType } from './span.ts'

export interface ScanOptions {
  /** Only these types; absent: all. */
  readonly types?: readonly SpanType[]
  /** Leave out what is less sure; 0 to 1, absent: 0. */
  readonly minimumConfidence?: number
}

let kept: Reading | undefined
const covered = new Uint8Array(stretch + 1)

/** Every finding of a text, in order, before its words are cut out. */
export function markText(text: string): Mark[] {
  kept ??= makeReading()
  const model = shippedModel()
  const marks: Mark[] = []
  for (let from = 0; from < text.length; ) {
    const to = cutBefore(text, from, from + stretch)
    read(text, from, to, kept)
    const first = marks.length
    scanFigures(kept, marks)
    coverTokens(kept, marks, covered, first)
    const figures = marks.length
    findNames(kept, covered, model, marks)
    for (let at = figures, names = marks.length; at < names; at++) {
      const age = marks[at]!.type === 'PERSON' ? ageBeside(text, marks[at]!.end) : undefined
      if (age) marks.push(age)
    }
    from = to
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end)
}

/**
 * What in this text identifies a person. Sorted by start; spans of different types may nest (a POSTCODE inside the
 * LOCATION of its address). Never throws on any string; time is linear in the text's length.
 */
export function scan(text: string, options: ScanOptions = {}): Span[] {
  const least = options.minimumConfidence ?? 0
  const wanted = options.types && new Set(options.types)
  const spans: Span[] = []
  for (const mark of markText(text))
    if (mark.confidence >= least && (!wanted || wanted.has(mark.type))) spans.push(cutOut(text, mark))
  return spans
}

/** A finding with its words. */
export function cutOut(text: string, { type, start, end, confidence }: Mark): Span {
  return { type, start, end, text: text.slice(start, end), confidence }
}

/** Where a stretch that may not pass `limit` best ends: after a blank line, else a line, else a space. */
export function cutBefore(text: string, from: number, limit: number): number {
  if (limit >= text.length) return text.length
  const floor = from + ((limit - from) >> 1)
  const tail = text.slice(floor, limit)
  for (const end of ['\n\n', '\n', ' ']) {
    const at = tail.lastIndexOf(end)
    if (at >= 0) return floor + at + end.length
  }
  return limit
}
