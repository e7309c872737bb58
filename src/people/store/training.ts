import { sql, type Tx } from '../../platform/index.ts'

export interface TrainingRow {
  readonly userId: string
  readonly name: string
  readonly jobTitle: string | null
  readonly takenOn: string | null
}

/** The last information-governance training of everyone in an agency, the oldest first. */
export const trainingOf = (tx: Tx, agency: string): Promise<TrainingRow[]> =>
  tx.query<TrainingRow>(sql`select u.id as "userId", u.name, u.job_title as "jobTitle", max(t.taken_on) as "takenOn"
    from people.user_account u left join people.training t on t.user_id = u.id and t.course = 'information-governance'
    where u.agency = ${agency} and u.closed_at is null group by u.id order by max(t.taken_on) nulls first, u.name`)

export const historyOf = (tx: Tx, user: string): Promise<{ takenOn: string; recordedBy: string }[]> =>
  tx.query(
    sql`select taken_on as "takenOn", recorded_by as "recordedBy" from people.training where user_id = ${user}::uuid order by taken_on desc`,
  )

export async function recordTraining(tx: Tx, user: string, takenOn: string, by: string): Promise<void> {
  await tx.run(
    sql`insert into people.training (user_id, taken_on, recorded_by) values (${user}::uuid, ${takenOn}::date, ${by}) on conflict do nothing`,
  )
}

export async function acceptTerms(tx: Tx, user: string, wording: string, now: Date): Promise<void> {
  await tx.run(
    sql`insert into people.acceptance (user_id, wording, accepted_at) values (${user}::uuid, ${wording}, ${now}) on conflict do nothing`,
  )
}
