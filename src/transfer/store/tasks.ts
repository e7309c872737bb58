import { type Context, newId, sql, type Tx } from '../../platform/index.ts'
import type { Task } from '../consignment.ts'

/** A task of this kind says which item of which entry a register has corrected. */
export const CORRECTED = 'register-corrected'

export interface NewTask {
  readonly disclosure: string
  readonly dispatch?: string
  readonly kind: string
  readonly text: string
  readonly cites: readonly string[]
  readonly owner: { readonly userId: string; readonly name: string; readonly agency: string }
  readonly due: Date
  /** Already done, by Safehaven itself: what it did. */
  readonly doneNote?: string
}

/** Writes tasks; one of the same kind that is still open for the same dispatch is left as it is. */
export async function insertTasks(ctx: Context, tasks: readonly NewTask[]): Promise<void> {
  const rows = tasks.map((task) => ({
    ...task,
    id: newId(),
    dispatch: task.dispatch ?? null,
    owner_user: task.owner.userId,
    owner_name: task.owner.name,
    owner_agency: task.owner.agency,
    done_note: task.doneNote ?? null,
  }))
  await ctx.tx.run(sql`
    insert into transfer.task (id, disclosure, dispatch, kind, text, cites, owner_user, owner_name, owner_agency, due, created_at,
      done_at, done_by, done_by_name, note)
    select r.id, r.disclosure, r.dispatch, r.kind, r.text, r.cites, r.owner_user, r.owner_name, r.owner_agency, r.due, ${ctx.now},
      case when r.done_note is not null then ${ctx.now}::timestamptz end, case when r.done_note is not null then 'system' end,
      case when r.done_note is not null then 'Safehaven' end, r.done_note
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, disclosure text, dispatch uuid, kind text, text text, cites text[],
      owner_user text, owner_name text, owner_agency text, due timestamptz, done_note text)
    on conflict do nothing`)
}

// Who was not shown a register's entry does not learn from another's task that there is one.
const TO_OTHERS =
  'Something that was sent on here is not right any more. Its owner can read what, and sends the correction.'
const columns = sql`t.id, t.disclosure, t.dispatch, d.reference, t.kind,
  case when t.kind like ${`${CORRECTED} %`} and t.owner_user <> platform.acting_user() then ${TO_OTHERS} else t.text end as text, t.cites, t.owner_user as "ownerUser",
  t.owner_name as "ownerName", t.due, t.done_at as "doneAt", t.done_by_name as "doneByName", t.note`
const source = sql`transfer.task t left join transfer.dispatch d on d.id = t.dispatch`

// What did not go as planned stands before what is owed in the ordinary way.
const trouble = [
  'stopped',
  'tell-withdrawal',
  'choose-route',
  'uncertain',
  'chase-receipt',
  'password-by-another-route',
  'route-changed',
]

/** Whose tasks: one's own, all of one's agency that are open, or those that are overdue. */
export type TaskList = 'mine' | 'team' | 'overdue'

export async function openTasks(ctx: Context, list: TaskList, limit = 200): Promise<Task[]> {
  const which =
    list === 'mine' ? sql`t.owner_user = ${ctx.actor.id}` : list === 'overdue' ? sql`t.due < ${ctx.now}` : sql`true`
  return ctx.tx.query<Task>(sql`select ${columns} from ${source}
    where t.done_at is null and ${which} order by t.kind = any(${trouble}) desc, t.due, t.created_at, t.id limit ${limit}`)
}

export interface Owed {
  readonly id: string
  /** The disclosure's own reference; empty for what came through the gateway. */
  readonly reference: string
  readonly recipients: readonly string[]
}

/** To whom each of these disclosures goes, for a list of what is owed for them. */
export const recipientsOfAll = (tx: Tx, disclosures: readonly string[]): Promise<Owed[]> =>
  tx.query<Owed>(sql`select d.disclosure as id, min(d.reference) as reference, array_agg(d.recipient_name order by d.recipient_index) as recipients
    from transfer.dispatch d where d.disclosure = any(${[...disclosures]}) group by d.disclosure`)

export interface TaskCounts {
  readonly mine: number
  readonly team: number
  readonly overdue: number
}

export const countTasks = (ctx: Context): Promise<TaskCounts> =>
  ctx.tx.one<TaskCounts>(sql`select count(*) filter (where owner_user = ${ctx.actor.id}) as mine, count(*) as team,
    count(*) filter (where due < ${ctx.now}) as overdue from transfer.task where done_at is null`)

/** Tasks of a dispatch and of its disclosure as a whole, open ones first. */
export const tasksOf = (tx: Tx, disclosure: string, dispatch?: string): Promise<Task[]> =>
  tx.query<Task>(sql`select ${columns} from ${source}
    where t.disclosure = ${disclosure} and (t.dispatch is null or ${dispatch ?? null}::uuid is null or t.dispatch = ${dispatch ?? null})
    order by t.done_at is not null, t.kind = any(${trouble}) desc, t.due, t.id`)

export const findTask = (tx: Tx, id: string): Promise<Task | undefined> =>
  tx.maybe<Task>(sql`select ${columns} from ${source} where t.id = ${id}`)

/** Marks open tasks of a dispatch as done by the actor. Gives how many were. */
export const finishTasks = (ctx: Context, dispatch: string, kinds: readonly string[], note = ''): Promise<number> =>
  ctx.tx.run(sql`update transfer.task set done_at = ${ctx.now}, done_by = ${ctx.actor.id}, done_by_name = ${ctx.actor.name},
    note = ${note} where dispatch = ${dispatch} and kind = any(${[...kinds]}) and done_at is null`)

/** Marks every open task of a dispatch as done: nothing more is owed for it. */
export const finishAllTasks = (ctx: Context, dispatch: string, note: string): Promise<number> =>
  ctx.tx.run(sql`update transfer.task set done_at = ${ctx.now}, done_by = ${ctx.actor.id}, done_by_name = ${ctx.actor.name},
    note = ${note} where dispatch = ${dispatch} and done_at is null`)

export const finishTask = (ctx: Context, id: string, note: string): Promise<number> =>
  ctx.tx.run(sql`update transfer.task set done_at = ${ctx.now}, done_by = ${ctx.actor.id}, done_by_name = ${ctx.actor.name},
    note = ${note} where id = ${id} and done_at is null`)
