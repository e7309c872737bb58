import { type Context, sql, type Tx } from '../../platform/index.ts'
import { followUpDue } from '../rules/clocks.ts'

/** A telephone call to the hub (CUM-7): what was told, what it was taken to mean, what was decided and done (CUM-9). */
export interface Call {
  readonly id: string
  readonly disclosure: string
  readonly madeAt: Date
  readonly telephone: string
  readonly spokenTo: string
  readonly spokenRole: string | null
  readonly told: string
  readonly understood: string
  readonly decision: string
  readonly action: string | null
  readonly followUpDue: Date
  readonly followedUpAt: Date | null
  readonly recordedByName: string
}

const COLUMNS = sql`c.id, c.disclosure, c.made_at as "madeAt", c.telephone, c.spoken_to as "spokenTo", c.spoken_role as "spokenRole", c.told, c.understood, c.decision, c.action,
  c.follow_up_due as "followUpDue", c.followed_up_at as "followedUpAt", c.recorded_by_name as "recordedByName"`

export interface NewCall {
  readonly id: string
  readonly madeAt: Date
  readonly telephone: string
  readonly spokenTo: string
  readonly spokenRole?: string | undefined
  readonly told: string
  readonly understood: string
  readonly decision: string
  readonly action?: string | undefined
}

/** Records a call and starts the clock of its written follow-up. The same id twice records it once. */
export async function addCall({ tx, actor }: Context, disclosure: string, call: NewCall): Promise<void> {
  await tx.run(sql`insert into sharing.call (id, disclosure, agency, made_at, telephone, spoken_to, spoken_role, told, understood, decision, action, follow_up_due, recorded_by, recorded_by_name)
    values (${call.id}::uuid, ${disclosure}::uuid, ${actor.agency ?? ''}, ${call.madeAt}, ${call.telephone}, ${call.spokenTo}, ${call.spokenRole ?? null}, ${call.told}, ${call.understood},
      ${call.decision}, ${call.action ?? null}, ${followUpDue(call.madeAt)}, ${actor.id}, ${actor.name}) on conflict (id) do nothing`)
}

export const callsOf = (tx: Tx, disclosure: string): Promise<Call[]> =>
  tx.query<Call>(sql`select ${COLUMNS} from sharing.call c where c.disclosure = ${disclosure}::uuid order by c.made_at`)

/** The written follow-up went out. */
export const markFollowedUp = ({ tx, now }: Context, disclosure: string): Promise<number> =>
  tx.run(
    sql`update sharing.call set followed_up_at = ${now} where disclosure = ${disclosure}::uuid and followed_up_at is null`,
  )

export interface Owed extends Call {
  readonly reference: string
  readonly createdBy: string
  readonly createdByName: string
  readonly state: string
}

/** Follow-ups that are still owed, the most urgent first; of one worker, or of the agency. */
export const owedFollowUps = (tx: Tx, by: string | undefined): Promise<Owed[]> =>
  tx.query<Owed>(sql`select ${COLUMNS}, d.reference, d.created_by as "createdBy", d.created_by_name as "createdByName", d.state from sharing.call c join sharing.disclosure d on d.id = c.disclosure
    where c.followed_up_at is null and (${by ?? null}::text is null or d.created_by = ${by ?? null}) order by c.follow_up_due limit 500`)
