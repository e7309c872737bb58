/** Findings about the message's words: subject, markings, statements, passwords, threads, names of files. One recipient's obligations at a time. */

import { passwordIn } from './body.ts'
import type { MailFacts, Place } from './facts-from-message.ts'
import type { Cites } from './rules.ts'
import type { MailFinding, Weight } from './types.ts'

const shown = 20

export function spanFindings(place: Place, rule: string, weight: Weight, sentence: string): MailFinding[] {
  return place.spans
    .slice(0, shown)
    .map((span) => ({ rule, part: place.part, start: span.start, end: span.end, text: span.text, sentence, weight }))
}

export const missing = (rule: string, part: string, weight: Weight, sentence: string): MailFinding => ({
  rule,
  part,
  start: 0,
  end: 0,
  text: '',
  sentence,
  weight,
})

/** A hold that nobody releases: the message is mended, goes another way or is withdrawn. */
export const binding = (finding: MailFinding): MailFinding => ({ ...finding, binding: true })

/** What the protocol obliges the message to say, and it does not: the gateway adds it. */
export function missingWords(facts: MailFacts, cites: Cites, message: { readonly sensitivity: string }): MailFinding[] {
  const { gathered } = facts
  const flat = (texts: readonly string[]) => texts.join('\n').replace(/\s+/g, ' ')
  // Long texts are laid flat only where something is owed.
  const said = () => flat(gathered.bodies.map((body) => `${body.own}\n${body.thread}`))
  const own = () => flat(gathered.bodies.map((body) => body.own))
  const found: MailFinding[] = []
  const marking = cites.owed('mark-confidential')
  if (marking !== undefined && facts.personal) {
    if (marking.startsWith('CUM-')) {
      if (!/\bCONFIDENTIAL\b/i.test(gathered.subject))
        found.push(missing(marking, 'subject', 'add', 'The subject does not say CONFIDENTIAL. It is added.'))
    } else if (!/confidential/i.test(message.sensitivity))
      found.push(
        missing(marking, 'headers/Sensitivity', 'add', 'The message is not marked Confidential. The mark is added.'),
      )
  }
  const deletion = cites.owed('deletion-statement')
  if (
    deletion !== undefined &&
    facts.personal &&
    !/\b(?:delet|destroy|eras)(?:e|ed|ion)\b[^.]{0,120}\b(?:after|once|when|following|no longer|use)|\b(?:after|once|when|following)\b[^.]{0,80}\b(?:delet|destroy|eras)/i.test(
      own(),
    )
  )
    found.push(
      missing(
        deletion,
        'body',
        'add',
        'The message does not say that the information must be deleted after use. The sentence is added.',
      ),
    )
  const disclaimer = cites.owed('disclaimer')
  if (
    disclaimer !== undefined &&
    !/not the (?:intended|named) (?:recipient|addressee)|intended (?:solely |only )?for the (?:use of the )?(?:person|addressee|named|intended|individual|recipient)/i.test(
      said(),
    )
  )
    found.push(missing(disclaimer, 'body', 'add', 'The confidentiality disclaimer is missing. It is added.'))
  const statement = cites.owed('attachment-statement')
  const files =
    facts.places.some((place) => place.where === 'file') ||
    facts.protectedFiles.length > 0 ||
    facts.tellingNames.length > 0
  if (statement !== undefined && files && !normal(own()).includes(normal(fixedSentence)))
    found.push(missing(statement, 'body', 'add', 'The fixed warning about the attachment is missing. It is added.'))
  return found
}

/** Cumbria's words (CUM-26), verbatim. */
export const fixedSentence =
  'This email has an attachment which contains personal information. If you are not the intended recipient you should not open the attachment. You should permanently delete the email and attachment and contact the sender.'

const normal = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** A password in the message that carries what it opens, or that could. */
export function passwords(facts: MailFacts, rule: string): MailFinding[] {
  const found: MailFinding[] = []
  const sealed = facts.protectedFiles.length > 0 || facts.gathered.inside.some((file) => file.encrypted !== false)
  const texts = [
    { part: 'subject', text: facts.gathered.subject },
    ...facts.gathered.bodies.flatMap((body) => [
      { part: body.part, text: body.own },
      { part: body.part.replace(/^body/, 'thread'), text: body.thread },
    ]),
    ...facts.gathered.pieces.slice(0, 200).map((piece) => ({ part: piece.part, text: piece.text.slice(0, 20_000) })),
  ]
  for (const { part, text } of texts) {
    const seen = passwordIn(text)
    if (seen === undefined) continue
    if (!sealed && part.startsWith('attachments/')) continue
    found.push({
      rule,
      part,
      ...seen,
      weight: sealed ? 'reject' : 'hold',
      sentence: sealed
        ? 'The password stands in the same message as the file that it opens. Take it out and give it by telephone.'
        : 'The message seems to give a password away. Passwords go by another channel, such as the telephone.',
    })
  }
  return found
}
