import type { Disclosure } from '../disclosure.ts'
import { type Ground, type Item, levelRank } from '../vocabulary.ts'
import { westYorkshireConsent } from './consent.ts'
import { type Expected, Opinion, silent } from './opinion.ts'

const listed: readonly Item[] = [
  'name',
  'alias',
  'address',
  'address-history',
  'legal-status',
  'gender',
  'language',
  'concern',
  'family',
  'relationship-concern',
  'registration',
  'registration-history',
  'conference',
  'enquiry-history',
  'referral-history',
  'looked-after-indicator',
  'schedule-one-indicator',
]
const grounds: readonly Ground[] = [
  'risk-in-seeking-consent',
  'judgement-of-significant-harm',
  'crime',
  'build-a-picture',
  'refused-but-harm',
  'register-check',
]

/** West Yorkshire Child Protection System: linked registers. */
export function expectWestYorkshire(disclosure: Disclosure, day: string): Expected {
  if (day < '2005-01-01') return silent()
  const opinion = new Opinion(disclosure)
  const {
    to,
    disclosure: { from, ground },
  } = opinion
  opinion.never('training', 'harm-balance', 'list-checked', 'thread-check', 'explicit-consent')
  const register = disclosure.route === 'register'
  const participant = ['social-care', 'police', 'health', 'education', 'school'].includes(to.kind)
  const ownArea = from.area !== undefined && from.area === to.area
  const external = to.kind !== 'social-care' || !ownArea
  const clearance = to.clearance ?? 'anonymised'
  let awaiting = false
  for (const item of new Set(disclosure.information)) {
    const level = opinion.levels.get(item)
    if (level === 'anonymised') continue
    const above = levelRank(level ?? 'sensitive') > levelRank(clearance)
    if (disclosure.purpose === 'planning')
      opinion.seen.set(item, false) // WY-14
    else if (item === 'looked-after-history')
      opinion.seen.set(item, false) // WY-26
    else if (item === 'schedule-one-indicator' && to.kind !== 'social-care')
      opinion.seen.set(item, false) // WY-27
    else if (above && !(to.kind === 'social-care' && ownArea && to.clearance === undefined))
      opinion.seen.set(item, false)
    else if (above) opinion.seen.set(item, level === 'sensitive' ? false : undefined)
    else if (!listed.includes(item))
      opinion.seen.set(item, register ? false : undefined) // WY-28
    else if (external && to.authorised !== true) {
      // WY-18
      if (opinion.confirmed('manager-authorisation') || disclosure.authorisedBy) opinion.seen.set(item, undefined)
      else {
        opinion.seen.set(item, false)
        awaiting = true
      }
    } else if (item === 'schedule-one-indicator' && to.authorised !== true) opinion.seen.set(item, undefined)
    else if (!participant) opinion.seen.set(item, undefined)
    else opinion.seen.set(item, true)
  }
  const seenPersonal = [...opinion.seen].some(([item, seen]) => seen === true && item !== 'statistic')
  const mayPersonal = [...opinion.seen].some(([item, seen]) => seen !== false && item !== 'statistic')
  if (seenPersonal) {
    if (!to.needToKnow) opinion.ask('need-to-know')
    const consent = westYorkshireConsent(disclosure)
    const counts = ground !== undefined && grounds.includes(ground)
    if (opinion.harm()) opinion.never('consent', 'ground', 'proportionality')
    else {
      if (disclosure.proportionate !== true) opinion.ask('proportionality')
      if (consent === 'valid') opinion.never('consent')
      else if (counts && (ground === 'register-check' || ground === 'refused-but-harm' || consent === 'refused'))
        opinion.leaveOpen()
      else if (counts) opinion.never('consent', 'ground')
      else if (consent === undefined) opinion.leaveOpen()
      else if (consent === 'refused') opinion.ask('ground')
      else if (opinion.confirmed('explicit-consent')) opinion.leaveOpen()
      else opinion.askOneOf('ground', 'consent')
    }
    if (disclosure.purpose === 'general' || (register && disclosure.purpose !== 'register-check')) opinion.leaveOpen()
  } else if (mayPersonal) opinion.leaveOpen()
  if (participant && awaiting && !mayPersonal && !disclosure.information.includes('statistic'))
    opinion.ask('manager-authorisation')
  if (!participant) opinion.leaveOpen()

  opinion.unknown('internal-email', 'secure-email', 'portal', 'encrypted-attachment', 'text', 'email')
  if (mayPersonal) opinion.close('email')
  // WY-4 lets telephone, fax, in person and in writing stand; which routes "in writing" names it leaves open.
  opinion.unknown('by-hand', 'meeting', 'post', 'recorded-post')
  if (participant) {
    opinion.open('telephone', 'fax')
    if (register && disclosure.purpose === 'register-check') opinion.open('register')
    else opinion.unknown('register')
  } else opinion.unknown('telephone', 'fax', 'register')
  if (opinion.finish().route !== 'register') opinion.leaveOpen()
  if (seenPersonal) opinion.obligations.push('no-onward-use')
  const finished = opinion.finish()
  const onlyAwaiting = awaiting && !mayPersonal && !disclosure.information.includes('statistic')
  const confirmed = opinion.confirmed('manager-authorisation')
  return onlyAwaiting && !confirmed && participant && register ? { ...finished, outcomes: ['hold'] } : finished
}
