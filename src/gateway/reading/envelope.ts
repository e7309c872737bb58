/** The headers that say who and what: addresses, subject, the thread. */
import { readAddresses } from './addresses.ts'
import { fieldValue } from './header.ts'
import type { Budget } from './limits.ts'
import type { Address, Defect, Envelope, Field } from './types.ts'
import { decodeWords } from './words.ts'

export function readEnvelope(fields: readonly Field[], path: string, budget: Budget, defects: Defect[]): Envelope {
  const part = path || 'headers'
  const addresses = (key: string, label: string): readonly Address[] => {
    const value = fieldValue(fields, key)
    if (value === undefined || value === '') return []
    const read = readAddresses(value, budget, part)
    if (read.fault !== undefined && path === '')
      defects.push({
        code: 'address-malformed',
        part,
        sentence: `The line "${label}" ${read.fault}. Choose the recipients again.`,
        fatal: true,
      })
    return read.list
  }
  const subject = decodeWords(fieldValue(fields, 'subject') ?? '')
  if (subject.unclear && path === '')
    defects.push({
      code: 'subject-unclear',
      part,
      sentence: 'The subject is encoded in a way that programs read differently. Type it again.',
      fatal: true,
    })
  const messageId = fieldValue(fields, 'message-id')
  return {
    path,
    subject: subject.text,
    from: addresses('from', 'From'),
    sender: addresses('sender', 'Sender'),
    replyTo: addresses('reply-to', 'Reply-To'),
    to: addresses('to', 'To'),
    cc: addresses('cc', 'Cc'),
    bcc: addresses('bcc', 'Bcc'),
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: ids(fieldValue(fields, 'in-reply-to')),
    references: ids(fieldValue(fields, 'references')),
    fields,
  }
}

function ids(value: string | undefined): string[] {
  return (value?.match(/<[^<>\s]+>/g) ?? []).slice(0, 200)
}
