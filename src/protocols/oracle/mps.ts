import type { Disclosure } from '../disclosure.ts'
import { anyOf, LISTED, readAddress } from './addresses.ts'
import { type Expected, Opinion, silent } from './opinion.ts'

/** Metropolitan Police, secure e-mail for safeguarding referrals (MPS-1, 8, 9, 10, 11, 12). */
export function expectMps(disclosure: Disclosure, day: string): Expected {
  if (day < '2008-04-01') return silent()
  const opinion = new Opinion(disclosure)
  const { to, from } = { to: opinion.to, from: disclosure.from }
  // The document never speaks of consent, need to know, training or the balance: such a gate stops nothing.
  if (['public', 'parent', 'young-person', 'carer', 'researcher', 'court', 'voluntary'].includes(to.kind))
    opinion.leaveRecipientOpen()
  opinion.never(
    'consent',
    'explicit-consent',
    'ground',
    'training',
    'need-to-know',
    'proportionality',
    'thread-check',
    'list-checked',
    'harm-balance',
  )
  if (
    ['public', 'parent', 'young-person', 'carer', 'researcher', 'court', 'voluntary'].includes(to.kind) ||
    from.kind !== 'police'
  )
    return { ...opinion.finish(), open: [], closed: [], outcomes: ['share', 'hold', 'refuse'] }
  if (opinion.asked() === 'anonymised')
    return { ...opinion.finish(), open: [], closed: [], outcomes: ['share', 'hold', 'refuse'] }

  opinion.close('email', 'encrypted-attachment', 'portal', 'fax', 'text', 'post', 'telephone', 'meeting', 'register')
  opinion.unknown('internal-email')
  const sender = readAddress(from.address)
  const recipient = readAddress(to.address)
  const named = ['pnn.police.uk', 'cjsm.net']
  const bothNamed = anyOf(sender.domain, named) && anyOf(recipient.domain, named)
  const bothMaybe = anyOf(sender.domain, LISTED) && anyOf(recipient.domain, LISTED)
  if (bothNamed) opinion.open('secure-email')
  else if (bothMaybe && !(sender.domain === undefined)) opinion.unknown('secure-email')
  else opinion.close('secure-email')
  if (sender.domain === undefined || sender.domain !== recipient.domain) opinion.close('internal-email')

  if (disclosure.marking === 'restricted') {
    opinion.close('recorded-post', 'by-hand')
    if (opinion.routes.get('secure-email') === 'closed' && anyOf(sender.domain, named)) opinion.ask('secure-address')
  } else if (bothNamed || bothMaybe || disclosure.marking === 'official-sensitive')
    opinion.unknown('recorded-post', 'by-hand')
  else {
    if (to.name) opinion.open('recorded-post', 'by-hand')
    else {
      opinion.close('recorded-post', 'by-hand')
      opinion.askOneOf('recipient-named', 'secure-address')
    }
  }
  if (opinion.confirmed('secure-address') || opinion.confirmed('recipient-named')) opinion.leaveRecipientOpen()
  const expected = opinion.finish()
  const more =
    expected.route === 'recorded-post'
      ? (['recipient-pays', 'named-recipient', 'recorded-delivery'] as const)
      : expected.route === 'by-hand'
        ? (['recipient-pays', 'named-recipient'] as const)
        : []
  return { ...expected, obligations: [...expected.obligations, ...more] }
}
