/** Findings about to whom the message goes. */
import type { Protocol } from '../../protocols/index.ts'
import { type Greeting, greetingOf, greets, namesNobody } from '../recipients/index.ts'
import { threadAddresses } from './body.ts'
import type { MailFacts } from './facts-from-message.ts'
import { citedIn } from './rules.ts'
import type { MailFinding, Weight } from './types.ts'

/** Visible addresses beyond which a person must look again, and copies beyond which it is said. */
const manyVisible = 10
const manyCopies = 3

/** Each finding cites the protocol's own rule, or the gateway's own where the protocol has none. */
export function recipientFindings(facts: MailFacts, protocol: Protocol): MailFinding[] {
  const { recipients, gathered, disclosure } = facts
  const weight = (whenPersonal: Weight): Weight => (facts.personal ? whenPersonal : 'note')
  const own = citedIn(protocol)
  const rule = (id: string, otherwise: string) => (own.has(id) ? id : otherwise)
  const confirmed = new Set(disclosure.confirmed ?? [])
  const found: MailFinding[] = []
  const about = (id: string, part: string, text: string, gravity: Weight, sentence: string, binds = false) =>
    found.push({
      rule: id,
      part,
      start: 0,
      end: text.length,
      text,
      sentence,
      weight: gravity,
      ...(binds ? { binding: true as const } : {}),
    })

  for (const recipient of recipients) {
    const { address, field } = recipient
    if (recipient.bad !== undefined)
      about(
        rule('CUM-13', 'MAIL-RECIPIENT'),
        field,
        address,
        facts.personal ? 'reject' : 'hold',
        `${address}: ${recipient.bad}`,
      )
    if (recipient.resembles !== undefined && !confirmed.has('recipient-check'))
      about(
        rule('CUM-13', 'MAIL-RECIPIENT'),
        field,
        address,
        'hold',
        `${address} looks like ${recipient.resembles.address}, to whom you have written before, and is another address.`,
      )
    if (recipient.namesakes.length > 0 && recipient.neverSeen === true && !confirmed.has('recipient-check'))
      about(
        rule('CUM-13', 'MAIL-RECIPIENT'),
        field,
        address,
        weight('hold'),
        `You have not written to ${address} before, and know others of that name: ${recipient.namesakes
          .slice(0, 3)
          .map((one) => one.address)
          .join(', ')}.`,
      )
    else if (recipient.neverSeen === true)
      about(rule('CUM-14', 'MAIL-RECIPIENT'), field, address, 'note', `You have not written to ${address} before.`)
    if (recipient.list && !confirmed.has('list-checked'))
      about(
        rule('CUM-12', 'MAIL-LIST'),
        field,
        address,
        weight('hold'),
        `${address} is a distribution list. Enter each person who needs it.`,
      )
    if (recipient.list && facts.protectedFiles.length > 0)
      about(
        rule('CUM-51', 'MAIL-LIST'),
        field,
        address,
        weight('hold'),
        `${address} is a distribution list. Each recipient of an encrypted file is entered individually.`,
        true,
      )
    if (facts.personal && (recipient.webmail || recipient.generic) && own.has('CUM-35'))
      about(
        'CUM-35',
        field,
        address,
        recipient.webmail ? 'convert' : 'hold',
        recipient.webmail
          ? `${address} is a personal account. Personal information is not e-mailed to it.`
          : `${address} is a shared mailbox: nobody can say who reads it. Name a person.`,
        !recipient.webmail,
      )
  }
  const greeting = greetingOf(gathered.bodies[0]?.own ?? '')
  if (greeting !== undefined && !confirmed.has('recipient-check'))
    found.push(...mismatch(greeting, facts, rule('CUM-13', 'MAIL-RECIPIENT'), weight('hold')))

  const visible = recipients.filter((recipient) => recipient.field !== 'bcc')
  const copies = recipients.filter((recipient) => recipient.field === 'cc')
  if (visible.length > manyVisible && !confirmed.has('recipient-check'))
    about(
      rule('CUM-15', 'MAIL-MANY'),
      'to',
      String(visible.length),
      weight('hold'),
      `${visible.length} people would see this message and each other's addresses. Keep only those who need it.`,
    )
  else if (copies.length > manyCopies)
    about(
      rule('CUM-15', 'MAIL-MANY'),
      'cc',
      String(copies.length),
      'note',
      `${copies.length} people are copied in. Each needs a reason to know.`,
    )
  const private_ = visible.filter((recipient) => recipient.webmail)
  if (private_.length > 1)
    about(
      rule('CUM-17', 'MAIL-HIDE'),
      'to',
      private_.map((one) => one.address).join(', '),
      own.has('CUM-17') && !confirmed.has('recipient-check') ? 'hold' : 'note',
      'Private addresses would be shown to each other. Put them in Bcc, or send to each alone.',
    )
  found.push(...widened(facts, rule('CUM-16', 'MAIL-REPLY'), weight('hold'), confirmed.has('recipient-check')))
  return found
}

function mismatch(greeting: Greeting, facts: MailFacts, rule: string, weight: Weight): MailFinding[] {
  const to = facts.recipients.filter((recipient) => recipient.field === 'to')
  if (
    to.length === 0 ||
    to.some((recipient) => namesNobody(recipient.name, recipient.address) || recipient.list || recipient.generic)
  )
    return []
  if (facts.recipients.some((recipient) => greets(greeting, recipient.name, recipient.address))) return []
  return [
    {
      rule,
      part: 'body',
      start: greeting.start,
      end: greeting.end,
      text: greeting.text,
      weight,
      sentence: `The message greets ${greeting.text}, and goes to ${to
        .map((one) => one.address)
        .slice(0, 3)
        .join(', ')}.`,
    },
  ]
}

/** A reply that goes to people who were not in the thread. */
function widened(facts: MailFacts, rule: string, weight: Weight, confirmed: boolean): MailFinding[] {
  const thread = facts.gathered.bodies.map((body) => body.thread).join('\n')
  if (confirmed || thread.trim() === '' || !/^\s*(?:re|aw|sv)\s*:/i.test(facts.gathered.subject)) return []
  const before = new Set(threadAddresses(thread))
  if (before.size === 0) return []
  const added = facts.recipients.filter((recipient) => !before.has(recipient.address.toLowerCase()))
  return added.length === 0
    ? []
    : [
        {
          rule,
          part: 'to',
          start: 0,
          end: 0,
          text: added.map((one) => one.address).join(', '),
          weight,
          sentence: `This reply goes to people who were not in the conversation: ${added
            .slice(0, 5)
            .map((one) => one.address)
            .join(', ')}. Do they need to see it?`,
        },
      ]
}
