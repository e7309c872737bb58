/** What the gateway does with a message, and why. Pure: the same bytes, protocol, day and facts give the same answer. */
import { addressFacts, type Decision, type Disclosure, decide, type Route } from '../../protocols/index.ts'
import type { Reading } from '../reading/index.ts'
import type { Recipient } from '../recipients/index.ts'
import { channelDecision, openRoutes } from './channel.ts'
import { factsFromMessage, type MailFacts, type MailOptions } from './facts-from-message.ts'
import { recipientFindings } from './look-at-recipients.ts'
import { missing, missingWords, passwords, spanFindings } from './look-for.ts'
import { type Cites, citesOf } from './rules.ts'
import type { Action, MailAttachment, MailFinding } from './types.ts'

export interface MailRecipient {
  readonly address: string
  readonly secure: boolean
  readonly route: Route | null
  readonly because: string
}

export interface MailAnswer {
  readonly action: Action
  readonly findings: readonly MailFinding[]
  readonly recipients: readonly MailRecipient[]
  readonly attachments: readonly MailAttachment[]
  /** Absent only where the message could not be read. */
  readonly decision?: Decision
  readonly facts?: MailFacts
  /** For the SMTP answer: the first reason, in a sentence that the sender can act on. */
  readonly sentence: string
}

export function checkMail(reading: Reading, options: MailOptions): MailAnswer {
  if (reading.outcome === 'refused') {
    const findings = reading.defects.map(
      (defect): MailFinding => missing('MAIL-READ', defect.part, 'reject', defect.sentence),
    )
    const recipients = [
      ...(reading.envelope?.to ?? []),
      ...(reading.envelope?.cc ?? []),
      ...(reading.envelope?.bcc ?? []),
    ]
    return {
      action: 'reject',
      findings,
      recipients: recipients.map(({ address }) => ({
        address,
        secure: false,
        route: null,
        because: 'The message cannot be read safely.',
      })),
      attachments: reading.names.map((name, i) => ({
        name,
        type: 'unknown',
        size: 0,
        encrypted: false,
        part: `attachments/${i + 1}`,
      })),
      sentence: reading.sentence,
    }
  }
  const { message } = reading
  const facts = factsFromMessage(message, options)
  const { protocol, day } = options
  if (facts.recipients.length === 0) {
    const sentence = 'This message has no recipient. Add one.'
    return {
      action: 'reject',
      findings: [missing('MAIL-RECIPIENT', 'to', 'reject', sentence)],
      recipients: [],
      attachments: facts.gathered.attachments,
      facts,
      sentence,
    }
  }
  const proposed = proposedRoute(facts, options)
  const disclosure: Disclosure =
    facts.disclosure.route === undefined && proposed !== undefined
      ? { ...facts.disclosure, route: proposed }
      : facts.disclosure
  const findings: MailFinding[] = []
  const sensitivity = message.root.fields.find((field) => field.key === 'sensitivity')?.value ?? ''
  const channels = new Map<string, Channel>()
  const recipients = facts.recipients.map((recipient, i) => {
    // Recipients alike in every fact have the same channel, so a thousand of one domain are asked once.
    const key = JSON.stringify([
      { ...facts.disclosure.to[i], address: recipient.domain, name: '' },
      recipient.internal,
      recipient.webmail,
      recipient.generic,
      recipient.bad,
      recipient.list,
    ])
    const known = channels.get(key) ?? channelOf(facts, disclosure, i, options)
    channels.set(key, known)
    return { recipient, channel: known }
  })
  for (const { recipient, channel } of new Map(recipients.map((one) => [one.channel, one])).values())
    findings.push(...contentFindings(facts, channel, recipient, citesOf(protocol, channel.decision), sensitivity))
  const decision = decide(disclosure, protocol, day)
  const cites = citesOf(protocol, decision)
  findings.push(
    ...recipientFindings(facts, protocol),
    ...passwords(facts, cites.first('CUM-30', 'BEX-44', 'MAIL-PASSWORD')),
    ...senderFindings(facts, options, cites),
  )
  for (const problem of facts.gathered.problems)
    if (problem.kind === 'unsafe') findings.push(missing('MAIL-READ', problem.part, 'reject', problem.sentence))
  for (const { recipient, channel } of recipients)
    if (channel.step !== 'deliver')
      findings.push({
        rule: channel.rule,
        part: recipient.field,
        start: 0,
        end: recipient.address.length,
        text: recipient.address,
        sentence: channel.because,
        weight: channel.step,
      })
  if (statedAgainst(decision, channelDecision(disclosure, protocol, day)) && facts.personal)
    findings.push(
      missing(
        decision.reasons[0]?.cites[0] ?? 'MAIL-FACTS',
        'facts',
        'hold',
        'What was stated about consent, harm or proportion speaks against sharing this.',
      ),
    )

  const unique = [
    ...new Map(
      findings.map((one) => [`${one.rule}|${one.part}|${one.start}|${one.end}|${one.text}|${one.weight}`, one]),
    ).values(),
  ]
  const action = strictest(unique)
  const sentence = unique.find((one) => one.weight === action)?.sentence ?? 'The message may go.'
  return {
    action,
    findings: unique.filter((one) => one.weight !== 'note' || one.text !== '').slice(0, 500),
    recipients: recipients.map(({ recipient, channel }) => ({
      address: recipient.address,
      secure: recipient.secure || (recipient.internal && channel.open.has('internal-email')),
      route: channel.route,
      because: channel.because,
    })),
    attachments: facts.gathered.attachments,
    decision,
    facts,
    sentence,
  }
}

