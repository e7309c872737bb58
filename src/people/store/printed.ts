import { sql, type Tx } from '../../platform/index.ts'

export interface PrintedSignIn {
  readonly userId: string
  readonly username: string
  readonly name: string
  readonly jobTitle: string | null
  readonly agencyName: string
  readonly password: string
  /** What a newcomer sees by signing in as them. */
  readonly shows: string
}

export const printedSignIns = (tx: Tx): Promise<PrintedSignIn[]> =>
  tx.query<PrintedSignIn>(sql`select p.user_id as "userId", u.username, u.name, u.job_title as "jobTitle", a.name as "agencyName", p.password, p.shows
    from people.printed_sign_in p join people.user_account u on u.id = p.user_id join people.agency a on a.id = u.agency
    where u.closed_at is null order by a.keeps_register desc, a.name, u.name`)

/** Has a sign-in printed on the sign-in page of an invented area. */
export async function printSignIn(tx: Tx, user: string, password: string, shows: string): Promise<void> {
  await tx.run(
    sql`insert into people.printed_sign_in (user_id, password, shows) values (${user}::uuid, ${password}, ${shows})`,
  )
}
