import { type Context, newId, randomReference, type Sql, sql, type Tx } from '../../platform/index.ts'
import type { Draft, Form } from '../draft.ts'

export type State = 'draft' | 'held' | 'decided' | 'sent' | 'not-shared'

/** A disclosure as it is kept. `onDay` YYYY-MM-DD, or null: the day on which it is decided. */
export interface Row {
  readonly id: string
  readonly reference: string
  readonly form: Form
  readonly state: State
  readonly version: number
  readonly draft: Draft
  readonly protocol: string
  readonly onDay: string | null
  readonly agency: string
  readonly createdAt: Date
  readonly createdBy: string
  readonly createdByName: string
  readonly changedAt: Date
  readonly changedBy: string
  readonly changedByName: string
  readonly decisionId: string | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decidedByName: string | null
  readonly sentAt: Date | null
  /** Since when nothing more of it may go, though some of it has. */
  readonly stoppedAt: Date | null
  /** The disclosure that it puts right. */
  readonly corrects: string | null
}

const COLUMNS = sql`id, reference, form, state, version, draft, protocol, on_day as "onDay", agency, created_at as "createdAt", created_by as "createdBy",
  created_by_name as "createdByName", changed_at as "changedAt", changed_by as "changedBy", changed_by_name as "changedByName", decision as "decisionId",
  decided_at as "decidedAt", decided_by as "decidedBy", decided_by_name as "decidedByName", sent_at as "sentAt", stopped_at as "stoppedAt", corrects`

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export const disclosureById = async (tx: Tx, id: string): Promise<Row | undefined> =>
  UUID.test(id) ? tx.maybe<Row>(sql`select ${COLUMNS} from sharing.disclosure where id = ${id}::uuid`) : undefined

/** The same, and nobody else may change it until this transaction ends. */
export const lockDisclosure = async (tx: Tx, id: string): Promise<Row | undefined> =>
  UUID.test(id)
    ? tx.maybe<Row>(sql`select ${COLUMNS} from sharing.disclosure where id = ${id}::uuid for update`)
    : undefined

export interface NewDisclosure {
  readonly id?: string | undefined
  readonly form: Form
  readonly draft: Draft
  readonly protocol: string
  readonly onDay?: string | undefined
  readonly corrects?: string | undefined
}

/** Adds a draft of the actor's agency and gives its id. The same id twice adds it once. */
export async function addDisclosure(ctx: Context, wanted: NewDisclosure): Promise<string> {
  const id = wanted.id ?? newId()
  const { actor, now, tx } = ctx
  const by = sql`${now}, ${actor.id}, ${actor.name}`
  await tx.run(sql`insert into sharing.disclosure (id, reference, form, state, draft, protocol, on_day, corrects, agency, created_at, created_by, created_by_name, changed_at, changed_by, changed_by_name)
    values (${id}::uuid, ${randomReference()}, ${wanted.form}, 'draft', ${JSON.stringify(wanted.draft)}, ${wanted.protocol}, ${wanted.onDay ?? null}::date, ${wanted.corrects ?? null}::uuid, ${actor.agency ?? ''}, ${by}, ${by})
    on conflict (id) do nothing`)
  return id
}

export async function keepDraft(ctx: Context, row: Row, step: string, draft: Draft): Promise<void> {
  const { actor, now, tx } = ctx
  await tx.run(sql`update sharing.disclosure set draft = ${JSON.stringify(draft)}, version = version + 1, changed_at = ${now}, changed_by = ${actor.id},
    changed_by_name = ${actor.name} where id = ${row.id}::uuid and version = ${row.version}`)
  await noteRevision(ctx, row.id, row.version + 1, step)
}

/** Fills in what this transaction has just saved, without another version. */
export const rewriteDraft = ({ tx }: Context, row: Row, draft: Draft): Promise<number> =>
  tx.run(sql`update sharing.disclosure set draft = ${JSON.stringify(draft)} where id = ${row.id}::uuid`)

