import type { TableRow } from './cla.ts'
import { type FeedInput, unreadableId } from './feed.ts'
import { type Element, elements } from './xml.ts'

/**
 * The looked-after return as XML (root EXPSSDA903, one CHILD each, with a HEADER and the child's episodes, reviews and missing periods):
 * every group of leaves becomes a row as in the CSV tables.
 */
export async function* xmlRows(bytes: AsyncIterable<Uint8Array>, _input: FeedInput): AsyncIterable<TableRow> {
  for await (const child of elements(bytes, new Set(['CHILD']), 'EXPSSDA903')) {
    const header = child.children.find((one) => one.name.toUpperCase() === 'HEADER') ?? child
    const leaves = leavesOf(header)
    const id = leaves.CHILDID ?? leaves.CHILD ?? ''
    yield { line: child.line, values: { ...leaves, CHILD: id } }
    if (id === '' || unreadableId(id) !== undefined) continue
    for (const group of groupsBelow(child, header))
      yield { line: group.line, values: { ...leavesOf(group), CHILD: id } }
  }
}

function leavesOf(element: Element): Record<string, string> {
  return Object.fromEntries(
    element.children.filter((one) => one.children.length === 0).map((one) => [one.name.toUpperCase(), one.text]),
  )
}

function groupsBelow(element: Element, except: Element): Element[] {
  return element.children
    .filter((one) => one !== except && one.children.length > 0)
    .flatMap((one) => [
      ...(one.children.some((leaf) => leaf.children.length === 0) ? [one] : []),
      ...groupsBelow(one, except),
    ])
}
