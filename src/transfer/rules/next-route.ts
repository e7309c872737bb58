import type { Decision, Obligation, Party, Route } from '../../protocols/index.ts'

export interface Choosing {
  /** The decision about this recipient alone, proposing each route in turn. */
  readonly decideFor: (route: Route) => Decision | undefined
  readonly decision: Decision
  readonly recipientIndex: number
  readonly party: Party
  readonly tried: readonly Route[]
  /** Obligations already met: at the release, or by tasks done since. */
  readonly met: ReadonlySet<Obligation>
  /** What a route does by itself. */
  readonly fulfils: (route: Route) => readonly Obligation[]
  /** A sentence when the route cannot carry this consignment, such as a file too large for e-mail. */
  readonly unable: (route: Route) => string | undefined
}

/** Routes that the decision holds open for this recipient and that were not tried, best first. */
export function openRoutes({ decision, recipientIndex, tried, unable }: Choosing): Route[] {
  const own = decision.recipients.find((recipient) => recipient.index === recipientIndex)
  const closed = new Set([...decision.closed, ...(own?.closed ?? [])].map((one) => one.route))
  const order = [
    ...(own?.route ? [own.route] : []),
    ...(decision.route ? [decision.route] : []),
    ...decision.alternatives,
  ]
  return [...new Set(order)].filter(
    (route) => !closed.has(route) && !tried.includes(route) && unable(route) === undefined,
  )
}

/**
 * The next route by which a failed delivery goes at once: open, still a share when decided anew with that route, and with
 * nothing left to be done before. Undefined: the sender is asked.
 */
export function nextRoute(choosing: Choosing): Route | undefined {
  return openRoutes(choosing).find((route) => {
    const decision = choosing.decideFor(route)
    if (decision?.outcome !== 'share' || decision.route !== route) return false
    return decision.obligations.every(
      ({ id, when }) => when !== 'before' || choosing.met.has(id) || choosing.fulfils(route).includes(id),
    )
  })
}