export async function noteRevision(
  { tx, actor, now }: Context,
  id: string,
  version: number,
  step: string,
): Promise<void> {
  await tx.run(
    sql`insert into sharing.revision (disclosure, version, step, at, by_user, by_name) values (${id}::uuid, ${version}, ${step}, ${now}, ${actor.id}, ${actor.name})`,
  )
}

export interface Settled {
  readonly state: State
  readonly decisionId?: string | undefined
  readonly protocol: string
  readonly draft?: Draft | undefined
}

/** Moves a disclosure on to another state, with the decision that it rests on. */
export async function settle(ctx: Context, row: Row, settled: Settled): Promise<void> {
  const { actor, now, tx } = ctx
  const final = settled.state !== 'draft' && settled.state !== 'held' && settled.state !== row.state
  await tx.run(sql`update sharing.disclosure set state = ${settled.state}, decision = coalesce(${settled.decisionId ?? null}::uuid, decision), protocol = ${settled.protocol},
    draft = coalesce(${settled.draft === undefined ? null : JSON.stringify(settled.draft)}::jsonb, draft), version = version + 1,
    changed_at = ${now}, changed_by = ${actor.id}, changed_by_name = ${actor.name},
    decided_at = case when ${final} then ${now}::timestamptz else decided_at end, decided_by = case when ${final} then ${actor.id} else decided_by end,
    decided_by_name = case when ${final} then ${actor.name} else decided_by_name end where id = ${row.id}::uuid`)
  await noteRevision(ctx, row.id, row.version + 1, settled.state)
}

/** Nothing more of it may go. */
export const stopRest = ({ tx, now }: Context, id: string): Promise<number> =>
  tx.run(sql`update sharing.disclosure set stopped_at = ${now} where id = ${id}::uuid and stopped_at is null`)

/** Corrections of a disclosure, oldest first. */
export const correctionsOf = (tx: Tx, id: string): Promise<Row[]> =>
  tx.query<Row>(sql`select ${COLUMNS} from sharing.disclosure where corrects = ${id}::uuid order by created_at, id`)

/** Marks it as sent, once. */
export const markSent = async ({ tx, now }: Context, id: string): Promise<boolean> =>
  (await tx.run(
    sql`update sharing.disclosure set state = 'sent', sent_at = ${now} where id = ${id}::uuid and state = 'decided'`,
  )) === 1

export interface Listing {
  readonly states?: readonly State[] | undefined
  readonly by?: string | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/** Those that the actor may see, the latest changed first. */
export const listDisclosures = (tx: Tx, wanted: Listing): Promise<Row[]> =>
  tx.query<Row>(
    sql`select ${COLUMNS} from sharing.disclosure where ${filter(wanted)} order by changed_at desc, id limit ${wanted.limit ?? 50} offset ${wanted.offset ?? 0}`,
  )

export async function countDisclosures(tx: Tx, by: string | undefined): Promise<Readonly<Record<State, number>>> {
  const rows = await tx.query<{ state: State; count: number }>(
    sql`select state, count(*) as count from sharing.disclosure where ${filter({ by })} group by state`,
  )
  return {
    draft: 0,
    held: 0,
    decided: 0,
    sent: 0,
    'not-shared': 0,
    ...Object.fromEntries(rows.map((row) => [row.state, row.count])),
  }
}

function filter(wanted: Listing): Sql {
  const states = wanted.states === undefined ? sql`true` : sql`state = any(${[...wanted.states]}::text[])`
  return wanted.by === undefined ? states : sql`${states} and created_by = ${wanted.by}`
}

export interface Revision {
  readonly version: number
  readonly step: string
  readonly at: Date
  readonly byName: string
}
export const revisionsOf = (tx: Tx, id: string): Promise<Revision[]> =>
  tx.query<Revision>(
    sql`select version, step, at, by_name as "byName" from sharing.revision where disclosure = ${id}::uuid order by version`,
  )
