import type { ClosedRoute, Decision, Disclosure, NeedAsked, ObligationOwed, Reason } from '../disclosure.ts'
import type { Protocol } from '../protocol.ts'
import {
  ITEMS,
  type Item,
  NEED_TEXTS,
  NEEDS,
  OBLIGATIONS,
  type Obligation,
  OUTCOMES,
  ROUTES,
  type Route,
} from '../vocabulary.ts'
import { highestLevel } from './case.ts'
import type { Finding } from './recipient.ts'
import { choose } from './routes.ts'
import type { Said } from './said.ts'

function openToAll(findings: readonly Finding[]): ReadonlySet<Route> {
  return new Set(ROUTES.filter((route) => findings.every((one) => one.routing.open.has(route))))
}

/** The one route by which it could go to everyone; each recipient's own best route stands with that recipient. */
export function routeForAll(
  disclosure: Disclosure,
  protocol: Protocol,
  findings: readonly Finding[],
): Route | undefined {
  const agreed = new Set(disclosure.to.map((to) => to.prefers))
  return choose(openToAll(findings), disclosure.route, agreed.size === 1 ? [...agreed][0] : undefined, protocol)
}

/** One decision from what each recipient's case came to: the strictest outcome, and only what may go to all. */
export function join(
  disclosure: Disclosure,
  protocol: Protocol,
  day: string,
  findings: readonly Finding[],
  route: Route | undefined,
  said: Said,
): Decision {
  const items = inOrder(ITEMS, disclosure.information).filter((item) =>
    findings.every((one) => one.items.includes(item)),
  )
  const withheld = inOrder(ITEMS, disclosure.information)
    .filter((item) => !items.includes(item))
    .map((item) => ({ item, because: joinReasons(findings.flatMap((one) => one.withheld.get(item) ?? [])) }))
  const open = openToAll(findings)
  const level = highestLevel(items, protocol)
  // Where no item may go to everyone there is nothing to share, whatever each might have had alone.
  const nothingLeft = items.length > 0 ? 0 : said.needs.size > 0 ? 1 : 2
  const outcome = OUTCOMES[Math.max(...findings.map((one) => OUTCOMES.indexOf(one.outcome)), nothingLeft)]!
  return {
    outcome,
    level,
    items,
    withheld,
    ...(route === undefined ? {} : { route }),
    alternatives: protocol.order.filter((one) => open.has(one) && one !== route),
    closed: joinClosed(
      findings.map((one) => one.routing.closed),
      open,
    ),
    needs: outcome === 'refuse' && findings.every((one) => one.outcome === 'refuse') ? [] : needsFrom(said),
    obligations: obligationsFrom(said),
    recipients: findings.map((one, index) => ({
      index,
      outcome: one.outcome,
      ...(one.routing.route === undefined ? {} : { route: one.routing.route }),
      closed: one.routing.closed,
    })),
    reasons: reasonsFrom(disclosure, protocol, day, items, said),
    protocol: { id: protocol.id, version: protocol.version, on: day },
  }
}

function joinReasons(reasons: readonly Reason[]): Reason {
  return {
    text: [...new Set(reasons.map((one) => one.text))].sort().join(' '),
    cites: [...new Set(reasons.flatMap((one) => one.cites))].sort(),
  }
}

function joinClosed(all: readonly (readonly ClosedRoute[])[], open: ReadonlySet<Route>): ClosedRoute[] {
  if (all.length === 1) return [...all[0]!]
  return ROUTES.filter((route) => !open.has(route)).map((route) => ({
    route,
    because: joinReasons(
      all.flatMap((closed) => closed.filter((one) => one.route === route).map((one) => one.because)),
    ),
  }))
}

function needsFrom(said: Said): NeedAsked[] {
  return NEEDS.flatMap((id) => {
    const cites = said.needs.get(id)
    return cites === undefined ? [] : [{ id, text: NEED_TEXTS[id], cites: [...cites].sort() }]
  })
}

const ALL_OBLIGATIONS = Object.keys(OBLIGATIONS) as Obligation[]

function obligationsFrom(said: Said): ObligationOwed[] {
  return ALL_OBLIGATIONS.flatMap((id) => {
    const owed = said.obligations.get(id)
    if (owed === undefined) return []
    const [when, text] = OBLIGATIONS[id]
    const wording = [...owed.wording]
      .sort()
      .map((words) => ` “${words}”`)
      .join('')
    return [
      {
        id,
        when,
        ...(owed.within === undefined ? {} : { within: owed.within }),
        text: text + wording,
        cites: [...owed.cites].sort(),
      },
    ]
  })
}

function reasonsFrom(
  disclosure: Disclosure,
  protocol: Protocol,
  day: string,
  items: readonly Item[],
  said: Said,
): Reason[] {
  const asked = highestLevel(disclosure.information, protocol)
  const level = asked === 'none' ? undefined : protocol.levelCites[asked]
  const reasons: Reason[] = level === undefined ? [] : [{ text: level.says, cites: level.rule }]
  const granted = highestLevel(items, protocol)
  if (granted !== asked && granted !== 'none' && protocol.levelCites[granted] !== undefined)
    reasons.push({ text: protocol.levelCites[granted].says, cites: protocol.levelCites[granted].rule })
  reasons.push(...[...said.reasons.values()].sort((one, other) => (one.text < other.text ? -1 : 1)))
  for (const rule of protocol.rules) if (said.rules.has(rule)) reasons.push({ text: rule.says, cites: rule.cites })
  const { review } = protocol.text
  if (review !== undefined && day > review.due)
    reasons.push({ text: `The review of this protocol was due on ${review.due}.`, cites: review.rule })
  return reasons.length > 0 ? reasons : [{ text: protocol.inForce.says, cites: protocol.inForce.rule }]
}

/** Without repetition, in the fixed order, so that the order in which things were named does not matter. */
export function inOrder<T>(order: readonly T[], found: readonly T[]): T[] {
  return [...new Set(found)].sort((one, other) => order.indexOf(one) - order.indexOf(other))
}
