import { type Sql, sql, type Tx } from '../../platform/index.ts'

export interface Named {
  readonly id: string
  readonly name: string
  readonly since: Date
}

const alike = (column: Sql, given: string | undefined, surname: string | undefined): Sql => {
  const words = [given, surname].filter((word) => word !== undefined)
  return words.reduce(
    (so, word) => sql`${so} and lower(${column}) like ${`%${word.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`}`,
    sql`true`,
  )
}

export const usersNamed = (tx: Tx, given: string | undefined, surname: string | undefined): Promise<Named[]> =>
  tx.query<Named>(
    sql`select id, name, created_at as since from people.user_account where ${alike(sql`name`, given, surname)} order by name limit 200`,
  )
export const entriesNamed = (tx: Tx, given: string | undefined, surname: string | undefined): Promise<Named[]> =>
  tx.query<Named>(
    sql`select id, name, added_at as since from people.entry where ${alike(sql`name`, given, surname)} order by name limit 200`,
  )

/** Everything held of an account but its secrets. */
export async function userExport(tx: Tx, id: string): Promise<Record<string, unknown>> {
  const [row] = await tx.query<
    Record<string, unknown>
  >(sql`select name, username as "sign-in name", agency, team, job_title as "works as", email as "e-mail address", roles, area,
      authorised_by as "authorised by", created_at as "account since", closed_at as "account closed", closed_because as "closed because",
      (select array_agg(taken_on order by taken_on) from people.training t where t.user_id = u.id) as "training taken",
      (select array_agg(wording || ', ' || accepted_at::date order by accepted_at) from people.acceptance a where a.user_id = u.id) as "terms accepted",
      (select count(*) from people.session s where s.user_id = u.id) as "sign-ins of the last 30 days",
      (select array_agg(label order by added_at) from people.passkey p where p.user_id = u.id) as passkeys,
      (select count(*) from people.usual_recipient r where r.user_id = u.id) as "usual recipients counted"
    from people.user_account u where id::text = ${id}`)
  return row ?? {}
}

export async function entryExport(tx: Tx, id: string): Promise<Record<string, unknown>> {
  const [row] = await tx.query<
    Record<string, unknown>
  >(sql`select name, role, kind, agency, team, known_by as "known by", address as "e-mail address", telephone, mobile, fax, postal as "postal address",
      prefers as "agreed route", prefers_agreed_on as "agreed on", prefers_agreed_with as "agreed with", via as "handed over by", trained, added_at as "in the directory since", left_on as "left on"
    from people.entry where id::text = ${id}`)
  return row ?? {}
}

const CORRECTABLE = {
  name: sql`name`,
  role: sql`role`,
  'e-mail address': sql`address`,
  telephone: sql`telephone`,
  mobile: sql`mobile`,
  fax: sql`fax`,
  'postal address': sql`postal`,
  'known by': sql`known_by`,
  'handed over by': sql`via`,
} as const

/** Puts a field of an entry right; gives false for one that may not be. */
export async function correctEntry(tx: Tx, id: string, field: string, to: string): Promise<boolean> {
  if (!Object.hasOwn(CORRECTABLE, field)) return false
  const column = CORRECTABLE[field as keyof typeof CORRECTABLE]
  return (
    (await tx.run(sql`update people.entry set ${column} = ${to}, version = version + 1 where id::text = ${id}`)) === 1
  )
}

export const entriesDue = async (tx: Tx, before: Date): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      sql`select id from people.entry where left_on < ${before}::date and user_id is null limit 1000`,
    )
  ).map((row) => row.id)

/** Removes entries for good, with the counts of who sent to them. */
export async function disposeEntries(tx: Tx, ids: readonly string[]): Promise<number> {
  await tx.run(sql`delete from people.usual_recipient where entry::text = any(${[...ids]})`)
  await tx.run(sql`update people.entry set mailbox_of = null where mailbox_of::text = any(${[...ids]})`)
  return tx.run(sql`delete from people.entry where id::text = any(${[...ids]}) and left_on is not null`)
}

export const usersDue = async (tx: Tx, before: Date): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      sql`select id from people.user_account where closed_at < ${before} and (email is not null or job_title is not null) limit 1000`,
    )
  ).map((row) => row.id)

/** Takes from accounts closed long ago all but the name, which stands in the log of acts. */
export async function disposeUsers(tx: Tx, ids: readonly string[]): Promise<number> {
  const all = [...ids]
  for (const table of [sql`training`, sql`acceptance`, sql`usual_recipient`, sql`session`, sql`api_token`])
    await tx.run(sql`delete from people.${table} where user_id::text = any(${all})`)
  return tx.run(sql`update people.user_account set email = null, job_title = null, team = null, manager = null, authorised_by = null, oidc_issuer = null, oidc_subject = null
    where id::text = any(${all}) and closed_at is not null`)
}
