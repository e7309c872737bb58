/** What the gateway does with a message, and why. Pure: the same bytes, protocol, day and facts give the same answer. */
import type { Decision, Disclosure, Route } from '../../protocols/index.ts'
import type { Reading } from '../reading/index.ts'
import { channelDecision, decided } from './channel.ts'
import { factsFromMessage, type MailFacts, type MailOptions } from './facts-from-message.ts'
import { contentFindings, senderFindings } from './look-at-content.ts'
import { recipientFindings } from './look-at-recipients.ts'
import { binding, missing, passwords } from './look-for.ts'
import { type Channel, channelOf, proposedRoute } from './route-for.ts'
import { citesOf } from './rules.ts'
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
  const decision = decided(disclosure, protocol, day)
  const cites = citesOf(protocol, decision)
  findings.push(
    ...recipientFindings(facts, protocol),
    ...passwords(facts, cites.first('CUM-30', 'BEX-44', 'MAIL-PASSWORD')),
    ...senderFindings(facts, options, cites),
  )
  for (const problem of facts.gathered.problems)
    if (problem.kind === 'unsafe') findings.push(missing('MAIL-READ', problem.part, 'reject', problem.sentence))
  for (const { recipient, channel } of recipients)
    for (const rule of channel.rules)
      if (channel.step !== 'deliver')
        findings.push({
          rule,
          part: recipient.field,
          start: 0,
          end: recipient.address.length,
          text: recipient.address,
          sentence: channel.because,
          weight: channel.step,
        })
  if (statedAgainst(decision, channelDecision(disclosure, protocol, day)) && facts.personal)
    findings.push(
      binding(
        missing(
          decision.reasons[0]?.cites[0] ?? 'MAIL-FACTS',
          'facts',
          'hold',
          'What was stated about consent, harm or proportion speaks against sharing this.',
        ),
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
