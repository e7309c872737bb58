/**
 * Writes a message from what was checked, and from nothing else: CRLF throughout, no blind copies named, no byte that the
 * reader did not account for. A message read without any tolerance keeps its own lines, so signatures hold; any other is
 * rebuilt part by part with fresh dividing lines that its content cannot contain.
 */

import type { Entity, Message } from './types.ts'
import { writeField, writeLeaf, writeTyped } from './write-part.ts'

export interface Amendments {
  /** Header fields to set, such as `Subject`; an existing field of that name is replaced. */
  readonly set?: Readonly<Record<string, string>>
  /** Plain text to stand at the end of the body, such as a disclaimer. */
  readonly append?: string
  /** Leave these leaves out, by path; for attachments that travel another way. */
  readonly without?: readonly string[]
}

export function serialise(message: Message, amendments: Amendments = {}): Buffer {
  const { raw } = message
  const changed = amendments.append !== undefined || (amendments.without?.length ?? 0) > 0
  const rebuild = changed || message.defects.length > 0 || message.outside.length > 0
  const set = new Map(
    Object.entries(amendments.set ?? {}).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  )
  const out: Buffer[] = []
  const line = (text: string) => out.push(Buffer.from(`${text}\r\n`, 'utf8'))

  for (const field of message.root.fields) {
    if (field.key === 'bcc' || field.key === 'return-path' || set.has(field.key)) continue
    if (rebuild && /^(content-|mime-version$)/.test(field.key)) continue
    out.push(
      rebuild
        ? Buffer.from(writeField(field.name, field.value), 'utf8')
        : withCrlf(raw.subarray(field.start, field.end)),
    )
  }
  for (const { name, value } of set.values()) out.push(Buffer.from(writeField(name, headerText(value)), 'utf8'))
  if (!rebuild) {
    line('')
    out.push(withCrlf(raw.subarray(message.root.bodyStart)))
    return ended(Buffer.concat(out))
  }
  line('MIME-Version: 1.0')
  const state = { message, amendments, boundaries: 0, appended: false }
  writeEntity(state, message.root, out)
  return ended(Buffer.concat(out))
}

interface State {
  readonly message: Message
  readonly amendments: Amendments
  boundaries: number
  appended: boolean
}

/** The content fields, the empty line and the body of an entity. */
function writeEntity(state: State, entity: Entity, out: Buffer[]): void {
  if (entity.type.startsWith('multipart/')) {
    // "=_" stands in neither base64 nor quoted-printable, so no content can hold the line.
    const boundary = `=_safehaven_${++state.boundaries}_`
    out.push(Buffer.from(`${writeTyped(entity, boundary)}\r\n`, 'utf8'))
    const children = entity.children.filter(
      (child) => !(child.leaf !== undefined && state.amendments.without?.includes(child.leaf.path)),
    )
    for (const child of children) {
      out.push(Buffer.from(`--${boundary}\r\n`))
      writeEntity(state, child, out)
      out.push(Buffer.from('\r\n'))
    }
    if (children.length === 0) out.push(Buffer.from(`--${boundary}\r\nContent-Type: text/plain\r\n\r\n\r\n`))
    out.push(Buffer.from(`--${boundary}--\r\n`))
    return
  }
  if (entity.leaf !== undefined && entity.children.length === 0) {
    const append = entity.leaf.body && !state.appended ? state.amendments.append : undefined
    out.push(writeLeaf(entity, entity.leaf, append))
    // Alternatives of one body each carry the addition; the flag is only for messages whose body is a single leaf.
    if (append !== undefined && state.message.root === entity) state.appended = true
    return
  }
  out.push(Buffer.from(`${writeTyped(entity)}\r\n`, 'utf8'))
  const inner = entity.children[0]!
  for (const field of inner.fields) {
    if (field.key === 'bcc' || /^(content-|mime-version$)/.test(field.key)) continue
    out.push(Buffer.from(writeField(field.name, field.value), 'utf8'))
  }
  out.push(Buffer.from('MIME-Version: 1.0\r\n'))
  state.boundaries += 1000
  writeEntity({ ...state, amendments: {} }, inner, out)
}

export function withCrlf(bytes: Buffer): Buffer {
  let bare = false
  for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) {
    if (bytes[i - 1] !== 13) {
      bare = true
      break
    }
  }
  return bare ? Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1') : bytes
}

function ended(bytes: Buffer): Buffer {
  return bytes.length >= 2 && bytes[bytes.length - 1] === 10 && bytes[bytes.length - 2] === 13
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')])
}

/** A header value that carries no line end and only ASCII: nothing typed by a person can begin a new header. */
export function headerText(value: string): string {
  const flat = value.replace(/[\r\n\0]+/g, ' ').trim()
  if (/^[\x20-\x7e]*$/.test(flat)) return flat
  const words: string[] = []
  let run = ''
  for (const character of flat) {
    if (Buffer.byteLength(run + character) > 45) {
      words.push(run)
      run = ''
    }
    run += character
  }
  if (run !== '') words.push(run)
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ')
}
