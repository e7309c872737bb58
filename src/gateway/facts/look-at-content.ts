/** Findings about what the message says and carries, for one recipient and the route that it has; and about who sends it. */
import { addressFacts } from '../../protocols/index.ts'
import type { Recipient } from '../recipients/index.ts'
import type { MailFacts, MailOptions } from './facts-from-message.ts'
import { binding, missing, missingWords, spanFindings } from './look-for.ts'
import type { Channel } from './route-for.ts'
import type { Cites } from './rules.ts'
import type { MailFinding } from './types.ts'

export function contentFindings(
  facts: MailFacts,
  channel: Channel,
  recipient: Recipient,
  cites: Cites,
  sensitivity: string,
): MailFinding[] {
  const found = channel.step === 'reject' ? [] : missingWords(facts, cites, { sensitivity })
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
    if (
      channel.route === 'internal-email' &&
      (inWords || subjectRule === undefined) &&
      place.where !== 'file' &&
      initials !== undefined
    )
      found.push(
        ...spanFindings(
          place,
          cites.owed('attachment-only') === undefined ? initials : cites.first('CUM-25', initials),
          'hold',
          'Even inside, the text of a message names nobody: use initials or an agreed reference, or put it in an attachment.',
        ),
      )
    if (place.where === 'thread' && !confirmed.has('thread-check')) {
      const rule = cites.owed('check-thread') ?? cites.own('CUM-18')
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
        binding(
          missing(
            cites.first('CUM-28', 'BEX-44', 'MAIL-ENCRYPTION'),
            file.part,
            'hold',
            `"${file.name}" holds encrypted files and at least one that anybody can open.`,
          ),
        ),
      )
  for (const part of facts.unread)
    found.push(
      binding(
        missing(
          'MAIL-UNREAD',
          part,
          'hold',
          'The message holds more text than is looked through, so it does not leave in the open. Send it through Safehaven, or make it shorter.',
        ),
      ),
    )
  for (const problem of facts.gathered.problems) {
    const sealed =
      facts.protectedFiles.some((file) => problem.part.startsWith(file.part)) && problem.code === 'protected'
    if (problem.kind === 'unread' && !sealed)
      found.push(binding(missing('MAIL-UNREAD', problem.part, 'hold', problem.sentence)))
  }
  return found
}

export function senderFindings(facts: MailFacts, { protocol, day, sender }: MailOptions, cites: Cites): MailFinding[] {
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
