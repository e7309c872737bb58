import type { Disclosure, Party } from '../disclosure.ts'
import { anyOf, isWebmail, LISTED, readAddress } from './addresses.ts'
import { type Expected, type GateState, Opinion, silent } from './opinion.ts'

/** Today's law and guidance. */
export function expectUk(disclosure: Disclosure, day: string): Expected {
  if (day < '2026-04-29') return silent()
  const opinion = new Opinion(disclosure)
  const {
    to,
    disclosure: { from, ground },
  } = opinion
  const level = opinion.asked()
  const sender = readAddress(from.address)
  const recipient = readAddress(to.address)
  if (['public'].includes(to.kind)) opinion.leaveRecipientOpen()
  opinion.close('fax', 'text')
  opinion.unknown('register')
  if (level !== 'anonymised') {
    opinion.close('email')
    if (!to.needToKnow) opinion.ask('need-to-know')
    if (disclosure.harmIfSharedGreater) opinion.ask('harm-balance')
    else opinion.never('harm-balance')
    if (opinion.harm()) opinion.never('proportionality', 'consent', 'explicit-consent', 'ground')
    else {
      if (disclosure.proportionate !== true) opinion.ask('proportionality')
      const statutory = ['social-care', 'police', 'health', 'school', 'education', 'probation'].includes(to.kind)
      const gate: GateState =
        ground === 'safeguarding-sch1-18'
          ? disclosure.purpose === 'planning'
            ? undefined
            : 'passes'
          : ground === 'duty-16LA' && statutory && level === 'personal'
            ? 'passes'
            : ground === undefined &&
                (disclosure.consent ?? []).every((entry) => entry.state !== 'given') &&
                disclosure.purpose !== 'section-47' &&
                disclosure.purpose !== 'subject-access'
              ? 'holds'
              : ground !== undefined &&
                  !['duty-16LA', 'vital-interests'].includes(ground) &&
                  (disclosure.consent ?? []).every((entry) => entry.state !== 'given') &&
                  disclosure.purpose !== 'section-47' &&
                  disclosure.purpose !== 'subject-access'
                ? 'holds'
                : undefined
      if (gate === 'holds') opinion.askOneOf('consent', 'explicit-consent', 'ground')
      else if (gate === 'passes') opinion.never('consent', 'explicit-consent', 'ground')
      else opinion.leaveOpen()
    }
    training(opinion, day)
    if (
      ['public', 'researcher', 'court', 'parent', 'young-person', 'carer', 'voluntary', 'housing'].includes(to.kind) ||
      disclosure.purpose === 'subject-access' ||
      disclosure.purpose === 'planning'
    )
      opinion.leaveOpen()
  } else opinion.leaveOpen()
  opinion.unknown('internal-email', 'recorded-post', 'by-hand', 'post', 'meeting', 'telephone', 'email')
  if (recipient.domain === undefined) opinion.close('internal-email', 'secure-email', 'portal', 'encrypted-attachment')
  if (sender.domain === undefined || sender.domain !== recipient.domain) opinion.close('internal-email')
  const retired = anyOf(sender.domain, LISTED) || anyOf(recipient.domain, LISTED)
  const proof = both(proved(from, day), proved(to, day))
  if (proof === 'holds' || sender.domain === undefined) opinion.close('secure-email')
  else if (
    proof === 'passes' &&
    !retired &&
    !isWebmail(sender) &&
    !isWebmail(recipient) &&
    !sender.odd &&
    !recipient.odd
  )
    opinion.open('secure-email')
  else opinion.unknown('secure-email')
  if (
    retired ||
    isWebmail(sender) ||
    recipient.odd ||
    sender.odd ||
    sender.domain === undefined ||
    ['public', 'researcher'].includes(to.kind)
  )
    opinion.unknown('portal', 'encrypted-attachment')
  else {
    opinion.open('portal')
    opinion.unknown('encrypted-attachment')
  }
  if (level !== 'anonymised' && !disclosure.harmIfSharedGreater && disclosure.information.includes('nhs-number'))
    opinion.obligations.push('include-identifier')
  if (
    disclosure.purpose === 'school-transfer' &&
    from.kind === 'school' &&
    to.kind === 'school' &&
    level !== 'anonymised'
  )
    opinion.obligations.push('confirm-receipt')
  if (
    disclosure.route !== undefined ||
    to.prefers !== undefined ||
    disclosure.message ||
    to.list ||
    !to.role ||
    !to.name ||
    disclosure.marking
  )
    opinion.leaveOpen()
  if (opinion.confirmed('secure-address')) opinion.leaveRecipientOpen()
  return opinion.finish()
}

function training(opinion: Opinion, day: string): void {
  const { trained } = opinion.disclosure.from
  if (opinion.imminent()) {
    opinion.never('training')
    return
  }
  const year = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  if (trained !== undefined && trained > year && trained <= day) opinion.never('training')
  else opinion.leaveOpen()
}

function proved(party: Party, day: string): GateState {
  const { channel } = party
  if (channel === undefined) return 'holds'
  if (channel.checkedOn > day || channel.checkedOn < `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`) return undefined
  if (channel.accredited) return 'passes'
  if (
    channel.tls === undefined ||
    ['1.0', '1.1'].includes(channel.tls) ||
    !channel.dmarc ||
    !(channel.mtaSts || channel.dane)
  )
    return 'holds'
  return channel.mtaSts && ['1.2', '1.3'].includes(channel.tls) ? 'passes' : undefined
}

function both(one: GateState, other: GateState): GateState {
  return one === 'holds' || other === 'holds' ? 'holds' : one === 'passes' && other === 'passes' ? 'passes' : undefined
}
