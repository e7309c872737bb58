import { join, sql, type Tx } from '../platform/index.ts'

export interface ActFound {
  readonly id: number
  readonly at: Date
  readonly actor: string
  readonly actorName: string
  readonly agency: string | null
  readonly act: string
  readonly outcome: 'done' | 'refused' | 'invalid' | 'failed'
  readonly subject: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
  readonly reference: string
}

export interface ActsSought {
  readonly subject?: string
  readonly actor?: string
  readonly agency?: string
  readonly reference?: string
  /** Begins with, such as "disclosure." */
  readonly act?: string
  readonly from?: Date
  readonly to?: Date
  /** Only entries older than this id, for the next page of them. */
  readonly before?: number
  /** At most 500; 50 unless said. */
  readonly limit?: number
}

/** Entries of the log of acts, newest first. The caller states who may look; the log itself holds no names of children. */
export function findActs(tx: Tx, sought: ActsSought): Promise<ActFound[]> {
  const conditions = [
    sql`true`,
    ...(sought.subject === undefined ? [] : [sql`subject = ${sought.subject}`]),
    ...(sought.actor === undefined ? [] : [sql`actor = ${sought.actor}`]),
    ...(sought.agency === undefined ? [] : [sql`agency = ${sought.agency}`]),
    ...(sought.reference === undefined ? [] : [sql`reference = ${sought.reference}`]),
    ...(sought.act === undefined ? [] : [sql`starts_with(act, ${sought.act})`]),
    ...(sought.from === undefined ? [] : [sql`at >= ${sought.from}`]),
    ...(sought.to === undefined ? [] : [sql`at < ${sought.to}`]),
    ...(sought.before === undefined ? [] : [sql`id < ${sought.before}`]),
  ]
  return tx.query<ActFound>(sql`select id, at, actor, actor_name as "actorName", agency, act, outcome, subject, detail, reference
    from audit.entry where ${join(conditions, ' and ')} order by id desc limit ${Math.min(sought.limit ?? 50, 500)}`)
}
