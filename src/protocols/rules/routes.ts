import type { ClosedRoute, Party, Reason } from '../disclosure.ts'
import type { Protocol, Rule } from '../protocol.ts'
import { type Need, ROUTES, type Route } from '../vocabulary.ts'
import { type AddressFacts, answered, type Case } from './case.ts'

/** Every route, open or closed with its reason, for one recipient. */
export interface Routing {
  readonly open: ReadonlySet<Route>
  readonly closed: readonly ClosedRoute[]
  readonly route: Route | undefined
  /** Needs that would open a route; asked only when none is open. */
  readonly wouldOpen: readonly { readonly need: Need; readonly cites: readonly string[] }[]
  readonly rules: readonly Rule[]
}

const BY_ADDRESS: ReadonlySet<Route> = new Set<Route>([
  'internal-email',
  'secure-email',
  'email',
  'encrypted-attachment',
  'portal',
])

/** Opens and closes the routes for a case, and chooses the best: the proposed, the agreed, then the protocol's order. */
export function routesFor(found: Case): Routing {
  const { protocol, to, disclosure } = found
  const opened = new Map<Route, Rule>()
  const closings = new Map<Route, Rule[]>()
  const lifted = new Map<Route, Rule[]>()
  const rules: Rule[] = []
  for (const rule of protocol.routing) {
    if (!rule.applies(found)) continue
    rules.push(rule)
    for (const route of rule.opens) if (!opened.has(route)) opened.set(route, rule)
    // Nobody's word makes an address secure: only the address itself does (MPS-1, BEX-39).
    if (rule.until !== undefined && rule.until !== 'secure-address' && found.confirmed.has(rule.until)) {
      for (const route of rule.closes) lifted.set(route, [...(lifted.get(route) ?? []), rule])
      continue
    }
    for (const route of rule.closes) closings.set(route, [...(closings.get(route) ?? []), rule])
  }
  const open = new Set<Route>()
  const closed: ClosedRoute[] = []
  const wouldOpen = new Map<Need, Set<string>>()
  for (const route of ROUTES) {
    const against = closings.get(route)
    const lacking = lackingFor(route, to, found.address)
    const unasked = route === 'register' && disclosure.route !== 'register'
    const opening = opened.get(route)
    if (against === undefined && lacking === undefined && opening !== undefined && !unasked) {
      open.add(route)
      continue
    }
    closed.push({ route, because: because(against, lacking, unasked, opening, protocol, route) })
    if (opening !== undefined && !unasked) collectOpeners(against ?? [], lifted.get(route) ?? [], lacking, wouldOpen)
  }
  return {
    open,
    closed,
    rules,
    route: choose(open, disclosure.route, to.prefers, protocol),
    wouldOpen: open.size > 0 ? [] : [...wouldOpen].map(([need, cites]) => ({ need, cites: [...cites] })),
  }
}

/** The best of the open routes; undefined when none is open. */
export function choose(
  open: ReadonlySet<Route>,
  proposed: Route | undefined,
  agreed: Route | undefined,
  protocol: Protocol,
): Route | undefined {
  if (proposed !== undefined && open.has(proposed)) return proposed
  if (agreed !== undefined && open.has(agreed)) return agreed
  return protocol.order.find((route) => open.has(route))
}

interface Lacking {
  readonly text: string
  readonly need?: Need
}

function lackingFor(route: Route, to: Party, address: AddressFacts): Lacking | undefined {
  if (BY_ADDRESS.has(route)) {
    if (address.state === 'missing')
      return { text: 'There is no e-mail address for this recipient.', need: 'secure-address' }
    if (address.state === 'bad') return { text: address.bad ?? 'The address cannot be used.', need: 'secure-address' }
    return undefined
  }
  if ((route === 'by-hand' || route === 'meeting') && !answered(to.name))
    return { text: 'This recipient is not named.', need: 'recipient-named' }
  if ((route === 'post' || route === 'recorded-post') && !answered(to.postal))
    return { text: 'There is no postal address for this recipient.' }
  if ((route === 'telephone' || route === 'text') && !answered(to.telephone))
    return { text: 'There is no telephone number for this recipient.' }
  if (route === 'fax' && !answered(to.fax)) return { text: 'There is no fax number for this recipient.' }
  return undefined
}

function because(
  against: readonly Rule[] | undefined,
  lacking: Lacking | undefined,
  unasked: boolean,
  opening: Rule | undefined,
  protocol: Protocol,
  route: Route,
): Reason {
  if (against !== undefined)
    return {
      text: against
        .map((rule) => rule.says)
        .filter(firstOnly)
        .join(' '),
      cites: against.flatMap((rule) => rule.cites).filter(firstOnly),
    }
  if (lacking !== undefined) return { text: lacking.text, cites: opening?.cites ?? [] }
  if (unasked && opening !== undefined)
    return { text: 'The register answers only those who ask it.', cites: opening.cites }
  return { text: `Nothing in ${protocol.title} opens this route here (${route}).`, cites: [] }
}
const firstOnly = <T>(one: T, index: number, all: readonly T[]): boolean => all.indexOf(one) === index

function collectOpeners(
  against: readonly Rule[],
  lifted: readonly Rule[],
  lacking: Lacking | undefined,
  into: Map<Need, Set<string>>,
): void {
  if (against.some((rule) => rule.until === undefined)) return
  // A missing name or address is asked for only where a rule of the protocol asks for it; confirming it does not supply it.
  const asking = lacking === undefined ? [] : [...against, ...lifted].filter((rule) => rule.until === lacking.need)
  if (lacking !== undefined && asking.length === 0) return
  for (const rule of [...against, ...asking]) {
    const known = into.get(rule.until!) ?? new Set()
    for (const cite of rule.cites) known.add(cite)
    into.set(rule.until!, known)
  }
}
