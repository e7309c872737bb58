/** What a message that came back is: a report of delivery (RFC 3464), of reading (RFC 8098), an automatic answer (RFC 3834), or a reply. Pure. */
import type { Leaf, Message, Reading } from '../reading/index.ts'

export type Came =
  | { readonly kind: 'report'; readonly envelope?: string; readonly recipients: readonly Reported[] }
  | {
      readonly kind: 'read-report'
      readonly recipients: readonly string[]
      readonly displayed: boolean
      readonly original?: string
    }
  | { readonly kind: 'automatic' }
  | { readonly kind: 'reply' }
  | { readonly kind: 'malformed'; readonly sentence: string }

/** What is known of it outside the thread that read it. */
export interface CameBack {
  readonly came: Came
  /** Whom its From names; small letters. */
  readonly from: readonly string[]
}

export interface Reported {
  /** The address as the sender gave it, then as the server that reports had it; small letters. None: it names nobody. */
  readonly addresses: readonly string[]
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** Such as 5.1.1. */
  readonly status: string
  /** What the mail server said, one line, shortened. */
  readonly said: string
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
const mostRecipients = 200
const largestReport = 256 * 1024

/** All that is asked of what came back, and what it says when it cannot be read. */
export function cameBack(reading: Reading, fromNobody: boolean): CameBack {
  if (reading.outcome !== 'read') return { came: { kind: 'malformed', sentence: reading.sentence }, from: [] }
  const from = reading.message.envelope.from.map(({ address }) => address.toLowerCase())
  return { came: whatCame(reading.message, fromNobody), from }
}

/** `fromNobody`: it came with an empty MAIL FROM, as every report must (RFC 3464 §2, RFC 8098 §2). */
function whatCame(message: Message, fromNobody: boolean): Came {
  const { root, leaves } = message
  const inWords = fromNobody ? bounceInWords(message) : undefined
  if (root.type === 'multipart/report') {
    if (!fromNobody) return malformed('a report must come from nobody.')
    const delivery = leaves.find(
      ({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status',
    )
    if (delivery !== undefined) return deliveryReport(delivery, inWords)
    const reading = leaves.find(
      ({ type }) => type === 'message/disposition-notification' || type === 'message/global-disposition-notification',
    )
    if (reading !== undefined) return readReport(reading)
    return malformed('it is a report of a kind that is not known.')
  }
  if (inWords !== undefined) return inWords
  const automatic = root.fields.some(
    ({ key, value }) =>
      (key === 'auto-submitted' && !/^\s*no\b/i.test(value)) ||
      (key === 'precedence' && /bulk|junk|list|auto_reply/i.test(value)) ||
      key === 'x-auto-response-suppress' ||
      key === 'x-autoreply',
  )
  return automatic || fromNobody ? { kind: 'automatic' } : { kind: 'reply' }
}

const malformed = (why: string): Came => ({ kind: 'malformed', sentence: `This report cannot be read: ${why}` })

function deliveryReport(leaf: Leaf, inWords: Came | undefined): Came {
  const blocks = blocksOf(leaf)
  if (blocks === undefined) return malformed('its fields are not in order.')
  const [top, ...each] = blocks
  if (top === undefined || each.length === 0) return inWords ?? malformed('it does not say what became of the message.')
  if (each.length > mostRecipients) return malformed('it names too many recipients.')
  const recipients: Reported[] = []
  for (const block of each) {
    const action = actions.find((one) => one === block.get('action')?.toLowerCase())
    const status = /^([245])\.\d{1,3}\.\d{1,3}(?=$|[\s(])/.exec(block.get('status') ?? '')?.[0]
    if (action === undefined || status === undefined) return malformed('it does not say what became of the message.')
    // What was given up was refused for good, or put off until it was too late; what arrived says so (RFC 3463 §3.1).
    if ((action === 'failed') === status.startsWith('2') && action !== 'expanded')
      return malformed('it says two things at once.')
    const addresses = [block.get('original-recipient'), block.get('final-recipient')].flatMap(addressesOf)
    if (addresses.length === 0 && each.length > 1) return malformed('it names no recipient.')
    recipients.push({
      addresses,
      action,
      status,
      said: oneLine(block.get('diagnostic-code')?.replace(/^[^;]{1,20};/, '') ?? ''),
    })
  }
  const envelope = unXtext(top.get('original-envelope-id') ?? '')
  return { kind: 'report', recipients, ...(envelope === '' ? {} : { envelope }) }
}

function readReport(leaf: Leaf): Came {
  const blocks = blocksOf(leaf)
  const [fields, more] = blocks ?? []
  if (fields === undefined || more !== undefined) return malformed('its fields are not in order.')
  const recipients = [fields.get('original-recipient'), fields.get('final-recipient')].flatMap(addressesOf)
  const said = /^(?:manual|automatic)-action\/MDN-sent-(?:manually|automatically)\s*;\s*([a-z]+)/i.exec(
    fields.get('disposition')?.replace(/\s*\/\s*/g, '/') ?? '',
  )
  if (said === null) return malformed('it does not say what became of the message.')
  const original = fields.get('original-message-id')
  return {
    kind: 'read-report',
    recipients,
    displayed: said[1]!.toLowerCase() === 'displayed',
    ...(original === undefined ? {} : { original }),
  }
}

/**
 * A bounce of a server that makes no reports, as sendmail, Exim, qmail and Exchange word it. It counts only where the address that it came to says
 * whom it means, or where it names them in a field.
 */
function bounceInWords({ root, envelope, leaves }: Message): Came | undefined {
  const failed = root.fields.find(({ key }) => key === 'x-failed-recipients')?.value
  const daemon = envelope.from.some(({ address }) => /^(?:mailer-daemon|postmaster)@/i.test(address))
  if (failed === undefined && !daemon) return undefined
  const late = /delay|warning|not yet|still being|postponed/i.test(envelope.subject)
  const over =
    /undeliver|not (?:be )?delivered|deliver\w* (?:has )?fail|fail\w* (?:notice|delivery)|returned mail|returned to sender|returning message|\(failure\)/i
  if (!late && !over.test(envelope.subject)) return undefined
  const words = leaves.find(({ body, text }) => body && text !== undefined)?.text?.slice(0, 20_000) ?? ''
  const said = words.split(/\r?\n/).find((line) => (late ? soft : hard).test(line)) ?? ''
  const recipient: Reported = {
    addresses: (failed ?? '').split(',').flatMap((one) => addressesOf(`rfc822; ${one.trim()}`)),
    action: late ? 'delayed' : 'failed',
    status: /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0] ?? (late ? '4.0.0' : '5.0.0'),
    said: oneLine(said),
  }
  return { kind: 'report', recipients: [recipient] }
}

const hard = /\b5(?:\d\d[ -]|\.\d{1,3}\.\d)/
const soft = /\b4(?:\d\d[ -]|\.\d{1,3}\.\d)/

/** Groups of fields between empty lines. A field twice in one group would be read differently by two programs: no group at all. */
function blocksOf({ bytes }: Leaf): Map<string, string>[] | undefined {
  if (bytes.length > largestReport) return undefined
  const text = bytes
    .toString('utf8')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
  const blocks: Map<string, string>[] = []
  for (const group of text.split(/\n{2,}/)) {
    if (group.trim() === '') continue
    const fields = new Map<string, string>()
    for (const line of group.split('\n')) {
      if (line.trim() === '') continue
      const [, name, value] = /^([A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$/.exec(line) ?? []
      if (name === undefined || value === undefined || fields.has(name.toLowerCase())) return undefined
      fields.set(name.toLowerCase(), value.trim())
    }
    blocks.push(fields)
    if (blocks.length > mostRecipients + 1) return undefined
  }
  return blocks
}

/** `rfc822; a@b.example`, as it stands and with its encoding undone, in small letters. */
function addressesOf(field: string | undefined): string[] {
  const [, kind, address] = /^\s*(rfc822|utf-8)\s*;\s*(\S+@\S+)\s*$/i.exec(field ?? '') ?? []
  if (kind === undefined || address === undefined || address.length > 640) return []
  const bare = address.replace(/^<|>$/g, '').toLowerCase()
  return [...new Set([bare, unXtext(bare).toLowerCase()])]
}

/** RFC 3461 §4. */
const unXtext = (text: string): string =>
  text.replace(/\+([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const oneLine = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 300)
