import { createRequire } from 'node:module'
import anyAscii from 'any-ascii'
import PDFDocument from 'pdfkit'

type Weight = 'regular' | 'bold'

const { resolve } = createRequire(import.meta.url)
const noto = (script: string) => ({
  regular: resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff`),
  bold: resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-700-normal.woff`),
})
// DejaVu writes Latin, Greek, Cyrillic, Arabic with Urdu, Hebrew, Armenian and Georgian; the others what it does not.
const faces: readonly Readonly<Record<Weight, string>>[] = [
  {
    regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  },
  ...['bengali', 'gurmukhi', 'gujarati', 'devanagari', 'tamil'].map(noto),
]
const coverage = new Map<string, ReadonlySet<number>>()

/** Text of one font: `file` can be given to a document's `font()`. */
export interface FontRun {
  readonly file: string
  readonly text: string
}

/**
 * Cuts text where the font must change. What no font here can write (an emoji, Chinese) is spelt in Latin letters, so that
 * nobody has to guess at an empty box. Give it clean text: see `cleanText`.
 */
export function fontRuns(text: string, weight: Weight): FontRun[] {
  const runs: { file: string; text: string }[] = []
  for (const { segment } of graphemes.segment(text)) {
    const found = fileFor(segment, weight, runs.at(-1)?.file)
    const next = found ? { file: found, text: segment } : { file: faces[0]![weight], text: spelt(segment) }
    const last = runs.at(-1)
    if (last?.file === next.file) last.text += next.text
    else runs.push(next)
  }
  return runs
}

export const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// Spaces and marks stay in the font of the word before them, so that a run is not cut without need.
function fileFor(segment: string, weight: Weight, before: string | undefined): string | undefined {
  const points = [...segment].map((sign) => sign.codePointAt(0)!).filter((point) => !ignorable(point))
  const candidates = before ? [before, ...faces.map((face) => face[weight])] : faces.map((face) => face[weight])
  return candidates.find((file) => points.every((point) => covered(file).has(point)))
}

const ignorable = (point: number): boolean =>
  point === 0x200c || point === 0x200d || (point >= 0xfe00 && point <= 0xfe0f)
/** Text in Latin letters, for what cannot be written otherwise. */
export const spelt = (segment: string): string => anyAscii(segment) || '\u25a1'

function covered(file: string): ReadonlySet<number> {
  const known = coverage.get(file)
  if (known) return known
  const document = new PDFDocument({ font: file })
  // pdfkit keeps the opened font here; its list of characters is the font's own.
  const { characterSet } = (document as unknown as { _font: { font: { characterSet: number[] } } })._font.font
  const set = new Set(characterSet)
  coverage.set(file, set)
  return set
}
