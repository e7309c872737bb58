import { SaxesParser } from 'saxes'
import { FeedRefused } from './feed.ts'

/** An element with its text, its line, and what is in it. */
export interface Element {
  readonly name: string
  readonly line: number
  text: string
  readonly children: Element[]
}

const DEPTH_LIMIT = 30
/** Text of one element that is kept; what is longer is cut and its value then set aside. */
const TEXT_LIMIT = 10_000
/** Characters between two tags, and elements within one child, beyond which a file is made to do harm. */
const QUIET_LIMIT = 1_000_000
const ELEMENTS_LIMIT = 50_000

/** The wanted elements of an XML file, as they are closed. Refuses a file that is cut off, too deep, or has another root. */
export async function* elements(
  bytes: AsyncIterable<Uint8Array>,
  wanted: ReadonlySet<string>,
  root: string,
): AsyncIterable<Element> {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const open: Element[] = []
  const closed: Element[] = []
  let depth = 0
  let inside = 0
  let spokeAt = 0
  let fault: FeedRefused | undefined
  parser.on('error', (error) => {
    fault ??= new FeedRefused(
      `The file is not whole XML: ${error.message.replace(/^\d+:\d+:\s*/, '')}. Nothing of it was kept; send it again.`,
      parser.line,
    )
  })
  parser.on('doctype', () => {
    fault ??= new FeedRefused('The file declares a document type, which a return never does.', parser.line)
  })
  parser.on('opentag', ({ name: full }) => {
    spokeAt = parser.position
    const name = full.replace(/^.*:/, '')
    depth += 1
    if (depth === 1 && name !== root)
      fault ??= new FeedRefused(
        `This is another kind of file: it begins with “${name.slice(0, 60)}” where “${root}” was expected.`,
        parser.line,
      )
    if (depth > DEPTH_LIMIT) fault ??= new FeedRefused('The file is nested deeper than a return ever is.', parser.line)
    if (open.length === 0 && !wanted.has(name)) return
    inside = open.length === 0 ? 0 : inside + 1
    if (inside > ELEMENTS_LIMIT)
      fault ??= new FeedRefused(`One “${open[0]!.name}” holds more than a return ever does.`, parser.line)
    const element: Element = { name, line: parser.line, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  const take = (text: string): void => {
    const element = open.at(-1)
    if (element !== undefined && element.text.length < TEXT_LIMIT) element.text += text.slice(0, TEXT_LIMIT)
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', () => {
    spokeAt = parser.position
    depth -= 1
    const element = open.pop()
    if (element === undefined) return
    element.text = element.children.length > 0 ? '' : element.text.trim()
    if (open.length === 0) closed.push(element)
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const write = (text: string): void => {
    if (fault === undefined) parser.write(text)
    if (parser.position - spokeAt > QUIET_LIMIT)
      fault ??= new FeedRefused('A field is longer than a million characters, as none of a return is.', parser.line)
    if (fault !== undefined) throw fault
  }
  for await (const piece of bytes) {
    write(decoded(() => decoder.decode(piece, { stream: true }), parser.line))
    yield* closed.splice(0)
  }
  write(decoded(() => decoder.decode(), parser.line))
  parser.close()
  if (fault !== undefined) throw fault
  yield* closed.splice(0)
}

function decoded(decode: () => string, line: number): string {
  try {
    return decode()
  } catch {
    throw new FeedRefused('The file is not text in UTF-8. Save it as UTF-8 and send it again.', line)
  }
}

export const within = (element: Element, name: string): Element | undefined =>
  element.children.find((one) => one.name === name)
export const all = (element: Element, name: string): Element[] => element.children.filter((one) => one.name === name)
export function textIn(element: Element, ...path: readonly string[]): string | undefined {
  let found: Element | undefined = element
  for (const name of path) found = found && within(found, name)
  return found === undefined || found.text === '' ? undefined : found.text
}
