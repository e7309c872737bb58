import { command, type Io, UsageError } from '../../cli/index.ts'
import type { Decision } from '../disclosure.ts'
import type { Protocol } from '../protocol.ts'

/** A file that is neither one document nor lines of documents is read no further than this. */
const ONE_DOCUMENT_LIMIT = 50_000_000

/** `safehaven decide`: contract §2. One disclosure: 0 share, 1 hold or refuse, 2 not a disclosure. Many: 0 unless a line was an error, then 2. */
export const decideCommand = command({
  name: 'decide',
  summary: 'a Disclosure in, a Decision out; with one disclosure a line, one line out for each',
  audit: 'protocols.decided',
  needs: 'nothing',
  arguments: { file: { summary: 'file of one disclosure (JSON) or of one a line (NDJSON), or - for standard input' } },
  options: {
    protocol: { value: 'ID', summary: 'protocol to decide under', required: true },
    on: { value: 'DAY', summary: 'day whose law holds, YYYY-MM-DD (today unless said)' },
  },
  async run(io, { file, protocol: id, on }) {
    const protocol = await protocolOf(id)
    const day = dayOf(on)
    const read = await separate(io, file)
    if (read.kind === 'one') return decideOne(io, read.text, protocol, day)
    let failed = false
    for await (const line of read.lines) {
      const answer = await answerTo(line, protocol, day)
      failed ||= 'error' in answer
      await io.answer(answer, () => ('error' in answer ? answer.error : inWords(answer)))
    }
    if (failed) throw new UsageError('Some lines are not disclosures; each such line was answered with its error.')
    return 0
  },
})

export async function protocolOf(id: string): Promise<Protocol> {
  const { findProtocol, protocolIds } = await import('../load.ts')
  const found = findProtocol(id)
  if (found === undefined) throw new UsageError(`There is no protocol “${id}”. There are: ${protocolIds().join(', ')}.`)
  return found
}

export function dayOf(on: string | undefined): string {
  const day = on ?? new Date().toISOString().slice(0, 10)
  if (
    !/^\d{4}-\d\d-\d\d$/.test(day) ||
    Number.isNaN(Date.parse(day)) ||
    new Date(day).toISOString().slice(0, 10) !== day
  )
    throw new UsageError(`--on must be a day written YYYY-MM-DD; “${day}” is none.`)
  return day
}

async function decideOne(io: Io, text: string, protocol: Protocol, day: string): Promise<0 | 1> {
  const answer = await answerTo(text, protocol, day)
  if ('error' in answer) {
    if (io.json) await io.answer(answer)
    throw new UsageError(answer.error)
  }
  await io.answer(answer, () => inWords(answer))
  return answer.outcome === 'share' ? 0 : 1
}

async function answerTo(
  text: string,
  protocol: Protocol,
  day: string,
): Promise<Decision | { error: string; place?: string }> {
  const [{ decide }, { readDisclosure }] = await Promise.all([import('../decide.ts'), import('../disclosure.ts')])
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch {
    return {
      error:
        text.trim() === ''
          ? 'This line is empty; a disclosure was expected.'
          : 'This is not JSON; a disclosure was expected.',
    }
  }
  const read = readDisclosure(input)
  return 'error' in read ? read : decide(read.disclosure, protocol, day)
}

type Read =
  | { readonly kind: 'one'; readonly text: string }
  | { readonly kind: 'many'; readonly lines: AsyncIterable<string> }

/** One document that may run over many lines, or one document a line. */
async function separate(io: Io, file: string): Promise<Read> {
  const source = io.lines(file)[Symbol.asyncIterator]()
  const held: string[] = []
  let size = 0
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value)
    size += next.value.length
    const filled = held.filter((line) => line.trim() !== '')
    if (filled.length >= 2 && isObject(filled[0]!)) return { kind: 'many', lines: chain(held, source) }
    if (size > ONE_DOCUMENT_LIMIT)
      throw new UsageError(
        'The file is larger than 50 MB and is not one disclosure a line. Write one disclosure on each line.',
      )
  }
  const text = held.join('\n')
  const filled = held.filter((line) => line.trim() !== '')
  if (filled.length === 0) throw new UsageError('The file is empty; a disclosure was expected.')
  if (parses(text) || !filled.some(isObject)) return { kind: 'one', text }
  return { kind: 'many', lines: chain(held, source) }
}

async function* chain(held: readonly string[], rest: AsyncIterator<string>): AsyncIterable<string> {
  let blank = 0
  const all = async function* (): AsyncIterable<string> {
    yield* held
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  }
  // Empty lines at the end are no disclosures; one in the middle is answered, so that answers stay beside their lines.
  for await (const line of all()) {
    if (line.trim() === '') {
      blank += 1
      continue
    }
    for (; blank > 0; blank -= 1) yield ''
    yield line
  }
}

function isObject(line: string): boolean {
  return line.trimStart().startsWith('{') && parses(line)
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The decision as a person reads it on a terminal. */
function inWords(decision: Decision): string {
  const cited = ({ text, cites }: { text: string; cites: readonly string[] }): string =>
    `  ${text}${cites.length === 0 ? '' : ` [${cites.join(', ')}]`}`
  const part = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, ...lines])
  return [
    `${decision.outcome.toUpperCase()} · ${decision.level} · ${decision.route ?? 'no route'} · ${decision.protocol.id} on ${decision.protocol.on}`,
    ...part(
      'Withheld',
      decision.withheld.map((one) => `  ${one.item}: ${one.because.text} [${one.because.cites.join(', ')}]`),
    ),
    ...part('Needed first', decision.needs.map(cited)),
    ...part(
      'To do',
      decision.obligations.map((owed) =>
        cited({ ...owed, text: owed.within === undefined ? owed.text : `${owed.text} (within ${owed.within})` }),
      ),
    ),
    ...part(
      'Also open',
      decision.alternatives.map((route) => `  ${route}`),
    ),
    ...part(
      'Closed',
      decision.closed.map((one) => cited({ text: `${one.route}: ${one.because.text}`, cites: one.because.cites })),
    ),
    ...part('Because', decision.reasons.map(cited)),
  ].join('\n')
}
