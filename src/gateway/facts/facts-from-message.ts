/** From a message that was read to the disclosure that it is, and to what was seen where. */
import type { Disclosure, Item, Party, Protocol } from '../../protocols/index.ts'
import { markupText } from '../contents/index.ts'
import type { Message } from '../reading/index.ts'
import { everyone, type Known, type Recipient, recipientFacts } from '../recipients/index.ts'
import { type Gathered, gather } from './gather.ts'
import { partyOf } from './parties.ts'
import { nameIdentifies, type Personal, participantsOf, personalIn } from './personal.ts'
import type { MailAttachment } from './types.ts'

export interface MailOptions {
  readonly protocol: Protocol
  /** `YYYY-MM-DD` */
  readonly day: string
  /** What people stated: a part of a Disclosure. Parties in `to` are matched by address. */
  readonly facts?: PartialDisclosure
  readonly known?: Known
  /** Recipients of the SMTP envelope; those whom no header names are blind copies. */
  readonly recipients?: readonly string[]
  /** MAIL FROM; with a contradicting From the message is held. */
  readonly sender?: string
}

export type PartialDisclosure = Partial<Omit<Disclosure, 'from' | 'to'>> & {
  readonly from?: Partial<Party>
  readonly to?: readonly Partial<Party>[]
}

/** A place that holds personal data: the part, its text, and the spans. */
export interface Place extends Personal {
  readonly part: string
  readonly text: string
  readonly where: 'subject' | 'body' | 'thread' | 'header' | 'file'
}

export interface MailFacts {
  readonly disclosure: Disclosure
  readonly recipients: readonly Recipient[]
  readonly gathered: Gathered
  /** Only places where personal data was found. */
  readonly places: readonly Place[]
  /** Files, and files in archives, whose name says whom they are about. */
  readonly tellingNames: readonly { readonly file: MailAttachment; readonly spans: Personal['spans'] }[]
  /** Attachments of which nobody without the password can see the inside. */
  readonly protectedFiles: readonly MailAttachment[]
  /** Everything personal in it is in AES-256 protected attachments. */
  readonly onlyProtected: boolean
  readonly personal: boolean
  /** Parts of which not everything could be looked through. */
  readonly unread: readonly string[]
}

/** Characters of a message that are scanned; what is beyond is said to be unread. */
const mostCharacters = 80_000

