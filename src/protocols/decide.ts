import type { ClosedRoute, Decision, Disclosure, NeedAsked, ObligationOwed, Reason } from './disclosure.ts'
import type { Protocol, Rule } from './protocol.ts'
import { addressFacts, type Case, caseFor, highestLevel } from './rules/case.ts'
import { relianceOf } from './rules/consent.ts'
import { choose, type Routing, routesFor } from './rules/routes.ts'
import {
  ITEMS,
  type Item,
  NEED_TEXTS,
  NEEDS,
  type Need,
  OBLIGATIONS,
  type Obligation,
  OUTCOMES,
  type Outcome,
  ROUTES,
  type Route,
} from './vocabulary.ts'

/** What one recipient's case came to, before all are joined. */
interface Finding {
  readonly outcome: Outcome
  readonly items: readonly Item[]
  readonly withheld: ReadonlyMap<Item, Reason>
  readonly routing: Routing
}

/** Everything said along the way, kept by rule so that nothing depends on the order of recipients. */
interface Said {
  readonly rules: Set<Rule>
  readonly reasons: Map<string, Reason>
  readonly needs: Map<Need, Set<string>>
  readonly obligations: Map<Obligation, { within: string | undefined; wording: Set<string>; cites: Set<string> }>
}

/**
 * Whether, what, to whom, by which route and with what proof, under a protocol on a day (`YYYY-MM-DD`).
 * Pure: the same disclosure, protocol version and day give the same decision for ever. Contract §1.
 */
export function decide(disclosure: Disclosure, protocol: Protocol, day: string): Decision {
  if (!isInForce(protocol, day)) return silent(disclosure, protocol, day)
  const said: Said = { rules: new Set(), reasons: new Map(), needs: new Map(), obligations: new Map() }
  const confirmed = new Set(disclosure.confirmed ?? [])
  const from = addressFacts(disclosure.from, protocol, day)
  const findings = disclosure.to.map((to) => findingFor(caseFor(disclosure, to, from, protocol, day, confirmed), said))
  return join(disclosure, protocol, day, findings, said)
}

export function isInForce({ inForce }: Protocol, day: string): boolean {
  return inForce.from <= day && (inForce.until === undefined || day <= inForce.until)
}

function findingFor(found: Case, said: Said): Finding {
  const withheld = withhold(found, said)
  const allowed = found.disclosure.information.filter((item) => !withheld.closed.has(item))
  // What an authorisation would open is weighed as if it went, so that taking an authorisation away never opens anything.
  const considered = [...allowed, ...withheld.wouldOpen]
  found.items = considered
  found.level = highestLevel(considered, found.protocol)
  const reliance = relianceOf(
    found.disclosure,
    found.to,
    found.items,
    found.level,
    found.protocol.consent,
    found.confirmed,
  )
  found.reliance = reliance.on
  for (const reason of reliance.reasons) say(said, reason)
  const routing = routesFor(found)
  found.open = routing.open
  found.route = routing.route
  for (const rule of routing.rules) said.rules.add(rule)
  const before = { needs: 0 }
  const need = (id: Need, cites: readonly string[]): void => {
    before.needs += 1
    const known = said.needs.get(id) ?? new Set()
    for (const cite of cites) known.add(cite)
    said.needs.set(id, known)
  }
  if (considered.length > 0) {
    for (const asked of reliance.asks) need(asked.need, asked.cites)
    for (const rule of found.protocol.asking)
      if (rule.asks.some((one) => !found.confirmed.has(one)) && rule.applies(found)) {
        said.rules.add(rule)
        for (const one of rule.asks) if (!found.confirmed.has(one)) need(one, rule.cites)
      }
    for (const asked of withheld.asks) if (allowed.length === 0) need(asked.need, asked.cites)
    for (const asked of routing.wouldOpen) need(asked.need, asked.cites)
  }
  for (const rule of found.protocol.owing) if (rule.applies(found)) owe(said, rule)
  for (const rule of found.protocol.noting) if (rule.applies(found)) said.rules.add(rule)
  return {
    outcome: outcomeOf(allowed, considered, routing, before.needs),
    items: allowed,
    withheld: withheld.closed,
    routing,
  }
}

function outcomeOf(allowed: readonly Item[], considered: readonly Item[], routing: Routing, needs: number): Outcome {
  if (considered.length === 0) return 'refuse'
  if (routing.open.size === 0 && routing.wouldOpen.length === 0) return 'refuse'
  if (allowed.length === 0 || needs > 0) return 'hold'
  return 'share'
}

