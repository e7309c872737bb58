import type { Reason } from '../disclosure.ts'
import type { Item, Need, Outcome } from '../vocabulary.ts'
import { type Case, highestLevel } from './case.ts'
import { relianceOf } from './consent.ts'
import { type Routing, routesFor } from './routes.ts'
import { owe, type Said, say } from './said.ts'

/** What one recipient's case came to, before all are joined. */
export interface Finding {
  readonly outcome: Outcome
  readonly items: readonly Item[]
  readonly withheld: ReadonlyMap<Item, Reason>
  readonly routing: Routing
}

/** Goes through the rules for one recipient, and notes in `said` what they ask, owe and say. */
export function findingFor(found: Case, said: Said): Finding {
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
  oweFor(found, said)
  for (const rule of found.protocol.noting) if (rule.applies(found)) said.rules.add(rule)
  return {
    outcome: outcomeOf(allowed, considered, routing, before.needs),
    items: allowed,
    withheld: withheld.closed,
    routing,
  }
}

/** Notes what the rules lay on the sender when it goes by the case's route. */
export function oweFor(found: Case, said: Said): void {
  for (const rule of found.protocol.owing) if (rule.applies(found)) owe(said, rule)
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
