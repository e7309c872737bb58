import type { Disclosure } from '../disclosure.ts'
import { readAddress } from './addresses.ts'
import { type Expected, Opinion, silent } from './opinion.ts'

const OWN = 'bournemouth.gov.uk'

/** Bournemouth virtual school: caseworkers, PEPs and school moves. */
export function expectBournemouth(disclosure: Disclosure, day: string): Expected {
  if (day < '2016-01-01') return silent()
  const opinion = new Opinion(disclosure)
  const {
    to,
    disclosure: { from },
  } = opinion
  // BOU-13 and BOU-15 both speak of it.
  const schoolToAuthority =
    disclosure.purpose === 'school-transfer' && from.kind === 'school' && to.kind === 'education'
  if (['public', 'researcher'].includes(to.kind) || schoolToAuthority) opinion.leaveRecipientOpen()
  opinion.never(
    'consent',
    'explicit-consent',
    'ground',
    'proportionality',
    'harm-balance',
    'list-checked',
    'thread-check',
    'manager-authorisation',
  )
  const level = opinion.asked()
  const sender = readAddress(from.address)
  const recipient = readAddress(to.address)
  if (level === 'anonymised') {
    opinion.leaveOpen()
    return { ...opinion.finish(), open: [], closed: [], outcomes: ['share', 'hold', 'refuse'] }
  }
  training(opinion, day)
  if (!to.needToKnow) opinion.ask('need-to-know') // BOU-4, BOU-7
  if (['public', 'researcher', 'police', 'housing', 'probation', 'court', 'voluntary', 'health'].includes(to.kind))
    opinion.leaveOpen()
  if (disclosure.purpose === 'subject-access') opinion.leaveOpen()
  const colleague = ['social-care', 'school', 'education', 'carer'].includes(to.kind)

  opinion.close('fax', 'text', 'encrypted-attachment', 'email', 'meeting', 'register')
  const internal = sender.domain === OWN && recipient.domain === OWN && !sender.odd && !recipient.odd
  if (internal) {
    opinion.open('internal-email')
    opinion.unknown('secure-email')
  } else if (sender.domain !== undefined && sender.domain === recipient.domain)
    opinion.unknown('internal-email', 'secure-email')
  else opinion.close('internal-email')
  if (recipient.domain === undefined) opinion.close('secure-email', 'internal-email', 'portal')
  if (sender.domain === OWN && !recipient.odd && !internal && colleague) opinion.open('secure-email')
  else opinion.unknown('secure-email')
  const move = disclosure.purpose === 'school-transfer' && from.kind === 'school' && to.kind === 'school'
  if (move && !recipient.odd) opinion.open('portal')
  else if (move) opinion.unknown('portal')
  else if (from.kind === 'school' && to.kind === 'school') opinion.unknown('portal')
  else opinion.close('portal')
  if (level === 'sensitive') {
    opinion.close('post')
    if (colleague) opinion.open('recorded-post')
    else opinion.unknown('recorded-post')
  } else {
    if (colleague) opinion.open('post')
    else opinion.unknown('post')
    opinion.unknown('recorded-post')
  }
  if (move) opinion.unknown('post', 'recorded-post', 'internal-email', 'telephone')
  if (to.via && ['carer', 'parent'].includes(to.kind)) opinion.open('by-hand')
  else opinion.unknown('by-hand')
  if (['social-care', 'school', 'education'].includes(to.kind) && to.name && !move) opinion.open('telephone')
  else opinion.unknown('telephone')
  if (!to.name || !to.role) opinion.leaveOpen()
  if (to.kind === 'carer' || to.kind === 'parent') opinion.leaveOpen()

  const { route } = opinion.finish()
  if (route === 'internal-email') opinion.obligations.push('initials-only')
  if (route === 'post' || route === 'recorded-post') opinion.obligations.push('return-address')
  if (route === 'recorded-post') opinion.obligations.push('recorded-delivery')
  if (route === 'telephone') opinion.obligations.push('verify-identity')
  if (to.kind === 'carer' && disclosure.information.includes('pep') && disclosure.purpose === 'pep')
    opinion.obligations.push('offer-correction')
  return opinion.finish()
}

function training(opinion: Opinion, day: string): void {
  if (opinion.imminent()) {
    opinion.never('training')
    return
  }
  const { kind, trained } = opinion.disclosure.from
  const limit = `${Number(day.slice(0, 4)) - 3}${day.slice(4)}`
  if (trained !== undefined && trained > limit && trained <= day) {
    opinion.never('training')
    return
  }
  if (trained === limit || (trained !== undefined && trained > day) || !['education', 'social-care'].includes(kind)) {
    opinion.leaveOpen()
    return
  }
  opinion.ask('training')
}