interface Withholding {
  readonly closed: Map<Item, Reason>
  readonly wouldOpen: readonly Item[]
  readonly asks: readonly { readonly need: Need; readonly cites: readonly string[] }[]
}

function withhold(found: Case, said: Said): Withholding {
  const closed = new Map<Item, Reason>()
  const forGood = new Set<Item>()
  const asks: { need: Need; cites: readonly string[] }[] = []
  for (const rule of found.protocol.withholding) {
    if (rule.until !== undefined && found.confirmed.has(rule.until)) continue
    if (!rule.applies(found)) continue
    const items = found.disclosure.information.filter((item) => rule.withholds!(item, found))
    if (items.length === 0) continue
    said.rules.add(rule)
    if (rule.until !== undefined) asks.push({ need: rule.until, cites: rule.cites })
    for (const item of items) {
      if (rule.until === undefined) forGood.add(item)
      const known = closed.get(item)
      closed.set(
        item,
        known === undefined
          ? { text: rule.says, cites: rule.cites }
          : { text: `${known.text} ${rule.says}`, cites: [...new Set([...known.cites, ...rule.cites])] },
      )
    }
  }
  const wouldOpen = [...closed.keys()].filter((item) => !forGood.has(item))
  return { closed, wouldOpen, asks: wouldOpen.length > 0 ? asks : [] }
}

function owe(said: Said, rule: Rule): void {
  said.rules.add(rule)
  for (const { id, within } of rule.owes) {
    const known = said.obligations.get(id) ?? { within: undefined, wording: new Set(), cites: new Set() }
    if (within !== undefined && (known.within === undefined || seconds(within) < seconds(known.within)))
      known.within = within
    if (rule.wording !== undefined) known.wording.add(rule.wording)
    for (const cite of rule.cites) known.cites.add(cite)
    said.obligations.set(id, known)
  }
}

function seconds(duration: string): number {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration)
  const [, years, months, weeks, days, hours, minutes] = (found ?? []).map((part) => Number(part ?? 0))
  return (
    ((((years ?? 0) * 365 + (months ?? 0) * 30 + (weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 +
      (minutes ?? 0)) *
    60
  )
}

function say(said: Said, reason: Reason): void {
  const known = said.reasons.get(reason.text)
  said.reasons.set(
    reason.text,
    known === undefined ? reason : { text: reason.text, cites: [...new Set([...known.cites, ...reason.cites])] },
  )
}

function join(
  disclosure: Disclosure,
  protocol: Protocol,
  day: string,
  findings: readonly Finding[],
  said: Said,
): Decision {
  const items = inOrder(ITEMS, disclosure.information).filter((item) =>
    findings.every((one) => one.items.includes(item)),
  )
  const withheld = inOrder(ITEMS, disclosure.information)
    .filter((item) => !items.includes(item))
    .map((item) => ({ item, because: joinReasons(findings.flatMap((one) => one.withheld.get(item) ?? [])) }))
  const open = new Set(ROUTES.filter((route) => findings.every((one) => one.routing.open.has(route))))
  const agreed = new Set(disclosure.to.map((to) => to.prefers))
  const route = choose(open, disclosure.route, agreed.size === 1 ? [...agreed][0] : undefined, protocol)
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

function inOrder<T>(order: readonly T[], found: readonly T[]): T[] {
  return [...new Set(found)].sort((one, other) => order.indexOf(one) - order.indexOf(other))
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

/** Outside its days a protocol is silent, and what nothing opens is closed. */
function silent(disclosure: Disclosure, protocol: Protocol, day: string): Decision {
  const { inForce } = protocol
  const span = inForce.until === undefined ? `from ${inForce.from}` : `from ${inForce.from} to ${inForce.until}`
  const because: Reason = {
    text: `${protocol.title} is in force ${span}. On ${day} it says nothing, so nothing may be shared under it. ${inForce.says}`,
    cites: inForce.rule,
  }
  const closed = ROUTES.map((route) => ({ route, because }))
  return {
    outcome: 'refuse',
    level: 'none',
    items: [],
    withheld: inOrder(ITEMS, disclosure.information).map((item) => ({ item, because })),
    alternatives: [],
    closed,
    needs: [],
    obligations: [
      { id: 'record-decision', when: 'after', text: OBLIGATIONS['record-decision'][1], cites: inForce.rule },
    ],
    recipients: disclosure.to.map((_, index) => ({ index, outcome: 'refuse', closed })),
    reasons: [because],
    protocol: { id: protocol.id, version: protocol.version, on: day },
  }
}
