import { type Sql, sql, type Tx } from '../../platform/index.ts'
import type { Agency, Team } from '../agencies.ts'
import { present } from './present.ts'

const COLUMNS = sql`id, name, kind, keeps_register as "keepsRegister", area, within, hub_telephone as "hubTelephone", hub_hours as "hubHours",
  telephone, fax, postal, protocol, closed_on as "closedOn", version`

const agencies = async (tx: Tx, where: Sql): Promise<Agency[]> =>
  (await tx.query(sql`select ${COLUMNS} from people.agency where ${where} order by keeps_register desc, name`)).map(
    present<Agency>,
  )

/** Every agency that is not closed, authorities first. */
export const listAgencies = (tx: Tx): Promise<Agency[]> => agencies(tx, sql`closed_on is null`)

/** The authorities: those that keep a register. */
export const authorities = (tx: Tx): Promise<Agency[]> => agencies(tx, sql`keeps_register and closed_on is null`)

export const agencyById = async (tx: Tx, id: string): Promise<Agency | undefined> =>
  (await agencies(tx, sql`id = ${id}`))[0]

export async function teamsOf(tx: Tx, agency?: string): Promise<Team[]> {
  return tx.query<Team>(
    sql`select id, agency, name from people.team where ${agency ?? null}::text is null or agency = ${agency ?? null} order by name`,
  )
}

/** Adds or changes an agency; `version` guards against two who change it at once. Gives false when it was changed meanwhile. */
export async function keepAgency(tx: Tx, agency: Omit<Agency, 'version'>, version?: number): Promise<boolean> {
  const a = agency
  const values = sql`${a.name}, ${a.kind}, ${a.keepsRegister}, ${a.area ?? null}, ${a.within ?? null}, ${a.hubTelephone ?? null}, ${a.hubHours ?? null},
    ${a.telephone ?? null}, ${a.fax ?? null}, ${a.postal ?? null}, ${a.protocol ?? null}, ${a.closedOn ?? null}`
  const touched =
    version === undefined
      ? await tx.run(sql`insert into people.agency (id, name, kind, keeps_register, area, within, hub_telephone, hub_hours, telephone, fax, postal, protocol, closed_on)
          values (${a.id}, ${values}) on conflict (id) do nothing`)
      : await tx.run(sql`update people.agency set (name, kind, keeps_register, area, within, hub_telephone, hub_hours, telephone, fax, postal, protocol, closed_on)
          = row(${values}), version = version + 1 where id = ${a.id} and version = ${version}`)
  return touched === 1
}

export async function keepTeam(tx: Tx, team: Team): Promise<void> {
  await tx.run(sql`insert into people.team (id, agency, name) values (${team.id}, ${team.agency}, ${team.name})
    on conflict (id) do update set name = excluded.name`)
}

/** Which level each authority gives each role (WY-32). */
export const roleLevels = (tx: Tx, agency: string): Promise<{ role: string; level: string }[]> =>
  tx.query(sql`select role, level from people.role_level where agency = ${agency} order by role`)

export async function keepRoleLevel(tx: Tx, agency: string, role: string, level: string, setBy: string): Promise<void> {
  await tx.run(sql`insert into people.role_level (agency, role, level, set_by) values (${agency}, ${role}, ${level}, ${setBy})
    on conflict (agency, role) do update set level = excluded.level, set_by = excluded.set_by, set_at = now()`)
}
