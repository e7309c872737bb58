import { z } from 'zod'
import { type Message, readMessage } from '../../gateway/index.ts'
import { file, notFound, page, plainName, view } from '../../web/index.ts'
import { type Kept, mailboxes, messageById, messagesOf } from './store.ts'

const address = z.object({ address: z.string().max(320) })
const one = z.object({ id: z.uuid() })

/** How a message is opened here: by the same reader that the gateway has, which sees every part. */
function opened(message: Kept) {
  const reading = readMessage(message.raw)
  const envelope = reading.outcome === 'read' ? reading.message.envelope : reading.envelope
  const leaves: Message['leaves'] = reading.outcome === 'read' ? reading.message.leaves : []
  const shown = (who: readonly { name: string; address: string }[] | undefined) =>
    (who ?? []).map((each) => (each.name === '' ? each.address : `${each.name} <${each.address}>`)).join(', ')
  return {
    id: message.id,
    at: message.at,
    tls: message.tls,
    sender: message.sender,
    recipients: message.recipients,
    subject: envelope?.subject || '(no subject)',
    from: shown(envelope?.from) || message.sender,
    to: shown(envelope?.to),
    cc: shown(envelope?.cc),
    trouble: reading.outcome === 'refused' ? reading.sentence : undefined,
    bodies: leaves
      .filter((leaf) => leaf.body && leaf.type === 'text/plain')
      .map((leaf) => leaf.text ?? leaf.bytes.toString()),
    formatted: leaves.filter((leaf) => leaf.body && leaf.type === 'text/html').length > 0,
    attachments: leaves
      .map((leaf, index) => ({
        index,
        name: plainName(leaf.names[0] ?? `part-${index + 1}`),
        type: leaf.type,
        size: leaf.bytes.length,
        body: leaf.body,
      }))
      .filter((leaf) => !leaf.body),
    leaves,
  }
}

export const mailboxList = page({
  path: '/demo/mail',
  permission: 'public',
  audit: 'demo.mailboxes',
  async get(ctx) {
    return view('testing/mailbox/mailboxes.njk', {
      title: 'Mailboxes of the invented area',
      found: await mailboxes(ctx.tx),
    })
  },
})

export const inbox = page({
  path: '/demo/mail/of/:address',
  params: address,
  permission: 'public',
  audit: 'demo.inbox',
  async get(ctx, { params }) {
    const found = (await messagesOf(ctx.tx, params.address.toLowerCase())).map(opened)
    return view('testing/mailbox/inbox.njk', {
      title: `Mail for ${params.address}`,
      backTo: '/demo/mail',
      address: params.address,
      found,
    })
  },
})

export const message = page({
  path: '/demo/mail/:id',
  params: one,
  permission: 'public',
  audit: 'demo.message',
  async get(ctx, { params }) {
    const found = await messageById(ctx.tx, params.id)
    if (found === undefined) return notFound('There is no such message.')
    const back =
      found.recipients.length === 1 ? `/demo/mail/of/${encodeURIComponent(found.recipients[0]!)}` : '/demo/mail'
    return view('testing/mailbox/message.njk', { title: 'A message', backTo: back, message: opened(found) })
  },
})

export const messageSource = page({
  path: '/demo/mail/:id/source',
  params: one,
  permission: 'public',
  audit: 'demo.message-source',
  async get(ctx, { params }) {
    const found = await messageById(ctx.tx, params.id)
    return found === undefined
      ? notFound()
      : file({ name: `${params.id}.eml`, type: 'message/rfc822', content: found.raw })
  },
})

export const messagePart = page({
  path: '/demo/mail/:id/part/:index',
  params: one.extend({ index: z.coerce.number().int().min(0).max(10_000) }),
  permission: 'public',
  audit: 'demo.message-part',
  async get(ctx, { params }) {
    const found = await messageById(ctx.tx, params.id)
    const leaf = found === undefined ? undefined : opened(found).leaves[params.index]
    if (leaf === undefined) return notFound()
    return file({
      name: plainName(leaf.names[0] ?? `part-${params.index + 1}`),
      type: 'application/octet-stream',
      content: leaf.bytes,
    })
  },
})
