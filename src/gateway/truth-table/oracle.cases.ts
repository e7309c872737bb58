/**
 * What should become of each message, written from the four source documents and from nothing in the protocol files.
 * The words quoted are the documents'. Where a document is silent, the answer is the product's own and says so.
 */
import type { Action } from '../facts/index.ts'
import type { Mix } from './messages.cases.ts'

export interface Expected {
  readonly action: Action
  /** A rule that must be among the findings. */
  readonly cites?: string
}

const order: readonly Action[] = ['deliver', 'convert', 'hold', 'reject']

export function expected(mix: Mix): Expected {
  const answers =
    mix.recipient === 'internal-and-ordinary'
      ? [forOne(mix, 'internal'), forOne(mix, 'ordinary')]
      : [forOne(mix, mix.recipient)]
  return answers.reduce((one, other) => (order.indexOf(other.action) > order.indexOf(one.action) ? other : one))
}

type To = Exclude<Mix['recipient'], 'internal-and-ordinary'>

function forOne(mix: Mix, to: To): Expected {
  const sealed = mix.attachment === 'sealed' || mix.attachment === 'sealed-telling'
  const openly =
    mix.subject === 'name' ||
    mix.body === 'personal' ||
    mix.thread === 'personal' ||
    mix.attachment === 'personal' ||
    mix.attachment === 'telling-name'
  const personal = openly || sealed || mix.attachment === 'weak' || mix.attachment === 'mixed'
  // The product's own: an address that only looks like a secure one gets nothing about anybody, and otherwise a second look.
  if (to === 'look-alike')
    return mix.sender === 'webmail' ? cumbria(mix, to, personal, sealed) : { action: personal ? 'reject' : 'hold' }
  switch (mix.protocol) {
    case 'cumbria-2015':
      return cumbria(mix, to, personal, sealed)
    case 'bexley-2015':
      return bexley(mix, to, personal, sealed)
    case 'bournemouth-2016':
      return bournemouth(mix, to, personal)
    case 'mps-2008':
      return metropolitan(to, personal)
  }
}

function strictest(...answers: Expected[]): Expected {
  return answers.reduce((one, other) => (order.indexOf(other.action) > order.indexOf(one.action) ? other : one), {
    action: 'deliver',
  })
}

function cumbria(mix: Mix, to: To, personal: boolean, sealed: boolean): Expected {
  // "staff must not use them for council business"
  if (mix.sender === 'webmail') return { action: 'reject', cites: 'CUM-34' }
  // "The subject header should not include personal details."
  if (mix.subject === 'name') return { action: 'reject', cites: 'CUM-20' }
  if (!personal) return { action: 'deliver' }
  // "Check all thread email messages before sending"
  const thread: Expected = mix.thread === 'personal' ? { action: 'hold', cites: 'CUM-18' } : { action: 'deliver' }
  const telling = mix.attachment === 'telling-name' || mix.attachment === 'sealed-telling'
  // "The document itself should not have an identifying name": it goes under another name by the portal, or not at all.
  const unchanged: Expected = telling ? { action: 'reject', cites: 'CUM-48' } : { action: 'deliver' }
  if (to === 'internal') {
    // "PID information should not be included in the body of an email … should be as an attachment"
    const body: Expected =
      mix.body === 'personal' || mix.thread === 'personal' ? { action: 'hold', cites: 'CUM-25' } : { action: 'deliver' }
    return strictest(unchanged, body, thread)
  }
  // "avoiding the use of Distribution Lists"; "DO NOT USE ADDRESS LISTS"
  const list: Expected = to === 'list' ? { action: 'hold', cites: 'CUM-12' } : { action: 'deliver' }
  // "Do not sent PID to … generic email addresses such as info@": nobody can say who would read it.
  if (to === 'generic') return strictest({ action: 'hold', cites: 'CUM-35' }, thread)
  // One plain file among encrypted ones: only its sender knows which was meant.
  const mixed: Expected = mix.attachment === 'mixed' ? { action: 'hold', cites: 'CUM-28' } : { action: 'deliver' }
  const onlySealed = sealed && mix.body !== 'personal' && mix.thread !== 'personal'
  // "encrypted, using at least 256bit AES"; "Do not sent PID to external email personal accounts"
  const channel: Expected =
    onlySealed && to !== 'webmail' ? unchanged : { action: 'convert', cites: to === 'webmail' ? 'CUM-35' : 'CUM-28' }
  // An encrypted file is not sent to a list at all, so what is sealed goes by the portal.
  return strictest(list, mixed, to === 'list' && onlySealed ? { action: 'convert' } : channel, thread)
}

function bexley(mix: Mix, to: To, personal: boolean, sealed: boolean): Expected {
  if (!personal) return { action: 'deliver' }
  const list: Expected = to === 'list' ? { action: 'hold' } : { action: 'deliver' }
  // "an email from one bexley.gov.uk account to another should be considered safe"
  if (to === 'internal') return { action: 'deliver' }
  const listed = to === 'secure' || to === 'secure-health'
  if (mix.sender === 'secure') {
    if (listed) return { action: 'deliver' }
    // "it is not possible to send email from a secure (GCSX) domain to an insecure one"; Egress is for the others.
    return strictest(list, mix.attachment === 'mixed' ? { action: 'hold' } : { action: 'convert', cites: 'BEX-39' })
  }
  // "… or vice versa"; "Egress Switch will not work properly with health .nhs.net"
  if (to === 'secure-health') return { action: 'reject', cites: 'BEX-41' }
  const mixed: Expected = mix.attachment === 'mixed' ? { action: 'hold' } : { action: 'deliver' }
  if (to === 'secure') return strictest(mixed, { action: 'convert' })
  // "password protected and sent through non secure systems"
  const inWords = mix.subject === 'name' || mix.body === 'personal' || mix.thread === 'personal'
  return strictest(list, mixed, sealed && !inWords ? { action: 'deliver' } : { action: 'convert' })
}

function bournemouth(mix: Mix, to: To, personal: boolean): Expected {
  if (!personal) return { action: 'deliver' }
  // "even then, it is advised to use initials of Young People"
  if (to === 'internal')
    return mix.subject === 'name' || mix.body === 'personal' || mix.thread === 'personal'
      ? { action: 'hold', cites: 'BOU-3' }
      : { action: 'deliver' }
  // "sent to all other e-mail addresses … using the 'Clearswift' secure e-mail system"
  return to === 'list' ? { action: 'hold' } : { action: 'deliver' }
}

function metropolitan(to: To, personal: boolean): Expected {
  if (!personal) return { action: 'deliver' }
  // "only be shared … electronically if the recipient uses a secure e-mail address"
  return to === 'internal' || to === 'secure' ? { action: 'deliver' } : { action: 'reject', cites: 'MPS-1' }
}
