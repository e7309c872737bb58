import type { Reason } from '../disclosure.ts'
import type { Rule } from '../protocol.ts'
import type { Need, Obligation } from '../vocabulary.ts'

/** Everything said along the way, kept by rule so that nothing depends on the order of recipients. */
export interface Said {
  readonly rules: Set<Rule>
  readonly reasons: Map<string, Reason>
  readonly needs: Map<Need, Set<string>>
  readonly obligations: Map<Obligation, { within: string | undefined; wording: Set<string>; cites: Set<string> }>
}

export function nothingSaid(): Said {
  return { rules: new Set(), reasons: new Map(), needs: new Map(), obligations: new Map() }
}

/** Notes what a rule lays on the sender; the shortest time of several holds. */
export function owe(said: Said, rule: Rule): void {
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

/** Notes a reason; the same sentence is said once, with all that say so. */
export function say(said: Said, reason: Reason): void {
  const known = said.reasons.get(reason.text)
  said.reasons.set(
    reason.text,
    known === undefined ? reason : { text: reason.text, cites: [...new Set([...known.cites, ...reason.cites])] },
  )
}
