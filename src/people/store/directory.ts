import { type Sql, sql, type Tx } from '../../platform/index.ts'
import type { Kind, Route } from '../../protocols/index.ts'
import type { Entry } from '../entry.ts'
import { channelState, type MailDomain } from '../rules/channel.ts'
import { present } from './present.ts'

interface Row extends Omit<Entry, 'state' | 'domain'> {
  readonly d: Record<string, unknown> | null
}

// A worker's own account says what its entry would otherwise have to repeat: training, area, clearance, authorisation.
const columns = (
  user: string,
) => sql`e.id, e.name, e.role, e.kind, e.agency, a.name as "agencyName", e.team, t.name as "teamName", e.known_by as "knownBy",
  e.address, e.fax, e.postal, e.telephone, e.mobile, e.prefers, e.prefers_agreed_on as "prefersAgreedOn", e.prefers_agreed_with as "prefersAgreedWith", e.via,
  e.mailbox_of as "mailboxOf", m.name as "mailboxName", coalesce(m.address, e.address) as "reachedAt", e.list, e.list_owner as "listOwner", e.list_checked_on as "listCheckedOn",
  coalesce((select max(taken_on) from people.training w where w.user_id = e.user_id and w.course = 'information-governance'), e.trained) as trained,
  coalesce(u.area, e.area, a.area, case when a.keeps_register then a.id end) as area, u.authorised_by is not null as authorised,
  coalesce(e.clearance, (select l.level from people.role_level l where l.role = any(u.roles) and l.agency = coalesce(u.area, a.area, u.agency)
    order by array_position(array['sensitive','personal','anonymised'], l.level) limit 1)) as clearance,
  e.user_id as "userId", e.checked_on as "checkedOn", e.left_on as "leftOn", e.version, coalesce(r.times, 0) as times,
  case when d.domain is null then null else jsonb_build_object('domain', d.domain, 'tls', d.tls, 'mtaSts', d.mta_sts, 'dane', d.dane, 'dmarc', d.dmarc,
    'accredited', d.accredited, 'checkedOn', d.checked_on, 'checkedBy', d.checked_by, 'exploring', d.exploring, 'note', d.note) end as d
  from people.entry e left join people.agency a on a.id = e.agency left join people.team t on t.id = e.team
  left join people.entry m on m.id = e.mailbox_of left join people.user_account u on u.id = e.user_id
  left join people.mail_domain d on d.domain = lower(split_part(coalesce(m.address, e.address), '@', 2))
  left join people.usual_recipient r on r.entry = e.id and r.user_id::text = ${user}`

/** Entries of the directory; `user` is whose usual recipients come first, `today` the day on which proofs are judged. */
async function entries(tx: Tx, asker: Asker, where: Sql, limit: number): Promise<Entry[]> {
  const rows = await tx.query(sql`select ${columns(asker.user)} where ${where}
    order by coalesce(r.times, 0) desc, lower(e.name), e.agency, e.role limit ${limit}`)
  return rows.map((row) => {
    const { d, ...rest } = present<Row>(row)
    const domain = d == null ? undefined : present<MailDomain>(d)
    return { ...rest, state: channelState(domain, asker.today), ...(domain === undefined ? {} : { domain }) }
  })
}

