import { type Context, newId, sql, type Tx } from '../../platform/index.ts'
import type { Rag } from '../rules/clocks.ts'
import { reportDue } from '../rules/clocks.ts'

/** A report in a hub's intake queue (MPS-7). */
export interface Report {
  readonly id: string
  readonly disclosure: string
  readonly reference: string
  readonly form: string
  readonly fromAgency: string
  readonly fromAgencyName: string
  readonly fromName: string
  readonly toAgency: string
  readonly cameAt: Date
  readonly route: string
  readonly rag: Rag
  readonly ragSetBy: string | null
  readonly dueAt: Date
  /** Null while the paper is still on its way. */
  readonly content: string | null
  readonly about: string
  readonly state: 'waiting' | 'claimed' | 'decided'
  readonly version: number
  readonly claimedBy: string | null
  readonly claimedByName: string | null
  readonly claimedAt: Date | null
  readonly understood: string | null
  readonly outcome: string | null
  readonly action: string | null
  readonly assignedTo: string | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
}

const COLUMNS = sql`id, disclosure, reference, form, from_agency as "fromAgency", from_agency_name as "fromAgencyName", from_name as "fromName", to_agency as "toAgency", came_at as "cameAt", route, rag,
  rag_set_by as "ragSetBy", due_at as "dueAt", content, about, state, version, claimed_by as "claimedBy", claimed_by_name as "claimedByName", claimed_at as "claimedAt", understood, outcome, action,
  assigned_to as "assignedTo", decided_by_name as "decidedByName", decided_at as "decidedAt"`

export type NewReport = Pick<
  Report,
  | 'disclosure'
  | 'reference'
  | 'form'
  | 'fromAgency'
  | 'fromAgencyName'
  | 'fromName'
  | 'toAgency'
  | 'route'
  | 'rag'
  | 'content'
  | 'about'
>

export async function addReport({ tx, now }: Context, one: NewReport): Promise<void> {
  await tx.run(sql`insert into sharing.report (id, disclosure, reference, form, from_agency, from_agency_name, from_name, to_agency, came_at, route, rag, due_at, content, about)
    values (${newId()}::uuid, ${one.disclosure}::uuid, ${one.reference}, ${one.form}, ${one.fromAgency}, ${one.fromAgencyName}, ${one.fromName}, ${one.toAgency}, ${now}, ${one.route}, ${one.rag}, ${reportDue(now, one.rag)},
      ${one.content}, ${one.about})`)
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
export const reportById = async (tx: Tx, id: string): Promise<Report | undefined> =>
  UUID.test(id) ? tx.maybe<Report>(sql`select ${COLUMNS} from sharing.report where id = ${id}::uuid`) : undefined

export const reportsOf = (tx: Tx, disclosure: string): Promise<Report[]> =>
  tx.query<Report>(sql`select ${COLUMNS} from sharing.report where disclosure = ${disclosure}::uuid order by came_at`)

/** The queue of one agency: undecided first, by when they are due. */
export const queueOf = (
  tx: Tx,
  agency: string,
  state: Report['state'] | undefined,
  from: string | undefined,
  limit = 100,
): Promise<Report[]> =>
  tx.query<Report>(sql`select ${COLUMNS} from sharing.report where to_agency = ${agency} and (${state ?? null}::text is null or state = ${state ?? null})
    and (${from ?? null}::text is null or from_agency = ${from ?? null}) order by state = 'decided', case when state <> 'decided' then due_at end, decided_at desc limit ${limit}`)

export interface QueueCount {
  readonly state: Report['state']
  readonly rag: Rag
  readonly fromAgency: string
  readonly fromAgencyName: string
  readonly overdue: boolean
  readonly count: number
}
export const countQueue = (tx: Tx, agency: string, now: Date): Promise<QueueCount[]> =>
  tx.query<QueueCount>(sql`select state, rag, from_agency as "fromAgency", max(from_agency_name) as "fromAgencyName", (state <> 'decided' and due_at < ${now}) as overdue, count(*) as count
    from sharing.report where to_agency = ${agency} group by 1, 2, 3, 5`)

/** Takes a report up, unless somebody has it already. */
export const claimReport = async ({ tx, actor, now }: Context, id: string, version: number): Promise<boolean> =>
  (await tx.run(sql`update sharing.report set state = 'claimed', claimed_by = ${actor.id}, claimed_by_name = ${actor.name}, claimed_at = ${now}, version = version + 1
    where id = ${id}::uuid and version = ${version} and state <> 'decided'`)) === 1

export interface ReportDecision {
  readonly understood: string
  readonly outcome: string
  readonly action: string
  readonly assignedTo?: string | undefined
}
export const decideReport = async (
  { tx, actor, now }: Context,
  id: string,
  version: number,
  made: ReportDecision,
): Promise<boolean> =>
  (await tx.run(sql`update sharing.report set state = 'decided', understood = ${made.understood}, outcome = ${made.outcome}, action = ${made.action}, assigned_to = ${made.assignedTo ?? null},
    decided_by = ${actor.id}, decided_by_name = ${actor.name}, decided_at = ${now}, claimed_by = coalesce(claimed_by, ${actor.id}), claimed_by_name = coalesce(claimed_by_name, ${actor.name}),
    claimed_at = coalesce(claimed_at, ${now}), version = version + 1 where id = ${id}::uuid and version = ${version} and state <> 'decided'`)) ===
  1

/** Sets the clock anew, from when the report came. */
export const setRag = async ({ tx, actor }: Context, report: Report, rag: Rag): Promise<boolean> =>
  (await tx.run(sql`update sharing.report set rag = ${rag}, rag_set_by = ${actor.name}, due_at = ${reportDue(report.cameAt, rag)}, version = version + 1
    where id = ${report.id}::uuid and version = ${report.version} and state <> 'decided'`)) === 1
