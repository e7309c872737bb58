/** One look at a message: the check, and what is put down of its answer. Pure. */

import type { Disclosure } from '../../protocols/index.ts'
import { checkMail, type MailAnswer, type MailFacts, type MailFinding, type MailOptions } from '../facts/index.ts'
import type { Reading } from '../reading/index.ts'
import type { Seen, SenderFacts, Stated } from './types.ts'
import { additionsOf, type Going, waysOf } from './ways.ts'

export interface Examined {
  readonly answer: Omit<MailAnswer, 'facts'>
  readonly going: readonly Going[]
  readonly seen: Seen
}

const longestPart = 20_000

export interface Asked {
  readonly options: MailOptions
  /** Those of the envelope, in its order. */
  readonly recipients: readonly string[]
  /** MAIL FROM. */
  readonly sender: string
  readonly from: SenderFacts
  readonly stated: Stated
}

/** Asks as `mail check` does, with what the house knows besides. */
export function examine(reading: Reading, { options, recipients, sender, from, stated }: Asked): Examined {
  const answer = checkMail(reading, options)
  const going = waysOf(answer, recipients)
  const { facts, ...rest } = answer
  const settled = going === undefined ? unknownRecipient(answer, rest) : afterRelease(rest, stated, going)
  const add = facts === undefined ? { set: {} } : additionsOf(answer, facts, options, going ?? [])
  const seen: Seen = {
    subject: facts?.gathered.subject ?? '',
    from: sender,
    sentence: settled.sentence,
    findings: settled.findings,
    recipients: answer.recipients.map((one, i) => ({ ...one, name: facts?.recipients[i]?.name ?? '' })),
    attachments: answer.attachments,
    parts: facts === undefined ? [] : partsOf(facts, settled),
    ...(answer.decision === undefined ? {} : { decision: answer.decision }),
    ...(facts === undefined ? {} : { disclosure: withoutBody(facts.disclosure) }),
    envelope: recipients,
    sender: from,
    stated,
    add,
  }
  return { answer: settled, going: going ?? [], seen }
}

// The words are in the message itself. That there was an earlier message bears on what is owed, its words do not.
function withoutBody({ message, ...disclosure }: Disclosure): Disclosure {
  if (message === undefined) return disclosure
  return { ...disclosure, message: { ...message, body: '', ...(message.thread === undefined ? {} : { thread: '…' }) } }
}

/** The findings that ask for a person. */
export const holdsOf = (reading: Reading, options: MailOptions): MailFinding[] =>
  checkMail(reading, options).findings.filter((one) => one.weight === 'hold')

type Settled = Examined['answer']

/** The first hold that no manager lifts: it guards the channel or the need to know, and is mended in the message itself. */
export const bindingHold = ({ findings }: Pick<MailAnswer, 'findings'>): MailFinding | undefined =>
  findings.find((one) => one.weight === 'hold' && one.binding === true)

/**
 * What a manager released no longer waits for a person. What must not go stays refused, what is converted stays converted, and what guards
 * the channel or the need to know stays held (CUM-12, CUM-28, CUM-35, BOU-3).
 */
function afterRelease(answer: Settled, { released }: Stated, going: readonly Going[]): Settled {
  if (released === undefined || answer.action !== 'hold' || bindingHold(answer) !== undefined) return answer
  const action = going.some((one) => one.way === 'transfer') ? 'convert' : 'deliver'
  return { ...answer, action, sentence: `Released by ${released.name}.` }
}

function unknownRecipient({ facts }: MailAnswer, answer: Settled): Settled {
  if (facts === undefined) return answer
  return {
    ...answer,
    action: 'reject',
    sentence: 'An address of this message cannot be read. Check the addresses and send it again.',
    findings: [
      ...answer.findings,
      {
        rule: 'MAIL-RECIPIENT',
        part: 'to',
        start: 0,
        end: 0,
        text: '',
        weight: 'reject',
        sentence: 'An address of this message cannot be read. Check the addresses and send it again.',
      },
    ],
  }
}

/** The text of every part in which a finding has a place. */
function partsOf({ gathered, places }: MailFacts, { findings }: Settled): Seen['parts'] {
  const wanted = new Set(findings.filter((one) => one.end > one.start).map((one) => one.part))
  const texts = new Map<string, string>()
  texts.set('subject', gathered.subject)
  for (const body of gathered.bodies) {
    texts.set(body.part, body.own)
    texts.set(body.part.replace(/^body/, 'thread'), body.thread)
  }
  for (const place of places) if (!texts.has(place.part)) texts.set(place.part, place.text)
  return [...texts]
    .filter(([part]) => wanted.has(part))
    .map(([part, text]) => ({ part, text: text.slice(0, longestPart) }))
}

/** The rule and the sentence for the SMTP answer: of the first finding that has the weight of the action. */
export function firstReason({ action, findings, sentence }: Settled): { rule: string; sentence: string } {
  const first = findings.find((one) => one.weight === action)
  return { rule: first?.rule ?? 'MAIL-READ', sentence }
}
