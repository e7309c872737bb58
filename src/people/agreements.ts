import type { Tx } from '../platform/index.ts'
import type { Item, Purpose } from '../protocols/index.ts'
import { type Agreement, agreementsWith } from './store/agreements.ts'

export interface Exchange {
  readonly from: string
  readonly to: string
  readonly fromTeam?: string | undefined
  readonly toTeam?: string | undefined
  readonly purpose: Purpose
  readonly items?: readonly Item[] | undefined
  /** YYYY-MM-DD. */
  readonly on: string
}

/**
 * Whether an agreement covers an exchange: in force that day, its purposes and items wide enough, both ends party to it. Where it binds a team,
 * only that team counts (MPS-5). A framework covers nothing by itself (WY-1), and no agreement covers an agency's exchange with itself.
 */
export function covers(agreement: Agreement, exchange: Exchange): boolean {
  const { from, to, on } = exchange
  if (agreement.kind === 'framework') return false
  if (from === to || on < agreement.signedOn || (agreement.endsOn !== undefined && on > agreement.endsOn)) return false
  if (agreement.purposes.length > 0 && !agreement.purposes.includes(exchange.purpose)) return false
  if (agreement.items.length > 0 && !(exchange.items?.every((item) => agreement.items.includes(item)) ?? false))
    return false
  const party = (agency: string, team: string | undefined): boolean =>
    agreement.parties.some(
      (one) =>
        one.agency === agency &&
        (one.team === undefined || one.team === team) &&
        one.signedOn <= on &&
        (one.leftOn === undefined || on < one.leftOn),
    )
  return party(from, exchange.fromTeam) && party(to, exchange.toTeam)
}

/** The agreement that covers an exchange, the narrowest first; undefined when none does. */
export async function agreementBetween(tx: Tx, exchange: Exchange): Promise<Agreement | undefined> {
  const breadth = (one: Agreement) => (one.purposes.length === 0 ? 100 : one.purposes.length) + one.parties.length / 100
  return (await agreementsWith(tx, exchange.from))
    .filter((one) => covers(one, exchange))
    .sort((a, b) => breadth(a) - breadth(b))[0]
}

export interface ReviewState {
  readonly state: 'ended' | 'overdue' | 'due' | 'current'
  readonly days: number
}

/** Where an agreement stands with its review (WY-34): `due` within 60 days of its date, `overdue` after it. */
export function reviewState(agreement: Pick<Agreement, 'reviewOn' | 'endsOn'>, today: string): ReviewState {
  const days = Math.round((Date.parse(agreement.reviewOn) - Date.parse(today)) / 86_400_000)
  if (agreement.endsOn !== undefined && today > agreement.endsOn) return { state: 'ended', days }
  return { state: days < 0 ? 'overdue' : days <= 60 ? 'due' : 'current', days }
}
