import { type Sql, sql, type Tx } from '../../platform/index.ts'
import { BARE, permissionsOf } from '../permissions.ts'
import type { Person } from '../person.ts'
import type { Clearance } from '../roles.ts'
import { TERMS } from '../rules/terms.ts'
import { present } from './present.ts'

// The level of a role is what the authority of the user's area says; without an area, what their agency itself says (WY-32).
const COLUMNS = sql`u.id, u.username, u.name, u.agency, a.name as "agencyName", a.kind as "agencyKind", u.team, u.job_title as "jobTitle", u.email, u.roles, u.area,
  u.authorised_by is not null as authorised, u.authorised_by as "authorisedBy", u.manager, u.password_hash is not null as "hasPassword", u.closed_at as "closedAt",
  coalesce(a.protocol, (select w.protocol from people.agency w where w.id = coalesce(a.area, a.within, u.area)), 'uk-2026') as protocol,
  (select max(t.taken_on) from people.training t where t.user_id = u.id and t.course = 'information-governance') as trained,
  exists (select from people.acceptance c where c.user_id = u.id and c.wording = ${TERMS.version}) as accepted,
  exists (select from people.authenticator k where k.user_id = u.id and k.confirmed_at is not null) as "authenticator",
  (select count(*) from people.passkey p where p.user_id = u.id) as "passkeys",
  coalesce((select l.level from people.role_level l where l.role = any(u.roles) and l.agency = coalesce(u.area, a.area, u.agency)
    order by array_position(array['sensitive','personal','anonymised'], l.level) limit 1), 'anonymised') as clearance`

interface Row extends Omit<Person, 'permissions' | 'factors'> {
  readonly authenticator: boolean
  readonly passkeys: number
}

function personFrom(row: object): Person {
  const { authenticator, passkeys, ...rest } = present<Row>(row)
  const bare = rest.trained === undefined || !rest.accepted
  return {
    ...rest,
    clearance: rest.clearance as Clearance,
    permissions: bare ? new Set(BARE) : permissionsOf(rest.roles),
    factors: { authenticator, passkeys },
  }
}

async function people(tx: Tx, where: Sql, limit = 500): Promise<Person[]> {
  const rows = await tx.query(sql`select ${COLUMNS} from people.user_account u join people.agency a on a.id = u.agency
    where ${where} order by u.name limit ${limit}`)
  return rows.map(personFrom)
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The user with this id, also when closed; undefined when there is none. */
export const userById = async (tx: Tx, id: string): Promise<Person | undefined> =>
  UUID.test(id) ? (await people(tx, sql`u.id = ${id}::uuid`))[0] : undefined

/** The user with this sign-in name. */
export const userByName = async (tx: Tx, username: string): Promise<Person | undefined> =>
  (await people(tx, sql`u.username = ${username.trim().toLowerCase()}`))[0]

/** The user with this e-mail address; undefined when there is none, or more than one. */
export async function userByAddress(tx: Tx, address: string): Promise<Person | undefined> {
  const found = await people(tx, sql`lower(u.email) = lower(${address.trim()}) and u.closed_at is null`)
  return found.length === 1 ? found[0] : undefined
}

export const userByOidc = async (tx: Tx, issuer: string, subject: string): Promise<Person | undefined> =>
  (await people(tx, sql`u.oidc_issuer = ${issuer} and u.oidc_subject = ${subject}`))[0]

/** The open accounts, of one agency or of all. */
export const listUsers = (tx: Tx, agency?: string): Promise<Person[]> =>
  people(tx, agency === undefined ? sql`u.closed_at is null` : sql`u.agency = ${agency} and u.closed_at is null`)

const withDuty = async (
  tx: Tx,
  agency: string,
  permission: 'disclosure.advise' | 'disclosure.authorise',
): Promise<Person[]> => (await listUsers(tx, agency)).filter((person) => person.permissions.has(permission))

/** The named advisers whom a worker of this agency asks when not sure. */
export const adviserFor = (tx: Tx, agency: string): Promise<Person[]> => withDuty(tx, agency, 'disclosure.advise')

/** Those who may authorise for this agency. */
export const managersOf = (tx: Tx, agency: string): Promise<Person[]> => withDuty(tx, agency, 'disclosure.authorise')

export interface NewUser {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly agency: string
  readonly team?: string | undefined
  readonly jobTitle?: string | undefined
  readonly email?: string | undefined
  readonly roles: readonly string[]
  readonly area?: string | undefined
  readonly manager?: string | undefined
  readonly authorisedBy?: string | undefined
}

/** Adds a user. Gives false when the sign-in name is taken. */
export async function addUser(tx: Tx, user: NewUser, now: Date): Promise<boolean> {
  return (
    (await tx.run(sql`insert into people.user_account (id, username, name, agency, team, job_title, email, roles, area, manager, authorised_by, authorised_on, created_at)
      values (${user.id}::uuid, ${user.username.toLowerCase()}, ${user.name}, ${user.agency}, ${user.team ?? null}, ${user.jobTitle ?? null}, ${user.email ?? null},
        ${[...user.roles]}::text[], ${user.area ?? null}, ${user.manager ?? null}::uuid, ${user.authorisedBy ?? null},
        ${user.authorisedBy === undefined ? null : now}, ${now}) on conflict (username) do nothing`)) === 1
  )
}

export async function changeUser(tx: Tx, user: Omit<NewUser, 'username'>, now: Date): Promise<void> {
  await tx.run(sql`update people.user_account set name = ${user.name}, team = ${user.team ?? null}, job_title = ${user.jobTitle ?? null}, email = ${user.email ?? null},
    roles = ${[...user.roles]}::text[], area = ${user.area ?? null}, manager = ${user.manager ?? null}::uuid,
    authorised_on = case when ${user.authorisedBy ?? null}::text is not null and authorised_by is null then ${now}::date when ${user.authorisedBy ?? null}::text is null then null else authorised_on end,
    authorised_by = ${user.authorisedBy ?? null} where id = ${user.id}::uuid`)
}

/** Closes an account: it stays as the name of what was done, and opens nothing. */
export async function closeUser(tx: Tx, id: string, because: string, now: Date): Promise<void> {
  await tx.run(
    sql`update people.user_account set closed_at = ${now}, closed_because = ${because}, password_hash = null where id = ${id}::uuid`,
  )
  await tx.run(sql`update people.session set ended_at = ${now} where user_id = ${id}::uuid and ended_at is null`)
  await tx.run(sql`update people.api_token set ended_at = ${now} where user_id = ${id}::uuid and ended_at is null`)
  await tx.run(sql`delete from people.passkey where user_id = ${id}::uuid`)
  await tx.run(sql`delete from people.authenticator where user_id = ${id}::uuid`)
  await tx.run(sql`update people.entry set left_on = ${now}::date where user_id = ${id}::uuid and left_on is null`)
}

export async function bindOidc(tx: Tx, id: string, issuer: string, subject: string): Promise<void> {
  await tx.run(
    sql`update people.user_account set oidc_issuer = ${issuer}, oidc_subject = ${subject} where id = ${id}::uuid`,
  )
}
