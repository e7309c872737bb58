import type { Disclosure, Party } from '../disclosure.ts'
import {
  defaultLevel,
  type Item,
  LEVELS,
  type Level,
  levelRank,
  type Need,
  type Obligation,
  type Outcome,
  ROUTES,
  type Route,
} from '../vocabulary.ts'

/** open, closed, or undefined where the documents leave it open. */
export type RouteState = 'open' | 'closed' | undefined
/** passes, holds, or undefined where the documents leave it open. */
export type GateState = 'passes' | 'holds' | undefined

/** What the documents say of one disclosure to one recipient; whatever is absent, they leave open. */
export interface Expected {
  readonly outcomes?: readonly Outcome[]
  readonly level?: Level
  readonly items?: readonly Item[]
  readonly open: readonly Route[]
  readonly closed: readonly Route[]
  readonly route?: Route
  readonly needs: readonly Need[]
  /** Of each group at least one is asked. */
  readonly needsOneOf: readonly (readonly Need[])[]
  readonly notNeeds: readonly Need[]
  readonly obligations: readonly Obligation[]
  readonly notObligations: readonly Obligation[]
}

/** The words of one authority about one disclosure, put together gate by gate. */
export class Opinion {
  readonly routes = new Map<Route, RouteState>()
  readonly needs: Need[] = []
  readonly needsOneOf: Need[][] = []
  readonly notNeeds: Need[] = []
  readonly obligations: Obligation[] = ['record-decision']
  readonly notObligations: Obligation[] = []
  readonly levels = new Map<Item, Level | undefined>()
  /** true seen, false withheld, undefined left open. */
  readonly seen = new Map<Item, boolean | undefined>()
  private unsure = false
  private recipientOpen = false
  readonly disclosure: Disclosure
  readonly to: Party

  constructor(disclosure: Disclosure) {
    const to = disclosure.to[0]
    if (to === undefined) throw new Error('a disclosure has a recipient')
    this.disclosure = disclosure
    this.to = to
    for (const item of disclosure.information) {
      this.levels.set(item, defaultLevel(item))
      this.seen.set(item, true)
    }
  }

  confirmed(need: Need): boolean {
    return this.disclosure.confirmed?.includes(need) ?? false
  }
  harm(): boolean {
    return this.disclosure.risk === 'significant-harm' || this.disclosure.risk === 'imminent-harm'
  }
  imminent(): boolean {
    return this.disclosure.risk === 'imminent-harm'
  }

  /** A gate that holds: asks for the need unless a person confirmed it. */
  ask(need: Need): void {
    if (!this.confirmed(need)) this.needs.push(need)
  }
  askOneOf(...needs: Need[]): void {
    if (!needs.some((need) => this.confirmed(need))) this.needsOneOf.push(needs)
    else this.unsure = true
  }
  /** Leaves open whether this recipient may see anything personal, and so all that hangs on it. */
  leaveRecipientOpen(): void {
    this.recipientOpen = true
  }
  leaveOpen(): void {
    this.unsure = true
  }
  never(...needs: Need[]): void {
    this.notNeeds.push(...needs)
  }

  open(...routes: Route[]): void {
    for (const route of routes) this.set(route, 'open')
  }
  close(...routes: Route[]): void {
    for (const route of routes) this.routes.set(route, 'closed')
  }
  unknown(...routes: Route[]): void {
    for (const route of routes) this.set(route, undefined)
  }
  private set(route: Route, state: RouteState): void {
    if (this.routes.get(route) !== 'closed') this.routes.set(route, state)
  }

  /** The level of what may be seen; undefined where one of the items is left open. */
  level(): Level | undefined {
    let top: Level = 'none'
    for (const [item, seen] of this.seen) {
      if (seen === false) continue
      const level = this.levels.get(item)
      if (seen === undefined || level === undefined) return undefined
      if (levelRank(level) > levelRank(top)) top = level
    }
    return LEVELS.find((level) => level === top)
  }

  /** Of everything asked for. */
  asked(): Level | undefined {
    let top: Level = 'none'
    for (const level of this.levels.values()) {
      if (level === undefined) return undefined
      if (levelRank(level) > levelRank(top)) top = level
    }
    return top
  }

  finish(): Expected {
    if (this.recipientOpen && this.asked() !== 'anonymised')
      return { ...silent(), outcomes: ['share', 'hold', 'refuse'] }
    this.closeWithoutMeans()
    const open = ROUTES.filter((route) => this.routes.get(route) === 'open')
    const closed = ROUTES.filter((route) => this.routes.get(route) === 'closed')
    const seen = [...this.seen.values()]
    const level = this.level()
    const route = this.best()
    return {
      ...this.outcomes(open, closed),
      ...(level === undefined ? {} : { level }),
      ...(seen.includes(undefined) ? {} : { items: [...this.seen].filter(([, is]) => is).map(([item]) => item) }),
      ...(route === undefined ? {} : { route }),
      open,
      closed,
      needs: this.needs,
      needsOneOf: this.needsOneOf,
      notNeeds: this.notNeeds,
      obligations: this.obligations,
      notObligations: this.notObligations,
    }
  }

  private outcomes(open: readonly Route[], closed: readonly Route[]): { outcomes?: readonly Outcome[] } {
    const all = this.disclosure.route === 'register' ? ROUTES.length : ROUTES.length - 1
    const closedCount = closed.filter((route) => route !== 'register' || this.disclosure.route === 'register').length
    const asks = this.needs.length + this.needsOneOf.length > 0
    const seen = [...this.seen.values()]
    if (seen.every((is) => is === false)) return { outcomes: asks ? ['hold', 'refuse'] : ['refuse', 'hold'] }
    if (closedCount === all) return { outcomes: ['refuse', 'hold'] }
    if (asks) return { outcomes: open.length > 0 && seen.includes(true) ? ['hold'] : ['hold', 'refuse'] }
    if (open.length === 0 || !seen.includes(true)) return {}
    return { outcomes: this.unsure ? ['share', 'hold'] : ['share'] }
  }

  private closeWithoutMeans(): void {
    const { address, name, postal, telephone, fax } = this.to
    if (!address) this.close('internal-email', 'secure-email', 'email', 'encrypted-attachment', 'portal')
    if (!name) this.close('by-hand', 'meeting')
    if (!postal) this.close('post', 'recorded-post')
    if (!telephone) this.close('telephone', 'text')
    if (!fax) this.close('fax')
    if (this.disclosure.route !== 'register') this.close('register')
  }

  private best(): Route | undefined {
    const { route: proposed } = this.disclosure
    if (proposed !== undefined && this.routes.get(proposed) === 'open') return proposed
    if (proposed !== undefined && this.routes.get(proposed) === undefined) return undefined
    const { prefers } = this.to
    if (prefers !== undefined && this.routes.get(prefers) === 'open') return prefers
    if (prefers !== undefined && this.routes.get(prefers) === undefined) return undefined
    for (const route of ROUTES.slice(0, 10)) {
      if (this.routes.get(route) === 'open') return route
      if (this.routes.get(route) !== 'closed') return undefined
    }
    return undefined
  }
}

/** On a day on which the protocol is silent. */
export function silent(): Expected {
  return {
    outcomes: ['refuse'],
    open: [],
    closed: [],
    needs: [],
    needsOneOf: [],
    notNeeds: [],
    obligations: ['record-decision'],
    notObligations: [],
  }
}
