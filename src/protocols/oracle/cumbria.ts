import type { Disclosure } from '../disclosure.ts'
import type { Obligation } from '../vocabulary.ts'
import { anyOf, isInfo, isWebmail, LISTED, readAddress } from './addresses.ts'
import { type Expected, Opinion, silent } from './opinion.ts'

const highlySensitive = [
  'mental-health',
  'incident-detail',
  'suspected-perpetrator',
  'concern',
  'registration',
  'registration-history',
  'schedule-one-indicator',
  'conference',
  'relationship-concern',
]
const plain = ['name', 'address', 'date-of-birth', 'alias', 'reference', 'gender', 'language', 'statistic']

/** Cumbria Children's Services, information sharing protocol. */
export function expectCumbria(disclosure: Disclosure, day: string): Expected {
  if (day < '2015-12-01') return silent()
  const opinion = new Opinion(disclosure)
  const {
    to,
    disclosure: { from },
  } = opinion
  if (['public'].includes(to.kind)) opinion.leaveRecipientOpen()
  opinion.never('consent', 'explicit-consent', 'ground', 'training', 'harm-balance')
  const anonymous = opinion.asked() === 'anonymised'
  if (anonymous) {
    opinion.leaveOpen()
    opinion.unknown(...ALL)
    return lessRoutes(opinion)
  }
  if (!to.needToKnow?.trim()) opinion.ask('need-to-know') // CUM-15
  if (disclosure.proportionate !== true && !opinion.harm()) opinion.ask('proportionality') // CUM-4
  if (opinion.harm()) opinion.never('proportionality', 'manager-authorisation')
  if (to.list) opinion.ask('list-checked') // CUM-12
  if (disclosure.message?.thread) opinion.leaveOpen() // CUM-18: e-mail only
  if (!to.role) opinion.leaveOpen() // CUM-14: e-mail only
  if (['public', 'court', 'researcher'].includes(to.kind)) opinion.leaveOpen()
  if (disclosure.purpose === 'subject-access' || disclosure.message?.attachments) opinion.leaveOpen()

  const sender = readAddress(from.address)
  const recipient = readAddress(to.address)
  const sensitive = opinion.asked() === 'sensitive'
  opinion.close('email', 'register') // CUM-28
  if (sensitive)
    opinion.close('text') // CUM-46
  else opinion.unknown('text')
  opinion.unknown('by-hand', 'recorded-post', 'telephone', 'meeting', 'post')
  if (recipient.domain === undefined) opinion.close('internal-email', 'secure-email', 'encrypted-attachment')
  if (recipient.odd) {
    opinion.unknown('portal', 'encrypted-attachment')
  } else opinion.open('portal')
  if (sender.domain === undefined) opinion.unknown('encrypted-attachment', 'portal')
  if (isWebmail(sender)) opinion.close('internal-email', 'secure-email', 'encrypted-attachment') // CUM-34
  if (sender.odd) opinion.unknown('portal', 'encrypted-attachment')
  if (isWebmail(recipient) || (isInfo(recipient) && sender.domain !== recipient.domain)) {
    // CUM-35
    opinion.close('internal-email', 'secure-email', 'encrypted-attachment')
    opinion.unknown('portal')
    opinion.leaveOpen()
  }
  if (isWebmail(sender)) {
    opinion.unknown('portal')
    opinion.leaveOpen()
  }
  const internal = sender.domain !== undefined && sender.domain === recipient.domain && !sender.odd
  if (!internal && !sender.odd) opinion.close('internal-email')
  else if (sender.domain === 'cumbria.gov.uk' && !isInfo(recipient)) opinion.open('internal-email')
  else opinion.unknown('internal-email')

  const may =
    disclosure.agreement || disclosure.authorisedBy || opinion.harm() || opinion.confirmed('manager-authorisation')
  const named = ['cjsm.net', 'gsx.gov.uk']
  if (anyOf(sender.domain, named) && anyOf(recipient.domain, named) && may) opinion.open('secure-email')
  else if (anyOf(sender.domain, LISTED) && anyOf(recipient.domain, LISTED) && may) opinion.unknown('secure-email')
  else if (!internal) opinion.close('secure-email')
  else opinion.unknown('secure-email')
  if (internal) {
    opinion.unknown('encrypted-attachment')
    opinion.unknown('portal')
  } else if (!may)
    opinion.close('encrypted-attachment') // CUM-33
  else if (anyOf(sender.domain, LISTED) || anyOf(recipient.domain, LISTED) || recipient.odd || sender.odd)
    opinion.unknown('encrypted-attachment')
  else if (to.list)
    opinion.unknown('encrypted-attachment') // CUM-51
  else if (sender.domain !== undefined) opinion.open('encrypted-attachment')

  if (disclosure.route === 'fax' || opinion.routes.get('portal') !== 'open') opinion.leaveOpen()
  const highly = disclosure.information.some((item) => highlySensitive.includes(item))
  if (highly)
    opinion.close('fax') // CUM-39
  else if (disclosure.urgent && disclosure.information.every((item) => plain.includes(item))) opinion.open('fax')
  else opinion.unknown('fax')
  if (opinion.routes.get('internal-email') !== 'closed' || opinion.routes.get('secure-email') !== 'closed')
    opinion.leaveOpen()
  if (disclosure.route !== undefined && disclosure.route !== 'portal') opinion.leaveOpen()
  if (to.prefers !== undefined && to.prefers !== 'portal') opinion.leaveOpen()

  const before = opinion.finish()
  if (before.route === 'encrypted-attachment') {
    opinion.ask('no-more-secure-route')
    opinion.ask('significant-need') // CUM-10, CUM-11
    if (!to.role) opinion.ask('role-of-recipient')
    if (disclosure.message?.thread) opinion.ask('thread-check')
  }
  const owed: Obligation[] = []
  if (opinion.imminent()) owed.push('call-hub', 'written-follow-up')
  if (disclosure.risk === undefined || disclosure.risk === 'none')
    opinion.notObligations.push('call-hub', 'written-follow-up')
  const mail: Obligation[] = [
    'mark-confidential',
    'subject-without-identifiers',
    'deletion-statement',
    'remove-from-mailboxes',
    'check-recipients',
  ]
  if (before.route === 'encrypted-attachment')
    owed.push(
      ...mail,
      'encrypt-aes-256',
      'new-password',
      'password-by-another-route',
      'neutral-file-names',
      'disclaimer',
      'delete-protected-copy',
      'keep-copy-secure',
    )
  if (before.route === 'internal-email') owed.push(...mail, 'attachment-only', 'attachment-statement')
  if (before.route === 'fax') owed.push('cover-sheet', 'confirm-number', 'confirm-receipt', 'log-transmission')
  opinion.obligations.push(...owed)
  if (opinion.confirmed('secure-address')) opinion.leaveRecipientOpen()
  return opinion.finish()
}

const ALL = [
  'internal-email',
  'secure-email',
  'portal',
  'encrypted-attachment',
  'recorded-post',
  'by-hand',
  'post',
  'meeting',
  'telephone',
  'fax',
  'email',
  'text',
  'register',
] as const

function lessRoutes(opinion: Opinion): Expected {
  return { ...opinion.finish(), outcomes: ['share', 'hold', 'refuse'] }
}
