/** By which route one recipient may have the message, and what has to happen for it. */
import { addressFacts, type Decision, type Disclosure, type Route } from '../../protocols/index.ts'
import { channelDecision, openRoutes } from './channel.ts'
import type { MailFacts, MailOptions } from './facts-from-message.ts'
import type { Action } from './types.ts'

export interface Channel {
  readonly route: Route | null
  readonly step: Action
  /** The rule to cite first, and all that close ordinary e-mail. */
  readonly rule: string
  readonly rules: readonly string[]
  readonly because: string
  readonly open: ReadonlySet<Route>
  /** For its obligations, on the route that is used. */
  readonly decision: Decision
}

/** How a message goes as it was written: what it would mean to let it pass unchanged. */
export function proposedRoute(facts: MailFacts, { protocol, day }: MailOptions): Route | undefined {
  if (facts.recipients.every((recipient) => recipient.internal)) return 'internal-email'
  if (facts.onlyProtected) return 'encrypted-attachment'
  const from = addressFacts(facts.disclosure.from, protocol, day)
  return from.secure && facts.recipients.every((recipient) => recipient.secure) ? 'secure-email' : 'email'
}

export function channelOf(
  facts: MailFacts,
  disclosure: Disclosure,
  index: number,
  { protocol, day }: MailOptions,
): Channel {
  const recipient = facts.recipients[index]!
  const alone = { ...disclosure, to: [disclosure.to[index]!] }
  const first = channelDecision(alone, protocol, day)
  const open = openRoutes(first, 0)
  const as = (route: Route, step: Action, because: string, rules: readonly string[] = []): Channel => ({
    route,
    step,
    rule: rules[0] ?? 'MAIL-CHANNEL',
    rules,
    because,
    open,
    decision: channelDecision({ ...alone, route }, protocol, day),
  })
  const closed = (route: Route) => first.recipients[0]?.closed.find((one) => one.route === route)?.because
  if (!facts.personal) {
    const route: Route = recipient.internal
      ? 'internal-email'
      : open.has('secure-email') && recipient.secure
        ? 'secure-email'
        : 'email'
    return as(route, 'deliver', 'Nothing in it identifies a person.')
  }
  if (recipient.bad !== undefined)
    return {
      route: null,
      step: 'reject',
      rule: 'MAIL-RECIPIENT',
      rules: ['MAIL-RECIPIENT'],
      because: recipient.bad,
      open,
      decision: first,
    }
  if (recipient.internal && open.has('internal-email'))
    return as(
      'internal-email',
      'deliver',
      'Sender and recipient are in the same organisation, whose mail counts as secure.',
    )
  if (open.has('secure-email')) return as('secure-email', 'deliver', 'Both addresses are secure.')
  if (facts.onlyProtected && open.has('encrypted-attachment'))
    return as('encrypted-attachment', 'deliver', 'Everything personal in it is in a file encrypted with AES-256.')
  if (first.level === 'anonymised' && open.has('email')) return as('email', 'deliver', 'It identifies nobody.')
  const reason = closed('email') ?? closed('secure-email')
  const rules = reason?.cites ?? ['MAIL-CHANNEL']
  const why = reason?.text ?? 'No rule opens ordinary e-mail for this.'
  if (open.has('portal')) return as('portal', 'convert', `${why} It goes to the portal instead.`, rules)
  if (open.has('encrypted-attachment'))
    return as('encrypted-attachment', 'convert', `${why} It goes as an encrypted file instead.`, rules)
  const other = first.recipients[0]?.route
  return {
    route: null,
    step: 'reject',
    rule: rules[0] ?? 'MAIL-CHANNEL',
    rules,
    because: `${why}${other === undefined ? '' : ` It may go by another way: ${other}.`}`,
    open,
    decision: first,
  }
}
