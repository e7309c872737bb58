import { type Context, newId, randomReference, sql, type Tx } from '../../platform/index.ts'
import type { Route } from '../../protocols/index.ts'
import type { Consignment, Dispatch, State, Step } from '../consignment.ts'

const columns = sql`d.id, d.disclosure, d.recipient_index as "recipientIndex", d.reference, d.recipient_name as "recipientName",
  d.recipient_agency as "recipientAgency", d.route, d.state, d.attempt, d.tried, d.handed_at as "handedAt",
  d.created_at as "createdAt", d.changed_at as "changedAt"`

/** Writes one dispatch for each recipient, with its first step. Gives them in the order of the recipients. */
export async function insertDispatches(ctx: Context, { id, recipients }: Consignment): Promise<Dispatch[]> {
  const rows = recipients.map(({ index, party, route }) => ({
    id: newId(),
    index,
    reference: randomReference(),
    name: party.name ?? party.address ?? party.role ?? 'Unnamed recipient',
    agency: party.agency ?? null,
    route,
  }))
  await ctx.tx.run(sql`
    insert into transfer.dispatch (id, disclosure, recipient_index, reference, recipient_name, recipient_agency, route, state, created_at, changed_at)
    select r.id, ${id}, r.index, r.reference, r.name, r.agency, r.route, 'prepared', ${ctx.now}, ${ctx.now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, index int, reference text, name text, agency text, route text)`)
  await ctx.tx.run(sql`
    insert into transfer.step (dispatch, at, what, state, route, attempt, by_id, by_name)
    select id, ${ctx.now}, 'prepared', state, route, attempt, ${ctx.actor.id}, ${ctx.actor.name}
    from transfer.dispatch where id = any(${rows.map((row) => row.id)}) order by recipient_index`)
  return dispatchesOf(ctx.tx, id)
}

export const dispatchesOf = (tx: Tx, disclosure: string): Promise<Dispatch[]> =>
  tx.query<Dispatch>(
    sql`select ${columns} from transfer.dispatch d where disclosure = ${disclosure} order by recipient_index`,
  )

/** The dispatch, or undefined where there is none for this actor. `forUpdate` waits for whoever changes it. */
export function findDispatch(tx: Tx, id: string, forUpdate = false): Promise<Dispatch | undefined> {
  return forUpdate
    ? tx.maybe<Dispatch>(sql`select ${columns} from transfer.dispatch d where id = ${id} for update`)
    : tx.maybe<Dispatch>(sql`select ${columns} from transfer.dispatch d where id = ${id}`)
}

export interface Change {
  readonly state: State
  /** What happened, for the custody chain. */
  readonly what: string
  readonly detail?: string
  readonly route?: Route
  readonly attempt?: number
  readonly tried?: readonly Route[]
  /** When the first byte of the content left; null takes it back for a new attempt. */
  readonly handedAt?: Date | null
}

/** Changes where a dispatch stands and adds the step to its custody chain. */
export async function changeDispatch(ctx: Context, before: Dispatch, change: Change): Promise<Dispatch> {
  const after: Dispatch = {
    ...before,
    state: change.state,
    route: change.route ?? before.route,
    attempt: change.attempt ?? before.attempt,
    tried: change.tried ?? before.tried,
    handedAt: change.handedAt === undefined ? before.handedAt : change.handedAt,
    changedAt: ctx.now,
  }
  await ctx.tx.run(sql`
    update transfer.dispatch set state = ${after.state}, route = ${after.route}, attempt = ${after.attempt},
      tried = ${[...after.tried]}, handed_at = ${after.handedAt}, changed_at = ${ctx.now}
    where id = ${before.id}`)
  await addStep(ctx, after, change.what, change.detail)
  return after
}

/** Adds a step that changes nothing about where the dispatch stands. */
export async function addStep(ctx: Context, dispatch: Dispatch, what: string, detail = ''): Promise<void> {
  const { id, state, route, attempt } = dispatch
  await ctx.tx.run(sql`
    insert into transfer.step (dispatch, at, what, state, route, attempt, by_id, by_name, detail)
    values (${id}, ${ctx.now}, ${what}, ${state}, ${route}, ${attempt}, ${ctx.actor.id}, ${ctx.actor.name}, ${detail})`)
}

/** The custody chain, oldest first. */
export const stepsOf = (tx: Tx, dispatch: string): Promise<Step[]> =>
  tx.query<Step>(sql`select at, what, state, route, attempt, by_name as "byName", detail
    from transfer.step where dispatch = ${dispatch} order by id`)

/** Dispatches that a stopped machine left half-way, changed before `before`. */
export const unfinished = (
  tx: Tx,
  routes: readonly Route[],
  before: Date,
): Promise<{ id: string; attempt: number }[]> =>
  tx.query(sql`select id, attempt from transfer.dispatch
    where state in ('prepared', 'sending') and route = any(${[...routes]}) and changed_at <= ${before}`)

/** Dispatches sent before `before` of which nobody has said that they arrived. */
export const unacknowledged = (tx: Tx, before: Date): Promise<Dispatch[]> =>
  tx.query<Dispatch>(sql`select ${columns} from transfer.dispatch d where state = 'sent' and changed_at <= ${before}
    and not exists (select from transfer.task t where t.dispatch = d.id and t.kind in ('confirm-receipt', 'chase-receipt'))`)

/** Writes down that the content of this attempt is about to leave. False when the dispatch has moved on meanwhile. */
export const markLeaving = async (tx: Tx, { id, attempt }: Dispatch, now: Date): Promise<boolean> =>
  (await tx.run(
    sql`update transfer.dispatch set handed_at = ${now} where id = ${id} and attempt = ${attempt} and state = 'sending'`,
  )) === 1

/** Writes down what it cost, in pence, against the receiving agency (MPS-11). */
export async function recordCost(ctx: Context, dispatch: Dispatch, pence: number): Promise<void> {
  await ctx.tx.run(sql`
    insert into transfer.cost (dispatch, agency, pence, at, by_id, by_name)
    values (${dispatch.id}, ${dispatch.recipientAgency ?? dispatch.recipientName}, ${pence}, ${ctx.now}, ${ctx.actor.id}, ${ctx.actor.name})
    on conflict (dispatch) do update set pence = transfer.cost.pence + excluded.pence, at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name`)
}

/** What fallbacks have cost, by the agency that had no secure address, highest first. */
export const costsByAgency = (tx: Tx): Promise<{ agency: string; pence: number; times: number }[]> =>
  tx.query(
    sql`select agency, sum(pence) as pence, count(*) as times from transfer.cost group by agency order by 2 desc, 1`,
  )

/** Names the recipient anew, after the disclosure was decided again. */
export async function renameRecipient(
  tx: Tx,
  id: string,
  party: Consignment['recipients'][number]['party'],
): Promise<void> {
  const name = party.name ?? party.address ?? party.role ?? 'Unnamed recipient'
  await tx.run(
    sql`update transfer.dispatch set recipient_name = ${name}, recipient_agency = ${party.agency ?? null} where id = ${id}`,
  )
}
