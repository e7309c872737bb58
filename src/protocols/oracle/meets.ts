import type { Decision } from '../disclosure.ts'
import type { Case } from './cases/case.ts'

/** What a decision lacks of what a case expects; empty where it has all. */
export function misses({ expect }: Case, decision: Decision): string[] {
  const found: string[] = []
  const must = (is: boolean, what: string): void => {
    if (!is) found.push(what)
  }
  const usable = [...(decision.route === undefined ? [] : [decision.route]), ...decision.alternatives]
  const closed = decision.closed.map((each) => each.route)
  const needs = decision.needs.map((each) => each.id)
  const owed = decision.obligations.map((each) => each.id)
  const cited = [
    ...decision.reasons,
    ...decision.needs,
    ...decision.obligations,
    ...decision.withheld.map((each) => each.because),
    ...decision.closed.map((each) => each.because),
  ].flatMap((each) => each.cites)
  if (expect.outcome !== undefined)
    must(
      decision.outcome === expect.outcome,
      `outcome is ${decision.outcome}, not ${expect.outcome} (needs ${needs.join(', ')})`,
    )
  if (expect.outcomes !== undefined) must(expect.outcomes.includes(decision.outcome), `outcome is ${decision.outcome}`)
  if (expect.level !== undefined)
    must(decision.level === expect.level, `level is ${decision.level}, not ${expect.level}`)
  if (expect.items !== undefined)
    must(
      expect.items.length === decision.items.length && expect.items.every((item) => decision.items.includes(item)),
      `items are ${decision.items.join(', ')}`,
    )
  for (const item of expect.withheld ?? [])
    must(
      decision.withheld.some((each) => each.item === item),
      `${item} is not withheld`,
    )
  if (expect.route !== undefined)
    must(decision.route === expect.route, `route is ${decision.route ?? 'none'}, not ${expect.route}`)
  for (const route of expect.open ?? []) must(usable.includes(route), `${route} is not open`)
  for (const route of expect.closed ?? [])
    must(closed.includes(route) && !usable.includes(route), `${route} is not closed`)
  for (const need of expect.needs ?? []) must(needs.includes(need), `${need} is not asked (${needs.join(', ')})`)
  if (expect.needsOneOf !== undefined)
    must(
      expect.needsOneOf.some((need) => needs.includes(need)),
      `asks ${needs.join(', ')}`,
    )
  for (const need of expect.notNeeds ?? []) must(!needs.includes(need), `${need} is asked`)
  for (const each of expect.obligations ?? []) must(owed.includes(each), `${each} is not owed`)
  for (const each of expect.notObligations ?? []) must(!owed.includes(each), `${each} is owed`)
  for (const cite of expect.cites ?? []) must(cited.includes(cite), `${cite} is not cited`)
  if (expect.recipients !== undefined)
    must(
      expect.recipients.every((outcome, index) => decision.recipients[index]?.outcome === outcome),
      `recipients: ${decision.recipients.map((each) => each.outcome).join(', ')}`,
    )
  return found
}