interface Channel {
  readonly route: Route | null
  readonly step: Action
  readonly rule: string
  readonly because: string
  readonly open: ReadonlySet<Route>
  /** For its obligations, on the route that is used. */
  readonly decision: Decision
}

/** How a message goes as it was written: what it would mean to let it pass unchanged. */
function proposedRoute(facts: MailFacts, { protocol, day }: MailOptions): Route | undefined {
  if (facts.recipients.every((recipient) => recipient.internal)) return 'internal-email'
  if (facts.onlyProtected) return 'encrypted-attachment'
  const from = addressFacts(facts.disclosure.from, protocol, day)
  return from.secure && facts.recipients.every((recipient) => recipient.secure) ? 'secure-email' : 'email'
}

function channelOf(facts: MailFacts, disclosure: Disclosure, index: number, { protocol, day }: MailOptions): Channel {
  const recipient = facts.recipients[index]!
  const alone = { ...disclosure, to: [disclosure.to[index]!] }
  const first = channelDecision(alone, protocol, day)
  const open = openRoutes(first, 0)
  const as = (route: Route, step: Action, because: string, rule = ''): Channel => ({
    route,
    step,
    rule,
    because,
    open,
    decision: channelDecision({ ...alone, route }, protocol, day),
  })
  const closed = (route: Route) => first.recipients[0]?.closed.find((one) => one.route === route)?.because
  if (!facts.personal) {
    const route: Route = recipient.internal
      ? 'internal-email'
      : open.has('secure-email') && recipient.secure
        ? 'secure-email'
        : 'email'
    return as(route, 'deliver', 'Nothing in it identifies a person.')
  }
  if (recipient.bad !== undefined)
    return { route: null, step: 'reject', rule: 'MAIL-RECIPIENT', because: recipient.bad, open, decision: first }
  if (recipient.internal && open.has('internal-email'))
    return as(
      'internal-email',
      'deliver',
      'Sender and recipient are in the same organisation, whose mail counts as secure.',
    )
  if (open.has('secure-email')) return as('secure-email', 'deliver', 'Both addresses are secure.')
  if (facts.onlyProtected && open.has('encrypted-attachment'))
    return as('encrypted-attachment', 'deliver', 'Everything personal in it is in a file encrypted with AES-256.')
  if (first.level === 'anonymised' && open.has('email')) return as('email', 'deliver', 'It identifies nobody.')
  const reason = closed('email') ?? closed('secure-email')
  const rule = reason?.cites[0] ?? 'MAIL-CHANNEL'
  const why = reason?.text ?? 'No rule opens ordinary e-mail for this.'
  if (open.has('portal')) return as('portal', 'convert', `${why} It goes to the portal instead.`, rule)
  if (open.has('encrypted-attachment'))
    return as('encrypted-attachment', 'convert', `${why} It goes as an encrypted file instead.`, rule)
  const other = first.recipients[0]?.route
  return {
    route: null,
    step: 'reject',
    rule,
    because: `${why}${other === undefined ? '' : ` It may go by another way: ${other}.`}`,
    open,
    decision: first,
  }
}

