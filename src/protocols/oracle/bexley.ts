import type { Disclosure } from '../disclosure.ts'
import type { Ground, Obligation } from '../vocabulary.ts'
import { anyOf, isWebmail, LISTED, readAddress } from './addresses.ts'
import { bexleyConsent } from './consent.ts'
import { type Expected, Opinion, silent } from './opinion.ts'

const eight = [
  'ethnicity',
  'politics',
  'belief',
  'trade-union',
  'health',
  'mental-health',
  'sexual-life',
  'offence',
  'proceedings',
]
const undecided = ['genetic', 'biometric', 'incident-detail', 'suspected-perpetrator', 'schedule-one-indicator']
const wide: readonly Ground[] = ['vital-interests', 'made-public', 'legal-proceedings', 'administration-of-justice']
const narrow: readonly Ground[] = ['employment-law', 'medical', 'ethnic-monitoring']

/** Bexley Safeguarding Children Board, sharing and secure transfer guidance. */
export function expectBexley(disclosure: Disclosure, day: string): Expected {
  if (day < '2015-05-01') return silent()
  const opinion = new Opinion(disclosure)
  const {
    to,
    disclosure: { ground },
  } = opinion
  if (['public'].includes(to.kind)) opinion.leaveRecipientOpen()
  opinion.never('training', 'harm-balance', 'list-checked', 'thread-check')
  const sensitive = disclosure.information.filter((item) => eight.includes(item))
  const maybe = disclosure.information.filter((item) => undecided.includes(item))
  for (const item of maybe) opinion.levels.set(item, sensitive.length > 0 ? 'sensitive' : undefined)
  const personal = disclosure.information.some((item) => item !== 'statistic')
  routes(opinion, personal)

  const owed: Obligation[] = []
  if (personal) {
    if (!to.needToKnow) opinion.ask('need-to-know') // BEX-29
    const amounts = bexleyConsent(disclosure, [...sensitive, ...maybe])
    const amountsPlain = bexleyConsent(disclosure, sensitive)
    const consent = amounts === amountsPlain ? amounts : undefined
    const own = disclosure.purpose === 'subject-access' && ['parent', 'carer', 'young-person'].includes(to.kind)
    const lifted = opinion.harm() || (disclosure.purpose === 'section-47' && sensitive.length + maybe.length === 0)
    const grounded =
      ground === undefined
        ? false
        : wide.includes(ground)
          ? true
          : ground === 'public-interest'
            ? sensitive.length > 0
              ? false
              : maybe.length > 0
                ? undefined
                : true
            : narrow.includes(ground)
              ? undefined
              : false
    if (own)
      opinion.leaveOpen() // BEX-62
    else if (lifted) opinion.never('consent', 'explicit-consent', 'ground')
    else if (consent === 'valid') opinion.never('consent', 'explicit-consent', 'ground')
    else if (grounded === true && wide.includes(ground as Ground) && sensitive.length + maybe.length === 0)
      opinion.leaveOpen()
    else if (grounded === true) {
      if (disclosure.purpose !== 'section-47') owed.push('record-ground')
      opinion.never('consent', 'explicit-consent', 'ground')
    } else if (grounded === undefined || consent === undefined) opinion.leaveOpen()
    else if (disclosure.purpose === 'section-47') opinion.leaveOpen()
    else if (consent === 'refused')
      opinion.ask('ground') // BEX-18, BEX-27
    else opinion.askOneOf('consent', 'explicit-consent', 'ground')
    if (opinion.harm()) opinion.never('proportionality')
    else if (disclosure.proportionate !== true) {
      if (consent === 'valid') opinion.leaveOpen()
      else opinion.ask('proportionality') // BEX-36
    }
    if (disclosure.purpose === 'subject-access' || to.kind === 'public' || to.kind === 'researcher') opinion.leaveOpen()
  } else opinion.never('consent', 'explicit-consent', 'ground', 'need-to-know') // BEX-13
  if (to.prefers !== undefined || disclosure.route !== undefined) opinion.leaveOpen()

  const { route } = opinion.finish()
  if (route !== undefined && ['recorded-post', 'by-hand', 'fax'].includes(route)) opinion.leaveOpen()
  if (personal) {
    owed.push('keep-copy-secure') // BEX-51, BEX-52, BEX-53, BEX-59, BEX-60
    if (route !== 'meeting' && route !== 'telephone') owed.push('mark-confidential')
    if (route === 'encrypted-attachment') owed.push('password-by-another-route')
    if (route === 'recorded-post')
      owed.push('double-envelope', 'return-address', 'no-outer-marking', 'recorded-delivery')
    if (route === 'by-hand') owed.push('sign-out')
    if (route === 'meeting') owed.push('confidentiality-agreement', 'invited-only')
    if (route === 'fax')
      owed.push('confirm-location-secure', 'confirm-number', 'confirm-recipient-ready', 'confirm-receipt')
  }
  opinion.obligations.push(...owed)
  if (opinion.confirmed('secure-address')) opinion.leaveRecipientOpen()
  return opinion.finish()
}

function routes(opinion: Opinion, personal: boolean): void {
  const {
    to,
    disclosure: { from },
  } = opinion
  const sender = readAddress(from.address)
  const recipient = readAddress(to.address)
  const odd = sender.odd || recipient.odd
  if (!personal) {
    opinion.unknown(
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
    )
    opinion.close('register')
    return
  }
  opinion.close('email', 'post', 'text', 'telephone', 'register')
  opinion.open('recorded-post', 'by-hand', 'meeting')
  if (opinion.disclosure.urgent || opinion.disclosure.confirmed) opinion.unknown('fax')
  else opinion.close('fax')
  const secureFrom = anyOf(sender.domain, LISTED)
  const secureTo = anyOf(recipient.domain, LISTED)
  if (secureFrom && secureTo && !odd) opinion.open('secure-email')
  else if (secureFrom && secureTo) opinion.unknown('secure-email')
  else opinion.close('secure-email')
  const same = sender.domain !== undefined && sender.domain === recipient.domain
  if (!same) opinion.close('internal-email')
  else if (odd || isWebmail(sender)) opinion.unknown('internal-email')
  else opinion.open('internal-email')
  if (recipient.domain === undefined) opinion.close('portal', 'encrypted-attachment')
  if (sender.domain === undefined) opinion.unknown('encrypted-attachment')
  if (anyOf(recipient.domain, ['nhs.net', 'pnn.police.uk'])) opinion.close('portal') // BEX-43
  if (
    !['school', 'voluntary', 'carer', 'parent', 'young-person', 'researcher'].includes(to.kind) ||
    anyOf(sender.domain, LISTED) ||
    secureTo ||
    odd ||
    sender.domain === undefined
  )
    opinion.unknown('portal')
  else opinion.open('portal')
  if (secureFrom !== secureTo)
    opinion.close('encrypted-attachment') // BEX-41
  else if (secureFrom || odd || same || sender.domain === undefined) opinion.unknown('encrypted-attachment')
  else opinion.open('encrypted-attachment')
}
