/** One look at a message: asks the pure check, and puts down what it answers. */
import type { Context } from '../../platform/index.ts'
import { checkMail, type MailAnswer, type MailFacts, type MailOptions } from '../facts/index.ts'
import { gatherOptions, type Handed } from './gather-options.ts'
import type { Seen, Stated } from './types.ts'
import { additionsOf, type Going, waysOf } from './ways.ts'

export interface Examined {
  readonly answer: MailAnswer
  readonly options: MailOptions
  readonly going: readonly Going[]
  readonly seen: Seen
}

const longestPart = 20_000

/** Asks as `mail check` does, with what the house knows besides. `ctx.actor` is the sender. */
export async function examine(ctx: Context, handed: Handed, stated: Stated): Promise<Examined> {
  const { from, ...options } = await gatherOptions(ctx, { ...handed, facts: stated.facts })
  const answer = checkMail(handed.reading, options)
  const going = waysOf(answer, handed.recipients)
  const { facts } = answer
  const settled = going === undefined ? unknownRecipient(answer) : afterRelease(answer, stated, going)
  const add = facts === undefined ? { set: {} } : additionsOf(answer, facts, options, going ?? [])
  const seen: Seen = {
    subject: facts?.gathered.subject ?? '',
    from: handed.sender,
    sentence: settled.sentence,
    findings: settled.findings,
    recipients: answer.recipients.map((one, i) => ({ ...one, name: facts?.recipients[i]?.name ?? '' })),
    attachments: answer.attachments,
    parts: facts === undefined ? [] : partsOf(facts, settled),
    ...(answer.decision === undefined ? {} : { decision: answer.decision }),
    ...(facts === undefined ? {} : { disclosure: facts.disclosure }),
    envelope: handed.recipients,
    sender: { party: from, agencyName: handed.person.agencyName },
    stated,
    add,
  }
  return { answer: settled, options, going: going ?? [], seen }
}

/** What a manager released no longer waits for a person; what must not go stays refused, and what is converted stays converted. */
function afterRelease(answer: MailAnswer, { released }: Stated, going: readonly Going[]): MailAnswer {
  if (released === undefined || answer.action !== 'hold') return answer
  const action = going.some((one) => one.way === 'transfer') ? 'convert' : 'deliver'
  return { ...answer, action, sentence: `Released by ${released.name}.` }
}

function unknownRecipient(answer: MailAnswer): MailAnswer {
  if (answer.facts === undefined) return answer
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
function partsOf({ gathered, places }: MailFacts, { findings }: MailAnswer): Seen['parts'] {
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
export function firstReason({ action, findings, sentence }: MailAnswer): { rule: string; sentence: string } {
  const first = findings.find((one) => one.weight === action)
  return { rule: first?.rule ?? 'MAIL-READ', sentence }
}