function contentFindings(
  facts: MailFacts,
  channel: Channel,
  recipient: Recipient,
  cites: Cites,
  sensitivity: string,
): MailFinding[] {
  const found = missingWords(facts, cites, { sensitivity })
  const outside = channel.step !== 'deliver'
  const confirmed = new Set(facts.disclosure.confirmed ?? [])
  // Cumbria's rule is for every e-mail, whichever way this one would go.
  const subjectRule = cites.owed('subject-without-identifiers') ?? cites.own('CUM-20')
  for (const place of facts.places) {
    if (place.where === 'subject' || place.where === 'header')
      found.push(
        ...spanFindings(
          place,
          subjectRule ?? cites.first('CUM-20', 'MAIL-SUBJECT'),
          subjectRule === undefined ? 'note' : 'reject',
          'The subject holds personal details. Take them out; initials or an agreed reference may stay.',
        ),
      )
    const inWords = place.where === 'body' || place.where === 'thread'
    const initials = cites.owed('initials-only')
    if (channel.route === 'internal-email' && inWords && initials !== undefined)
      found.push(
        ...spanFindings(
          place,
          cites.owed('attachment-only') === undefined ? initials : cites.first('CUM-25', initials),
          'hold',
          'Even inside, the text of a message names nobody: use initials or an agreed reference, or put it in an attachment.',
        ),
      )
    if (place.where === 'thread' && !confirmed.has('thread-check')) {
      const rule = cites.owed('check-thread')
      if (rule !== undefined)
        found.push(
          ...spanFindings(
            place,
            rule,
            'hold',
            'An earlier message below yours holds personal information. Read it again, or cut it off.',
          ),
        )
    }
    if (outside)
      found.push(
        ...spanFindings(place, channel.rule, channel.step === 'reject' ? 'reject' : 'convert', channel.because),
      )
  }
  const neutral = cites.owed('neutral-file-names')
  for (const { file, spans } of facts.tellingNames)
    if (neutral !== undefined || outside)
      for (const span of spans)
        found.push({
          rule: neutral ?? channel.rule,
          part: file.part,
          start: span.start,
          end: span.end,
          text: span.text,
          weight: channel.step === 'convert' ? 'convert' : neutral === undefined ? 'note' : 'reject',
          sentence: `The file name "${file.name}" says whom the file is about. Rename it, such as 20120910${/\.[A-Za-z0-9]{1,5}$/.exec(file.name)?.[0] ?? ''}.`,
        })
  if (recipient.internal || channel.route === 'secure-email') return found
  for (const file of facts.protectedFiles)
    if (file.encrypted === 'weak')
      found.push(
        missing(
          cites.first('CUM-49', 'BEX-44', 'MAIL-ENCRYPTION'),
          file.part,
          'convert',
          `"${file.name}" is not protected with AES-256.`,
        ),
      )
  for (const file of [...facts.gathered.attachments, ...facts.gathered.inside])
    if (
      file.encrypted === false &&
      facts.gathered.inside.some((inner) => inner.part.startsWith(`${file.part}/`) && inner.encrypted !== false)
    )
      found.push(
        missing(
          cites.first('CUM-28', 'BEX-44', 'MAIL-ENCRYPTION'),
          file.part,
          'hold',
          `"${file.name}" holds encrypted files and at least one that anybody can open.`,
        ),
      )
  for (const problem of facts.gathered.problems) {
    const sealed =
      facts.protectedFiles.some((file) => problem.part.startsWith(file.part)) && problem.code === 'protected'
    if (problem.kind === 'unread' && !sealed) found.push(missing('MAIL-UNREAD', problem.part, 'hold', problem.sentence))
  }
  return found
}

function senderFindings(facts: MailFacts, { protocol, day, sender }: MailOptions, cites: Cites): MailFinding[] {
  const { from } = facts.disclosure
  const found: MailFinding[] = []
  const address = from.address ?? ''
  const about = addressFacts(from, protocol, day)
  if (about.webmail && protocol.rules.some((rule) => rule.cites.includes('CUM-34')))
    found.push({
      rule: 'CUM-34',
      part: 'from',
      start: 0,
      end: address.length,
      text: address,
      weight: 'reject',
      sentence: 'Private internet mail is not used for the council’s business. Send it from your work account.',
    })
  if (sender !== undefined && sender !== '' && sender.toLowerCase() !== address.toLowerCase())
    found.push({
      rule: cites.first('MAIL-SENDER'),
      part: 'from',
      start: 0,
      end: address.length,
      text: address,
      weight: 'reject',
      sentence: `The message says that it is from ${address || 'nobody'}, and was handed in by ${sender}.`,
    })
  return found
}

/** Somebody stated something that stops it even when everything unstated is supplied. */
function statedAgainst(decision: Decision, channel: Decision): boolean {
  const ids = new Set(channel.needs.map((need) => need.id))
  return (
    decision.outcome !== 'share' &&
    (['consent', 'explicit-consent', 'ground', 'proportionality', 'harm-balance'] as const).some((id) => ids.has(id))
  )
}

function strictest(findings: readonly MailFinding[]): Action {
  for (const action of ['reject', 'hold', 'convert'] as const)
    if (findings.some((one) => one.weight === action)) return action
  return 'deliver'
}
