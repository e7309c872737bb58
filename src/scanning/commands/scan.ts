import { command, type Io, UsageError } from '../../cli/index.ts'
import type { Span } from '../index.ts'

/** Text is scanned in stretches of about so many UTF-16 units, cut between paragraphs. */
const stretch = 1 << 20
/** Findings are kept back up to this many, so that a file that turns out not to be text prints nothing. */
const keptBack = 100_000
/** A line of NDJSON longer than this, in UTF-16 units, is refused. */
const longestLine = 64 * 1024 * 1024
const peek = 5

/** `safehaven scan`: contract §2. Plain text gives one array of findings, NDJSON of `{id, text}` one `{id, spans}` a line. */
export const scanText = command({
  name: 'scan',
  summary: 'personal identifiers in text: names, places, dates, telephone and identity numbers, with their offsets',
  audit: 'scanning.scanned',
  needs: 'nothing',
  arguments: { file: { summary: 'a text file in UTF-8, NDJSON of {"id", "text"}, or - for standard input' } },
  async run(io, { file }) {
    const { cutBefore, scan } = await import('../index.ts')
    let ndjson: boolean | undefined
    const plain = plainAnswer(io)
    let kept = ''
    let offset = 0
    let line = 0
    let broken = 0
    const take = async (text: string, last: boolean): Promise<void> => {
      kept += text
      ndjson ??= last || kept.length > stretch || lineCount(kept) > peek ? looksLikeNdjson(kept) : undefined
      if (ndjson === undefined) return
      if (ndjson) {
        const lines = kept.split('\n')
        kept = last ? '' : lines.pop()!
        if (kept.length > longestLine)
          throw new UsageError(
            `Line ${line + lines.length + 1} of ${named(file)} is too long: more than 64 million characters.`,
          )
        for (const one of lines) if (!(await answerLine(io, one, ++line, scan))) broken++
        return
      }
      while (kept.length > (last ? 0 : stretch)) {
        const end = last && kept.length <= stretch ? kept.length : cutBefore(kept, 0, Math.min(stretch, kept.length))
        await plain.add(scan(kept.slice(0, end)), offset)
        offset += end
        kept = kept.slice(end)
      }
    }
    for await (const text of decoded(io, file)) await take(text, false)
    await take('', true)
    if (ndjson !== true) await plain.end()
    if (broken > 0)
      throw new UsageError(
        `${broken} of ${line} lines of ${named(file)} could not be read; each is named in the output.`,
      )
  },
})

function named(file: string): string {
  return file === '-' ? 'standard input' : file
}

/** The text of a file as it comes; refuses what is not UTF-8 text, saying what to do. */
async function* decoded(io: Io, file: string): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let first = true
  let read = 0
  const asText = (bytes: Buffer | undefined): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new UsageError(
        `${named(file)} is not UTF-8 text (near byte ${read}). Save it as text in UTF-8 and try again.`,
      )
    }
  }
  for await (const bytes of io.bytes(file)) {
    if (
      first &&
      bytes.length > 1 &&
      ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    )
      throw new UsageError(`${named(file)} is UTF-16 text. Save it as text in UTF-8 and try again.`)
    if (bytes.includes(0))
      throw new UsageError(
        `${named(file)} is not text but a binary file. Save what it holds as text in UTF-8 and scan that.`,
      )
    first = false
    yield asText(bytes)
    read += bytes.length
  }
  yield asText(undefined)
}

function lineCount(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && count <= peek; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** NDJSON when one of the first lines is an object with a text. */
function looksLikeNdjson(text: string): boolean {
  return text
    .split('\n', peek)
    .map((line) => line.trim())
    .some((line) => line.startsWith('{') && 'text' in (readObject(line) ?? {}))
}

function readObject(line: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(line)
    return typeof found === 'object' && found !== null && !Array.isArray(found)
      ? (found as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

async function answerLine(io: Io, line: string, number: number, scan: (text: string) => Span[]): Promise<boolean> {
  const written = number === 1 ? line.replace(/^\ufeff/, '') : line
  if (written.trim() === '') return true
  const found = readObject(written)
  const error =
    found === undefined
      ? `Line ${number} is not a JSON object.`
      : typeof found.text !== 'string'
        ? `Line ${number} has no "text", or it is not a string.`
        : undefined
  const id = found && 'id' in found ? { id: found.id } : {}
  if (error !== undefined) {
    await io.answer({ ...id, line: number, error }, () => error)
    return false
  }
  const spans = scan(found!.text as string)
  await io.answer(
    { ...id, spans },
    () =>
      `${String(found!.id ?? number)}: ${spans.map((span) => `${span.type} “${span.text}”`).join(', ') || 'nothing found'}`,
  )
  return true
}

/** One array of all findings; printed at the end, or from the moment that they are too many to keep. */
function plainAnswer(io: Io): { add(spans: Span[], offset: number): Promise<void>; end(): Promise<void> } {
  let held: Span[] = []
  let printed = 0
  const write = (text: string): Promise<void> | void => {
    if (!io.output.write(text)) return new Promise((resolve) => io.output.once('drain', resolve))
  }
  const flush = async (): Promise<void> => {
    if (held.length === 0) return
    if (io.json) await write((printed === 0 ? '[' : ',') + held.map((span) => JSON.stringify(span)).join(','))
    else
      await write(
        held
          .map(
            ({ type, start, end, text, confidence }) =>
              `${type}\t${start}–${end}\t${confidence}\t${text.replace(/\s+/g, ' ')}\n`,
          )
          .join(''),
      )
    printed += held.length
    held = []
  }
  return {
    async add(spans, offset) {
      for (const span of spans)
        held.push(offset === 0 ? span : { ...span, start: span.start + offset, end: span.end + offset })
      if (held.length > keptBack) await flush()
    },
    async end() {
      await flush()
      if (io.json) await write(printed === 0 ? '[]\n' : ']\n')
      else if (printed === 0) await write('Nothing found.\n')
    },
  }
}
