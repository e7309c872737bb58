import { type Context, newId, sql } from '../../platform/index.ts'

export interface Breach {
  readonly id: string
  readonly kind: 'breach' | 'near-miss'
  readonly noticedAt: Date
  readonly what: string
  readonly lesson: string
  readonly dispatch: string | null
  readonly reference: string | null
  readonly risk: boolean
  readonly toldByName: string
  /** When the Information Commissioner must have been told, where that is owed. */
  readonly reportDue: Date | null
  readonly closedAt: Date | null
  readonly closedByName: string | null
  readonly reported: boolean | null
  readonly outcome: string | null
}

export interface NewBreach {
  readonly kind: Breach['kind']
  readonly what: string
  readonly risk: boolean
  readonly reference?: string | undefined
}

/** UK GDPR Article 33: 72 hours after it is noticed. */
const HOURS = 72

/** Writes one down for the actor's agency; a reference that is not its own is left out. */
export async function addBreach(ctx: Context, { kind, what, risk, reference }: NewBreach): Promise<string> {
  const id = newId()
  const { actor, now } = ctx
  const due = kind === 'breach' && risk ? new Date(now.getTime() + HOURS * 3_600_000) : null
  await ctx.tx.run(sql`
    insert into transfer.breach (id, agency, kind, noticed_at, what, dispatch, risk, told_by, told_by_name, report_due)
    values (${id}::uuid, ${actor.agency ?? ''}, ${kind}, ${now}, ${what},
      (select d.id from transfer.dispatch d where d.reference = ${reference ?? ''}), ${risk}, ${actor.id}, ${actor.name}, ${due})`)
  return id
}

const columns = sql`b.id, b.kind, b.noticed_at as "noticedAt", b.what, b.lesson, b.dispatch, d.reference, b.risk, b.told_by_name as "toldByName",
  b.report_due as "reportDue", b.closed_at as "closedAt", b.closed_by_name as "closedByName", b.reported, b.outcome`
const source = sql`transfer.breach b left join transfer.dispatch d on d.id = b.dispatch`

/** Open ones first, those due soonest first; then the closed, latest first. */
export const listBreaches = ({ tx }: Context, limit = 100): Promise<Breach[]> =>
  tx.query<Breach>(sql`select ${columns} from ${source}
    order by b.closed_at is not null, b.report_due nulls last, b.closed_at desc, b.noticed_at desc limit ${limit}`)

export const findBreach = ({ tx }: Context, id: string): Promise<Breach | undefined> =>
  tx.maybe<Breach>(sql`select ${columns} from ${source} where b.id = ${id}::uuid`)

/** Closes it, once. Gives whether this did it. */
export const closeBreach = async (
  { tx, now, actor }: Context,
  id: string,
  { outcome, lesson, reported }: { outcome: string; lesson: string; reported: boolean },
): Promise<boolean> =>
  (await tx.run(sql`update transfer.breach set closed_at = ${now}, closed_by_name = ${actor.name}, outcome = ${outcome}, lesson = ${lesson},
    reported = ${reported} where id = ${id}::uuid and closed_at is null`)) === 1

export interface NearMisses {
  readonly failed: number
  readonly stopped: number
  readonly uncertain: number
  readonly overdue: number
}

/** What Safehaven itself caught since a moment, in the actor's own agency. */
export const nearMisses = ({ tx, now }: Context, since: Date): Promise<NearMisses> =>
  tx.one<NearMisses>(sql`select
    (select count(*) from transfer.step where what = 'failed' and at >= ${since}) as failed,
    (select count(*) from transfer.step where what in ('stopped', 'taken-back') and at >= ${since}) as stopped,
    (select count(*) from transfer.step where what = 'uncertain' and at >= ${since}) as uncertain,
    (select count(*) from transfer.task where done_at is null and due < ${now}) as overdue`)

export interface Sample {
  readonly disclosure: string
  readonly reference: string
  readonly recipientName: string
  readonly at: Date
}

/** A few dispatches of a span, drawn so that the sender cannot foresee which, and the same all month: for the audit of need to know. */
export const sampleForAudit = ({ tx }: Context, since: Date, seed: string, count = 5): Promise<Sample[]> =>
  tx.query<Sample>(sql`select d.disclosure, d.reference, d.recipient_name as "recipientName", d.created_at as at from transfer.dispatch d
    where d.created_at >= ${since} and d.disclosure ~ '^[0-9a-f-]{36}$' order by md5(d.id::text || ${seed}) limit ${count}`)
