/** Everything in a message that can be looked at: subject, bodies, threads, other headers, files and what is in them. */
import { lookInside, type Piece, type Problem, Work, type WorkLimits } from '../contents/index.ts'
import type { Message } from '../reading/index.ts'
import { type Body, bodyOf } from './body.ts'
import type { MailAttachment } from './types.ts'

export interface Gathered {
  readonly subject: string
  readonly bodies: readonly Body[]
  /** Text of other headers that people write in: `headers/Thread-Topic` and the like. */
  readonly headers: readonly Piece[]
  readonly attachments: readonly MailAttachment[]
  /** Files inside the attachments. */
  readonly inside: readonly MailAttachment[]
  /** Text found in attachments. */
  readonly pieces: readonly Piece[]
  readonly problems: readonly Problem[]
}

const written =
  /^(?:thread-topic|comments|keywords|content-description|x-subject|x-original-subject|organization|x-label|x-notes?|topic)$/

/** `limits`: a smaller budget for tests. Never throws on what a message holds. */
export function gather(message: Message, limits?: WorkLimits): Gathered {
  const work = limits === undefined ? new Work() : new Work(limits)
  const attachments: MailAttachment[] = []
  const bodies: Body[] = []
  let number = 0
  for (const leaf of message.leaves) {
    if (leaf.body && leaf.text !== undefined) {
      const seen = bodies.length
      const part =
        seen === 0 ? 'body' : leaf.type === 'text/html' ? `body/html${seen > 1 ? `-${seen}` : ''}` : `body/${seen + 1}`
      bodies.push(bodyOf(leaf, part))
      if (leaf.type === 'text/html' && /data:[a-z0-9.+/-]{0,80}[^,]{0,80};base64,/i.test(leaf.text))
        lookInside(leaf.bytes, part, work)
      continue
    }
    if (leaf.path.endsWith('.message') && leaf.names.length === 0 && leaf.type === 'message/rfc822') continue
    number++
    const name = leaf.names[0] ?? nameless(leaf.type, number)
    const part = `attachments/${number}/${name}`
    // A message inside was read as part of this one; its own parts stand in the list.
    const inner = leaf.type === 'message/rfc822' || leaf.type === 'message/global'
    const found = inner ? { type: 'message/rfc822', encrypted: false as const } : lookInside(leaf.bytes, part, work)
    attachments.push({ name, type: found.type, size: leaf.bytes.length, encrypted: found.encrypted, part })
  }
  for (const text of message.outside) work.text(`outside/${text.part}`, text.text)
  for (const nested of message.nested) {
    work.text(`attachments/${nested.path}/subject`, nested.subject)
    work.text(
      `attachments/${nested.path}/addresses`,
      [...nested.from, ...nested.to, ...nested.cc].map((address) => `${address.name} ${address.address}`).join('\n'),
    )
  }
  const headers: Piece[] = []
  const leafFields = message.leaves.flatMap((leaf) => (leaf.names.length > 0 || !leaf.body ? leaf.fields : []))
  for (const field of [...message.root.fields, ...leafFields])
    if (written.test(field.key) && field.value !== '')
      headers.push({ part: `headers/${field.name}`, text: field.value })
  return {
    subject: message.envelope.subject,
    bodies,
    headers,
    attachments,
    inside: work.inside.map((file) => ({
      name: file.name,
      type: file.type,
      size: file.size,
      encrypted: file.encrypted,
      part: file.part,
    })),
    pieces: work.pieces,
    problems: work.problems,
  }
}

function nameless(type: string, number: number): string {
  const ending = {
    'message/rfc822': 'eml',
    'text/html': 'html',
    'text/plain': 'txt',
    'text/calendar': 'ics',
    'image/png': 'png',
    'image/jpeg': 'jpg',
    'image/gif': 'gif',
    'application/pdf': 'pdf',
  }[type]
  return `part-${number}${ending === undefined ? '' : `.${ending}`}`
}
