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

/** A decision as it is written down. */
export interface DecisionText {
  readonly protocol: Decision['protocol']
  readonly outcome: Decision['outcome']
  /** JSON of what was asked, and of the answer. */
  readonly disclosure: string
  readonly decision: string
}

export const decisionText = (disclosure: Disclosure, decision: Decision): DecisionText => ({
  protocol: decision.protocol,
  outcome: decision.outcome,
  disclosure: JSON.stringify(disclosure),
  decision: JSON.stringify(decision),
})

/** The same for several at once; gives their ids in order. */
export async function keepDecisions(
  tx: Tx,
  at: Date,
  list: readonly { readonly actor: Actor; readonly disclosure: Disclosure; readonly decision: Decision }[],
): Promise<string[]> {
  const texts = list.map(({ actor, disclosure, decision }) => ({
    id: newId(),
    actor,
    ...decisionText(disclosure, decision),
  }))
  await keepDecisionTexts(tx, at, texts)
  return texts.map(({ id }) => id)
}

/** The same where the caller has made the ids and the text. */
export async function keepDecisionTexts(
  tx: Tx,
  at: Date,
  list: readonly (DecisionText & { readonly id: string; readonly actor: Actor })[],
): Promise<void> {
  if (list.length === 0) return
  const rows = list.map(
    ({ id, actor, protocol, outcome, disclosure, decision }) =>
      sql`(${id}::uuid, ${at}::timestamptz, ${protocol.id}, ${protocol.version}, ${protocol.on}::date, ${outcome},
        ${disclosure}::jsonb, ${decision}::jsonb, ${actor.id}, ${actor.agency ?? null})`,
  )
  await tx.run(
    sql`insert into protocols.decision (id, at, protocol, version, on_day, outcome, disclosure, decision, decided_by, agency) values ${join(rows)}`,
  )
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