export interface Asker {
  readonly user: string
  readonly today: string
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export const entryById = async (tx: Tx, asker: Asker, id: string): Promise<Entry | undefined> =>
  UUID.test(id) ? (await entries(tx, asker, sql`e.id = ${id}::uuid`, 1))[0] : undefined

export const entryOfUser = async (tx: Tx, asker: Asker, user: string): Promise<Entry | undefined> =>
  UUID.test(user) ? (await entries(tx, asker, sql`e.user_id = ${user}::uuid`, 1))[0] : undefined

/** Everyone reached at an address, those who share a mailbox included. */
export const entriesAt = (tx: Tx, asker: Asker, address: string): Promise<Entry[]> =>
  entries(tx, asker, sql`lower(e.address) = lower(${address}) and e.left_on is null`, 20)

export interface Wanted {
  readonly text?: string | undefined
  readonly agency?: string | undefined
  readonly kind?: string | undefined
  readonly limit?: number | undefined
  readonly usual?: boolean | undefined
}

/** Every word must be found somewhere in the name, role, agency, team, address or what sets the entry apart. */
export function findEntries(tx: Tx, asker: Asker, wanted: Wanted): Promise<Entry[]> {
  const words = (wanted.text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)
  const where = words.reduce(
    (so, word) =>
      sql`${so} and lower(concat_ws(' ', e.name, e.role, a.name, t.name, e.address, e.known_by)) like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`,
    sql`e.left_on is null`,
  )
  const of =
    wanted.agency === undefined ? where : sql`${where} and (e.agency = ${wanted.agency} or a.within = ${wanted.agency})`
  const kind = wanted.kind === undefined ? of : sql`${of} and e.kind = ${wanted.kind}`
  return entries(
    tx,
    asker,
    wanted.usual === true ? sql`${kind} and r.times is not null` : kind,
    Math.min(wanted.limit ?? 50, 500),
  )
}

/** Others whose name could be taken for this one's: the same first or last word, or nearly the same name (CUM-13). */
export const namesakes = (tx: Tx, asker: Asker, entry: { id?: string; name: string }): Promise<Entry[]> => {
  const words = entry.name.toLowerCase().split(/\s+/)
  const [first, last] = [words[0] ?? '', words.at(-1) ?? '']
  return entries(
    tx,
    asker,
    sql`e.left_on is null and e.id::text is distinct from ${entry.id ?? null} and (split_part(lower(e.name), ' ', 1) = ${first} or regexp_replace(lower(e.name), '^.*\\s', '') = ${last})`,
    12,
  )
}

export interface EntryFields {
  readonly name: string
  readonly role?: string | undefined
  readonly kind: Kind
  readonly agency?: string | undefined
  readonly team?: string | undefined
  readonly knownBy?: string | undefined
  readonly address?: string | undefined
  readonly fax?: string | undefined
  readonly postal?: string | undefined
  readonly telephone?: string | undefined
  readonly mobile?: string | undefined
  readonly prefers?: Route | undefined
  readonly prefersAgreedOn?: string | undefined
  readonly prefersAgreedWith?: string | undefined
  readonly via?: string | undefined
  readonly mailboxOf?: string | undefined
  readonly list: boolean
  readonly listOwner?: string | undefined
  readonly listCheckedOn?: string | undefined
  readonly trained?: string | undefined
  readonly area?: string | undefined
  readonly userId?: string | undefined
  readonly clearance?: string | undefined
}

const FIELDS = sql`name, role, kind, agency, team, known_by, address, fax, postal, telephone, mobile, prefers, prefers_agreed_on, prefers_agreed_with, via, mailbox_of,
  list, list_owner, list_checked_on, trained, area, user_id, clearance, checked_on`
const valuesOf = (
  f: EntryFields,
  today: string,
) => sql`${f.name}, ${f.role ?? null}, ${f.kind}, ${f.agency ?? null}, ${f.team ?? null}, ${f.knownBy ?? null}, ${f.address ?? null},
  ${f.fax ?? null}, ${f.postal ?? null}, ${f.telephone ?? null}, ${f.mobile ?? null}, ${f.prefers ?? null}, ${f.prefersAgreedOn ?? null}::date, ${f.prefersAgreedWith ?? null}, ${f.via ?? null},
  ${f.mailboxOf ?? null}::uuid, ${f.list}::boolean, ${f.listOwner ?? null}, ${f.listCheckedOn ?? null}::date, ${f.trained ?? null}::date, ${f.area ?? null}, ${f.userId ?? null}::uuid, ${f.clearance ?? null}, ${today}::date`

export async function addEntry(
  tx: Tx,
  id: string,
  fields: EntryFields,
  by: { actor: string; now: Date },
): Promise<void> {
  const today = by.now.toISOString().slice(0, 10)
  await tx.run(
    sql`insert into people.entry (id, added_at, added_by, ${FIELDS}) values (${id}::uuid, ${by.now}, ${by.actor}, ${valuesOf(fields, today)})`,
  )
}

/** Changes an entry when nobody else has since `version`; gives whether it did. */
export async function changeEntry(
  tx: Tx,
  id: string,
  fields: EntryFields,
  version: number,
  today: string,
): Promise<boolean> {
  return (
    (await tx.run(
      sql`update people.entry set (${FIELDS}) = row(${valuesOf(fields, today)}), version = version + 1 where id = ${id}::uuid and version = ${version}`,
    )) === 1
  )
}

export async function retireEntry(tx: Tx, id: string, today: string): Promise<void> {
  await tx.run(sql`update people.entry set left_on = ${today}::date, version = version + 1 where id = ${id}::uuid`)
}

export async function countRecipient(tx: Tx, user: string, entry: string, now: Date): Promise<void> {
  await tx.run(sql`insert into people.usual_recipient as r (user_id, entry, times, last_at) values (${user}::uuid, ${entry}::uuid, 1, ${now})
    on conflict (user_id, entry) do update set times = r.times + 1, last_at = excluded.last_at`)
}
