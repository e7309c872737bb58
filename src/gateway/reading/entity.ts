/** The tree of parts. Every dividing line must be accounted for: a line that might divide, and does not, refuses the message. */
import type { Boundaries } from './boundaries.ts'
import { readEnvelope } from './envelope.ts'
import { checkOnce, fieldValue, readHeaders } from './header.ts'
import { outsideText } from './hidden.ts'
import { leafOf } from './leaf.ts'
import type { Budget } from './limits.ts'
import { type Parameterised, readParameters } from './parameters.ts'
import type { Defect, Entity, Envelope, Leaf } from './types.ts'
import { Refusal } from './types.ts'

export interface Walk {
  readonly raw: Buffer
  readonly boundaries: Boundaries
  readonly budget: Budget
  readonly defects: Defect[]
  readonly leaves: Leaf[]
  readonly nested: Envelope[]
  readonly outside: { part: string; text: string }[]
}

export function readEntity(
  walk: Walk,
  start: number,
  end: number,
  path: string,
  depth: number,
  isMessage: boolean,
): Entity {
  const { raw, budget, defects } = walk
  budget.spend('parts', 1, path)
  if (depth > budget.limits.depth)
    throw new Refusal(
      'beyond-depth',
      path,
      'This message cannot be read safely: its parts are nested deeper than any ordinary message. Send the inner messages on their own.',
    )
  const { fields, bodyStart } = readHeaders(raw, start, end, path || 'headers', budget, defects)
  checkOnce(fields, path || 'headers', defects)
  const bad = (code: string, sentence: string) => defects.push({ code, part: path || 'message', sentence, fatal: true })

  const typeValue = fieldValue(fields, 'content-type')
  const type =
    typeValue === undefined ? undefined : readParameters(typeValue, 'content-type', path || 'message', defects)
  const dispositionValue = fieldValue(fields, 'content-disposition')
  const disposition =
    dispositionValue === undefined
      ? undefined
      : readParameters(dispositionValue, 'content-disposition', path || 'message', defects)
  const encoding = (fieldValue(fields, 'content-transfer-encoding') ?? '7bit').toLowerCase()
  const media = type?.value ?? 'text/plain'
  if (isMessage) checkVersion(fields, typeValue !== undefined, bad, defects)
  const envelope = isMessage ? readEnvelope(fields, path, budget, defects) : undefined
  if (isMessage && path !== '' && envelope !== undefined) walk.nested.push(envelope)
  const entity = { path, type: media, fields, start, bodyStart, end, ...(envelope === undefined ? {} : { envelope }) }

  if (media.startsWith('multipart/')) {
    if (!/^(7bit|8bit|binary)$/.test(encoding))
      bad('multipart-encoded', 'A container of parts is itself encoded, and only some programs look inside.')
    return { ...entity, children: readParts(walk, type!, bodyStart, end, path, depth, media === 'multipart/digest') }
  }
  if (media === 'message/rfc822' || media === 'message/global' || media === 'message/news') {
    if (!/^(7bit|8bit|binary)$/.test(encoding))
      bad('message-encoded', 'A message inside this one is encoded, and only some programs look inside.')
    const leaf = leafOf(walk, entity, type, disposition, '7bit')
    walk.leaves.push({ ...leaf, body: false })
    return { ...entity, leaf, children: [readEntity(walk, bodyStart, end, join(path, 'message'), depth + 1, true)] }
  }
  if (media === 'message/partial' || media === 'message/external-body')
    bad('message-elsewhere', 'Part of this message is somewhere else, so it cannot be checked.')
  const leaf = leafOf(walk, entity, type, disposition, encoding)
  return { ...entity, leaf, children: [] }
}

function readParts(
  walk: Walk,
  type: Parameterised,
  bodyStart: number,
  end: number,
  path: string,
  depth: number,
  digest: boolean,
): Entity[] {
  const { raw, defects } = walk
  const part = path || 'message'
  const bad = (code: string, sentence: string): Entity[] => {
    defects.push({ code, part, sentence, fatal: true })
    return []
  }
  if (digest)
    bad('multipart-digest', 'This message is a digest, whose parts are read differently by different programs.')
  const boundary = type.parameters.get('boundary')
  if (boundary === undefined)
    return bad('boundary-missing', 'The message says that it has parts, and does not say where they begin.')
  if (type.extended.has('boundary') || !/^[0-9A-Za-z'()+_,\-./:=?]{1,70}$/.test(boundary))
    return bad(
      'boundary-malformed',
      'The line that divides the parts of the message is named in a way that programs read differently.',
    )
  if (!walk.boundaries.declare(boundary))
    return bad(
      'boundary-shared',
      'Two containers of parts use the same dividing line, or one that begins like the other.',
    )
  const lines = walk.boundaries.between(boundary, bodyStart, end)
  const starts: number[] = []
  let cursor = bodyStart
  let closed = false
  const children: Entity[] = []
  let open = -1
  for (const line of lines) {
    if (line.kind === 'unclear')
      return bad(
        'boundary-unclear',
        'A line is almost, and not exactly, the one that divides the parts of the message.',
      )
    if (closed) return bad('boundary-after-end', 'The message goes on with parts after saying that they have ended.')
    if (open < 0) {
      const text = outsideText(raw.subarray(bodyStart, line.start), part, defects)
      if (text !== '') walk.outside.push({ part: join(path, 'before'), text })
    } else {
      starts.push(open)
      const number = String(starts.length)
      children.push(readEntity(walk, open, beforeLineEnd(raw, open, line.start), join(path, number), depth + 1, false))
    }
    open = line.next
    closed = line.kind === 'close'
    cursor = line.next
  }
  if (open < 0) return bad('boundary-absent', 'The message says that it has parts, and none can be found.')
  if (!closed) return bad('boundary-unclosed', 'The message is cut short: the line that ends its parts is missing.')
  if (children.length === 0) return bad('boundary-empty', 'The message says that it has parts, and has none.')
  const text = outsideText(raw.subarray(cursor, end), part, defects)
  if (text !== '') walk.outside.push({ part: join(path, 'after'), text })
  return children
}

/** The line end before a dividing line belongs to that line (RFC 2046 §5.1.1). */
function beforeLineEnd(raw: Buffer, start: number, at: number): number {
  if (at - 1 >= start && raw[at - 1] === 10) return at - 2 >= start && raw[at - 2] === 13 ? at - 2 : at - 1
  return at
}

export function join(path: string, piece: string): string {
  return path === '' ? piece : `${path}.${piece}`
}

function checkVersion(
  fields: Entity['fields'],
  typed: boolean,
  bad: (code: string, sentence: string) => void,
  defects: Defect[],
): void {
  const version = fieldValue(fields, 'mime-version')
  if (version === undefined) {
    if (typed)
      defects.push({
        code: 'version-missing',
        part: 'headers',
        sentence: 'The header MIME-Version is missing and is added.',
        fatal: false,
      })
    return
  }
  if (!/^1\.0[ \t]*(\([^()\\]*\))?$/.test(version))
    bad('version-unknown', `The header MIME-Version says "${version.slice(0, 40)}", which programs read differently.`)
}
