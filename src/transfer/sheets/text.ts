import bidiFactory from 'bidi-js'
import { type FontRun, fontRuns, graphemes, spelt } from './fonts.ts'

const bidi = bidiFactory()

export interface TextStyle {
  /** Points. */
  readonly size: number
  readonly bold?: boolean
  readonly colour?: string
}

/** A space on paper, in points. `lines`: how many at most; the rest is cut with a sentence that says so. */
export interface Place extends TextStyle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly lines: number
}

const longest = 6000
const cutMark = ' … (shortened: the whole text is in the record)'

/** Text as it may stand on paper: no control or direction marks (the algorithm sets direction), at most 6,000 characters unless said. */
export function cleanText(text: string, atMost = longest): string {
  const plain = text
    .slice(0, atMost * 2)
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cs}|\ufffd/gu, '?')
    .normalize('NFC')
    .replace(/[\p{Bidi_Control}\ufeff\u2028\u2029]|(?!\n)\p{Cc}/gu, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
  return plain.length > atMost ? `${plain.slice(0, atMost)}${cutMark}` : plain
}

/** Lines of clean text that fit a width, and whether some were left out. */
export function breakLines(
  document: PDFKit.PDFDocument,
  text: string,
  place: Omit<Place, 'x' | 'y'>,
  atMost = longest,
): string[] {
  const lines: string[] = []
  const widths = new Map<string, number>()
  const measure = (part: string): number => {
    const width = widths.get(part) ?? widthOf(document, part, place)
    widths.set(part, width)
    return width
  }
  for (const paragraph of cleanText(text, atMost).split('\n')) {
    let line = ''
    let used = 0
    for (const word of wordsOf(paragraph)) {
      if (lines.length > place.lines) break
      if (used + measure(word.trimEnd()) <= place.width) {
        line += word
        used += measure(word)
        continue
      }
      if (line.trim() !== '') lines.push(line.trimEnd())
      line = ''
      used = 0
      // Signs by themselves are never narrower than joined to their neighbours, so what fits here fits when drawn.
      const parts =
        measure(word.trimEnd()) <= place.width ? [word] : Array.from(graphemes.segment(word), (part) => part.segment)
      for (const part of parts) {
        if (line !== '' && used + measure(part) > place.width) {
          lines.push(line)
          line = ''
          used = 0
          if (lines.length > place.lines) break
        }
        line += part
        used += measure(part)
      }
    }
    lines.push(line.trimEnd())
  }
  if (lines.length <= place.lines) return lines
  const kept = lines.slice(0, place.lines)
  let last = kept.at(-1)!
  const mark = place.lines > 1 && widthOf(document, cutMark, place) < place.width ? cutMark : '…'
  while (last !== '' && widthOf(document, last + mark, place) > place.width) last = [...last].slice(0, -1).join('')
  kept[kept.length - 1] = last + mark
  return kept
}

/** Draws text into its place and answers the y below it. Never writes outside the width or past the number of lines. */
export function drawText(document: PDFKit.PDFDocument, text: string, place: Place): number {
  const height = place.size * 1.35
  const lines = breakLines(document, text, place)
  document.fontSize(place.size).fillColor(place.colour ?? '#0b0c0c')
  lines.forEach((line, index) => {
    let x = place.x
    for (const run of visualRuns(line, place.bold ?? false)) {
      x += shaped(document, run, ({ text, features }) => {
        const width = document.widthOfString(text, { features: features() })
        document.text(text, x, place.y + index * height, { lineBreak: false, features: features() })
        return width
      })
    }
  })
  return place.y + lines.length * height
}

function widthOf(document: PDFKit.PDFDocument, text: string, style: TextStyle): number {
  document.fontSize(style.size)
  let width = 0
  for (const run of fontRuns(text, style.bold ? 'bold' : 'regular')) {
    width += shaped(document, run, ({ text, features }) => document.widthOfString(text, { features: features() }))
  }
  return width
}

interface Shaped {
  readonly text: string
  /** New each time, because the shaper writes into it. */
  readonly features: () => PDFKit.Mixins.OpenTypeFeatures[]
}

// The shaper fails on some marks of some fonts (Gurmukhi's tippi): then without placing marks, and at worst spelt in Latin.
function shaped(document: PDFKit.PDFDocument, run: FontRun, draw: (run: Shaped) => number): number {
  const unplaced = { mark: false, mkmk: false, abvm: false, blwm: false }
  document.font(run.file)
  try {
    return draw({ text: run.text, features: () => [] })
  } catch {
    try {
      return draw({ text: run.text, features: () => ({ ...unplaced }) as never })
    } catch {
      const [latin] = fontRuns(spelt(run.text), 'regular')
      document.font(latin!.file)
      return draw({ text: latin!.text, features: () => [] })
    }
  }
}

// Words with the space after them; what is not separated by spaces stays whole and is cut by sign where it is too long.
const wordsOf = (paragraph: string): string[] => paragraph.match(/\S+\s*|\s+/g) ?? []

// The runs of a line from left to right: Unicode's bidirectional algorithm, rule L2, over runs of one font and level.
function visualRuns(line: string, bold: boolean): FontRun[] {
  const { levels } = bidi.getEmbeddingLevels(line)
  const mirrored = bidi.getMirroredCharactersMap(line, levels)
  const runs: { level: number; file: string; text: string }[] = []
  for (let start = 0, end = 1; start < line.length; start = end, end++) {
    while (end < line.length && levels[end] === levels[start]) end++
    const level = levels[start]!
    const text = line.slice(start, end).replace(/[\s\S]/g, (sign, at: number) => mirrored.get(start + at) ?? sign)
    const parts = fontRuns(text, bold ? 'bold' : 'regular').map((run) => ({ ...run, level }))
    runs.push(...parts)
  }
  const highest = Math.max(0, ...runs.map((run) => run.level))
  for (let level = highest; level > 0; level--) reverseAtLevel(runs, level)
  return runs
}

function reverseAtLevel(runs: { level: number; file: string; text: string }[], level: number): void {
  for (let start = 0; start < runs.length; start++) {
    if (runs[start]!.level < level) continue
    let end = start
    while (end < runs.length && runs[end]!.level >= level) end++
    runs.splice(start, end - start, ...runs.slice(start, end).reverse())
    start = end
  }
}
