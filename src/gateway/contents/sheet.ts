/** Excel's cells in reading order: shared strings looked up, dates written as dates, a row to a line. */
import { decodeEntities, markupText } from './markup.ts'

export function sharedStrings(xml: string): string[] {
  const strings: string[] = []
  for (const match of xml.matchAll(/<si\b[^>]{0,200}>/g)) {
    const from = match.index + match[0].length
    const to = match[0].endsWith('/>') ? from : xml.indexOf('</si>', from)
    if (to < 0) break
    // Readings of Japanese words stand in <rPh>; they are names too, and stay in.
    strings.push(
      markupText(xml.slice(from, to))
        .text.replace(/\s*\n\s*/g, ' ')
        .trim(),
    )
  }
  return strings
}

/** Numbers of the cell styles that show a date. */
export function dateStyles(xml: string): Set<number> {
  const custom = new Set<number>()
  for (const match of xml.matchAll(/<numFmt\b[^>]{0,400}>/g)) {
    const id = Number(/\bnumFmtId="(\d+)"/.exec(match[0])?.[1])
    const code = /\bformatCode="([^"]*)"/.exec(match[0])?.[1] ?? ''
    if (/[ymd]/i.test(code.replace(/\[[^\]]*\]|"[^"]*"|&quot;.*?&quot;|General/gi, ''))) custom.add(id)
  }
  const dates = new Set<number>()
  const formats = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/.exec(xml)?.[1] ?? ''
  let index = 0
  for (const match of formats.matchAll(/<xf\b[^>]{0,600}>/g)) {
    const id = Number(/\bnumFmtId="(\d+)"/.exec(match[0])?.[1] ?? 0)
    if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) || custom.has(id))
      dates.add(index)
    index++
  }
  return dates
}

export function sheetText(xml: string, strings: readonly string[], dates: ReadonlySet<number>): string {
  const out: string[] = []
  for (const match of xml.matchAll(
    /<(row|c|oddHeader|oddFooter|evenHeader|evenFooter|firstHeader|firstFooter)\b([^>]{0,500}?)(\/>|>)/g,
  )) {
    if (match[1] === 'row') {
      out.push('\n')
      continue
    }
    if (match[3] === '/>') continue
    const from = match.index + match[0].length
    const to = xml.indexOf(`</${match[1]}>`, from)
    if (to < 0) break
    const inner = xml.slice(from, to)
    if (match[1] !== 'c') {
      out.push(`\n${decodeEntities(inner).replace(/&[LCR]/g, ' ')}`)
      continue
    }
    out.push(cellText(match[2]!, inner, strings, dates), '\t')
  }
  const asides = [...xml.matchAll(/\b(?:tooltip|display|prompt|promptTitle|error)="([^"]{1,1000})"/g)].map((match) =>
    decodeEntities(match[1]!),
  )
  return [...out, '\n', ...asides].join('').trim()
}

function cellText(attributes: string, inner: string, strings: readonly string[], dates: ReadonlySet<number>): string {
  const type = /\bt="([a-zA-Z]+)"/.exec(attributes)?.[1]
  const value = /<v[^>]{0,50}>([^<]*)</.exec(inner)?.[1] ?? ''
  const formula = /<f[^>]{0,200}>([^<]{1,2000})</.exec(inner)?.[1]
  const literals =
    formula === undefined
      ? ''
      : ` ${[...decodeEntities(formula).matchAll(/"([^"]{1,500})"/g)].map((match) => match[1]).join(' ')}`
  if (type === 's') return (strings[Number(value)] ?? '') + literals
  if (type === 'inlineStr') return markupText(inner).text.replaceAll('\n', ' ')
  if (type === 'str') return decodeEntities(value) + literals
  const style = Number(/\bs="(\d+)"/.exec(attributes)?.[1] ?? -1)
  if (dates.has(style) && /^\d{1,6}(\.\d+)?$/.test(value)) {
    const day = Math.floor(Number(value))
    if (day > 0 && day < 2_958_466) return ukDay(new Date(Date.UTC(1899, 11, 30) + day * 86_400_000)) + literals
  }
  return decodeEntities(value) + literals
}

function ukDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`
}
