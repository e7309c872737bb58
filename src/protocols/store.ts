import { type Actor, newId, sql, type Tx } from '../platform/index.ts'
import type { Decision, Disclosure } from './disclosure.ts'

/** A decision as it was recorded. `on` is the day whose law it was made under, YYYY-MM-DD. */
export interface PastDecision {
  readonly id: string
  readonly at: Date
  readonly on: string
  readonly protocol: string
  readonly version: string
  readonly disclosure: Disclosure
  readonly decision: Decision
  readonly decidedBy: string
}

/** Keeps a decision with what was asked, whether it was to share or not (BEX-7); gives its id. */
export async function keepDecision(
  tx: Tx,
  at: Date,
  actor: Actor,
  disclosure: Disclosure,
  decision: Decision,
): Promise<string> {
  const id = newId()
  const { protocol } = decision
  await tx.run(sql`insert into protocols.decision (id, at, protocol, version, on_day, outcome, disclosure, decision, decided_by, agency)
    values (${id}, ${at}, ${protocol.id}, ${protocol.version}, ${protocol.on}, ${decision.outcome}, ${JSON.stringify(disclosure)}, ${JSON.stringify(decision)},
      ${actor.id}, ${actor.agency ?? null})`)
  return id
}

export async function findDecision(tx: Tx, id: string): Promise<PastDecision | undefined> {
  return tx.maybe<PastDecision>(sql`${SELECT} where id = ${id}`)
}

/** Decisions made under a protocol, oldest first, after `after` (an id from the page before; absent: from the start). */
export async function pastDecisions(tx: Tx, protocol: string, limit: number, after?: string): Promise<PastDecision[]> {
  return tx.query<PastDecision>(sql`${SELECT} where protocol = ${protocol}
    and (${after ?? null}::uuid is null or (at, id) > (select at, id from protocols.decision where id = ${after ?? null}::uuid))
    order by at, id limit ${limit}`)
}

const SELECT = sql`select id, at, on_day::text as on, protocol, version, disclosure, decision, decided_by as "decidedBy" from protocols.decision`
