import type { Decision, Disclosure } from '../disclosure.ts'
import { LEVELS, levelRank, type Need, OUTCOMES, type Outcome, ROUTES } from '../vocabulary.ts'
import { expectBexley } from './bexley.ts'
import { expectBournemouth } from './bournemouth.ts'
import { expectCumbria } from './cumbria.ts'
import { expectMps } from './mps.ts'
import type { Expected } from './opinion.ts'
import { expectUk } from './uk.ts'
import { expectWestYorkshire } from './west-yorkshire.ts'

const authorities: Readonly<Record<string, (disclosure: Disclosure, day: string) => Expected>> = {
  'mps-2008': expectMps,
  'cumbria-2015': expectCumbria,
  'bexley-2015': expectBexley,
  'bournemouth-2016': expectBournemouth,
  'west-yorkshire-2005': expectWestYorkshire,
  'uk-2026': expectUk,
}

/** What the authority's document says of a disclosure, recipient by recipient. */
export function expectedDecision(disclosure: Disclosure, protocolId: string, day: string): Expected[] {
  const authority = authorities[protocolId]
  if (authority === undefined) throw new Error(`no such protocol: ${protocolId}`)
  return disclosure.to.map((to) => authority({ ...disclosure, to: [to] }, day))
}

/** Where a decision differs from what was expected: one line for each difference, none where it agrees. */
export function differences(disclosure: Disclosure, expected: readonly Expected[], decision: Decision): string[] {
  const found: string[] = [...wellFormed(disclosure, decision)]
  const one = expected.length === 1 ? expected[0] : undefined
  if (one === undefined) {
    for (const [index, each] of expected.entries()) {
      const got = decision.recipients[index]
      if (got === undefined) continue
      const least = each.outcomes === undefined ? undefined : Math.min(...each.outcomes.map(strictness))
      if (least !== undefined && strictness(got.outcome) < least)
        found.push(`recipient outcome ${got.outcome}, expected ${each.outcomes?.join('|')}`)
      for (const route of each.closed) if (got.route === route) found.push(`recipient route ${route} should be closed`)
    }
    return found
  }
  if (one.outcomes !== undefined && !one.outcomes.includes(decision.outcome))
    found.push(`outcome ${decision.outcome}, expected ${one.outcomes.join('|')}`)
  if (one.level !== undefined && one.level !== decision.level)
    found.push(`level ${decision.level}, expected ${one.level}`)
  if (one.items !== undefined) {
    for (const item of one.items) if (!decision.items.includes(item)) found.push(`item ${item} withheld`)
    for (const item of decision.items) if (!one.items.includes(item)) found.push(`item ${item} released`)
  }
  const usable = [...(decision.route === undefined ? [] : [decision.route]), ...decision.alternatives]
  for (const route of one.open) if (!usable.includes(route)) found.push(`route ${route} closed, expected open`)
  for (const route of one.closed) if (usable.includes(route)) found.push(`route ${route} open, expected closed`)
  if (one.route !== undefined && decision.route !== one.route && decision.route !== undefined)
    found.push(`best route ${decision.route}, expected ${one.route}`)
  const needs = decision.needs.map((need) => need.id)
  // A refusal need not say what else is missing.
  if (decision.outcome !== 'refuse')
    for (const need of one.needs) if (!needs.includes(need)) found.push(`need ${need} not asked`)
  if (decision.outcome !== 'refuse')
    for (const group of one.needsOneOf)
      if (!group.some((need) => needs.includes(need))) found.push(`none of ${group.join('|')} asked`)
  for (const need of one.notNeeds) if (needs.includes(need)) found.push(`need ${need} asked`)
  const owed = decision.obligations.map((obligation) => obligation.id)
  for (const obligation of one.obligations)
    if (!owed.includes(obligation) && (decision.route === one.route || obligation === 'record-decision'))
      found.push(`obligation ${obligation} not owed`)
  for (const obligation of one.notObligations)
    if (owed.includes(obligation)) found.push(`obligation ${obligation} owed`)
  return found
}

export const strictness = (outcome: Outcome): number => OUTCOMES.indexOf(outcome)

/** No confirmation makes up for an address or a name that is not there. */
const needsMeans: ReadonlySet<Need> = new Set<Need>(['secure-address', 'recipient-named'])

/** What the contract promises of every decision, whatever the protocol. */
export function wellFormed(disclosure: Disclosure, decision: Decision): string[] {
  const found: string[] = []
  const must = (is: boolean, what: string): void => {
    if (!is) found.push(`form: ${what}`)
  }
  const places = [
    ...(decision.route === undefined ? [] : [decision.route]),
    ...decision.alternatives,
    ...decision.closed.map((closed) => closed.route),
  ]
  for (const route of ROUTES) {
    const times = places.filter((place) => place === route).length
    must(
      times === 1 || (times === 0 && route === 'register' && disclosure.route !== 'register'),
      `route ${route} stands in ${times} places`,
    )
  }
  const information = new Set(disclosure.information)
  const withheld = decision.withheld.map((each) => each.item)
  must(
    new Set([...decision.items, ...withheld]).size === information.size &&
      decision.items.length + withheld.length === information.size,
    'items and withheld make up the information',
  )
  must(decision.outcome !== 'share' || decision.needs.length === 0, 'share with needs')
  must(decision.outcome !== 'hold' || decision.needs.length > 0, 'hold without needs')
  must(
    decision.outcome !== 'share' ||
      (decision.route !== undefined && decision.items.length > 0) ||
      decision.recipients.length > 1,
    'share without route or items',
  )
  must(decision.items.length > 0 || decision.level === 'none', 'level of nothing')
  must(decision.level !== 'none' || decision.outcome !== 'share', 'share of nothing')
  must(
    decision.obligations.some((each) => each.id === 'record-decision'),
    'record-decision not owed',
  )
  must(
    decision.reasons.some((reason) => reason.cites.length > 0),
    'no reason cites a rule',
  )
  must(
    decision.recipients.length === disclosure.to.length &&
      decision.recipients.every((each, index) => each.index === index),
    'one recipient each',
  )
  must(
    Math.max(...decision.recipients.map((each) => strictness(each.outcome))) === strictness(decision.outcome),
    'the strictest outcome',
  )
  must(new Set(decision.needs.map((each) => each.id)).size === decision.needs.length, 'a need twice')
  must(new Set(decision.obligations.map((each) => each.id)).size === decision.obligations.length, 'an obligation twice')
  must(
    decision.needs.every((need) => needsMeans.has(need.id) || !disclosure.confirmed?.includes(need.id)),
    'asks for what is confirmed',
  )
  must(
    decision.needs.every((need) => need.cites.length > 0 && need.text !== ''),
    'a need without a citation',
  )
  must(
    decision.obligations.every((each) => each.cites.length > 0 && each.text !== ''),
    'an obligation without a citation',
  )
  must(
    decision.withheld.every((each) => each.because.cites.length > 0),
    'withheld without a citation',
  )
  if (levelRank(decision.level) > 0)
    must(LEVELS.includes(decision.level) && decision.items.length > 0, 'level without items')
  return found
}
