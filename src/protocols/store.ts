import { type Actor, join, newId, sql, type Tx } from '../platform/index.ts'
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
  const [id] = await keepDecisions(tx, at, [{ actor, disclosure, decision }])
  return id!
}

/** The same for several at once; gives their ids in order, which the caller may have made. */
export async function keepDecisions(
  tx: Tx,
  at: Date,
  list: readonly {
    readonly actor: Actor
    readonly disclosure: Disclosure
    readonly decision: Decision
    readonly id?: string
  }[],
): Promise<string[]> {
  if (list.length === 0) return []
  const ids = list.map(({ id }) => id ?? newId())
  const rows = list.map(
    ({ actor, disclosure, decision }, row) =>
      sql`(${ids[row]}::uuid, ${at}::timestamptz, ${decision.protocol.id}, ${decision.protocol.version}, ${decision.protocol.on}::date, ${decision.outcome},
        ${JSON.stringify(disclosure)}::jsonb, ${JSON.stringify(decision)}::jsonb, ${actor.id}, ${actor.agency ?? null})`,
  )
  await tx.run(
    sql`insert into protocols.decision (id, at, protocol, version, on_day, outcome, disclosure, decision, decided_by, agency) values ${join(rows)}`,
  )
  return ids
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