export function factsFromMessage(message: Message, options: MailOptions): MailFacts {
  const { protocol, day, facts = {} } = options
  const { envelope } = message
  const gathered = gather(message)
  const senderAddress = envelope.from[0] ?? { name: '', address: options.sender ?? facts.from?.address ?? '' }
  const from = partyOf(
    senderAddress,
    facts.from === undefined ? [] : [{ ...facts.from, address: senderAddress.address }],
  )
  const addressed = everyone(envelope, options.recipients ?? [])
  const parties = addressed.map(({ address }) => partyOf(address, facts.to ?? []))
  const recipients = addressed.map((one, i) =>
    recipientFacts(one, parties[i]!, from, protocol, day, options.known ?? {}),
  )
  const to = parties.map((party, i) => (recipients[i]!.list ? { ...party, list: true } : party))

  const participants = participantsOf([
    senderAddress,
    ...envelope.sender,
    ...envelope.replyTo,
    ...addressed.map(({ address }) => address),
  ])
  const places: Place[] = []
  const unread: string[] = []
  let left = mostCharacters
  const add = (part: string, text: string, where: Place['where'], signature?: number) => {
    if (text.length > left) unread.push(part)
    const personal = personalIn(text.slice(0, left), participants, signature)
    left -= Math.min(left, text.length)
    if (personal.spans.length > 0) places.push({ part, text, where, ...personal })
  }
  add('subject', gathered.subject, 'subject')
  const seen = new Set<string>()
  const one = gathered.bodies.length === 1
  for (const body of gathered.bodies) {
    if (body.cut) unread.push(body.part)
    // The HTML form of a message repeats its text; what only one of them holds is found in that one.
    for (const [part, text, where] of [
      [body.part, body.own, 'body'],
      [body.part.replace(/^body/, 'thread'), body.thread, 'thread'],
    ] as const) {
      const key = one ? text.trim() : text.replace(/\s+/g, ' ').trim()
      if (key === '' || seen.has(key)) continue
      seen.add(key)
      add(part, text, where, where === 'body' ? body.signature : undefined)
    }
  }
  for (const header of gathered.headers) if (header.text !== gathered.subject) add(header.part, header.text, 'header')
  // What cannot be read safely is refused whatever else is in it.
  const doomed = gathered.problems.some((problem) => problem.kind === 'unsafe')
  for (const piece of doomed ? [] : gathered.pieces)
    add(piece.part, piece.text, piece.part.startsWith('outside/') ? 'body' : 'file')

  const tellingNames = [...gathered.attachments, ...gathered.inside].flatMap((file) => {
    const spans = nameIdentifies(markupText(file.name).text, participants)
    return spans.length === 0 ? [] : [{ file, spans }]
  })
  const protectedFiles = gathered.attachments.filter((file) => file.encrypted !== false)
  const open = places.length > 0 || tellingNames.length > 0
  const sealed = protectedFiles.length > 0 || gathered.inside.some((file) => file.encrypted !== false)
  const stated = (facts.information ?? []).filter((item) => protocol.levelOf(item) !== 'anonymised')
  const information = informationOf(places, tellingNames.length > 0 || sealed, facts.information ?? [])
  const personal = open || sealed || stated.length > 0
  const thread = gathered.bodies.map((body) => body.thread).find((text) => text.trim() !== '')
  const marking = markingOf(gathered.subject, message)
  const disclosure: Disclosure = {
    purpose: 'general',
    ...withoutParties(facts),
    from,
    to,
    information,
    ...(facts.marking === undefined && marking !== undefined ? { marking } : {}),
    message: {
      subject: gathered.subject,
      body: gathered.bodies.map((body) => body.own).join('\n'),
      ...(thread === undefined ? {} : { thread }),
      attachments: gathered.attachments.map(({ name, type, size, encrypted }) => ({
        name: name.slice(0, 1000),
        type,
        size,
        encrypted,
      })),
    },
  }
  const onlyProtected =
    places.length === 0 &&
    protectedFiles.length > 0 &&
    protectedFiles.every((file) => file.encrypted === 'aes-256') &&
    gathered.attachments.every(
      (file) =>
        file.encrypted === 'aes-256' || !gathered.problems.some((problem) => problem.part.startsWith(file.part)),
    )
  return { disclosure, recipients, gathered, places, tellingNames, protectedFiles, onlyProtected, personal, unread }
}

function withoutParties(facts: PartialDisclosure): Partial<Omit<Disclosure, 'from' | 'to'>> {
  const { from: _from, to: _to, ...rest } = facts
  return rest
}

/** What is found and what is stated. A telling name or a locked file names somebody at least; a message about nobody is a statistic. */
function informationOf(places: readonly Place[], naming: boolean, stated: readonly Item[]): Item[] {
  const items = new Set<Item>([...stated, ...places.flatMap((place) => place.items)])
  if (naming || (places.length > 0 && items.size === 0)) items.add('name')
  if (items.size === 0) items.add('statistic')
  return [...items]
}

function markingOf(subject: string, message: Message): Disclosure['marking'] {
  const sensitivity = message.root.fields.find((field) => field.key === 'sensitivity')?.value ?? ''
  if (/\bofficial[- ]sensitive\b/i.test(subject)) return 'official-sensitive'
  if (/\brestricted\b/i.test(subject)) return 'restricted'
  if (/\bconfidential\b/i.test(subject) || /confidential/i.test(sensitivity)) return 'confidential'
  return undefined
}
