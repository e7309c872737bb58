import { sql, type Tx } from '../../platform/index.ts'
import type { MailDomain } from '../rules/channel.ts'
import { present } from './present.ts'

const COLUMNS = sql`domain, tls, mta_sts as "mtaSts", dane, dmarc, accredited, checked_on as "checkedOn", checked_by as "checkedBy", exploring, note`

export async function mailDomain(tx: Tx, domain: string): Promise<MailDomain | undefined> {
  const row = await tx.maybe(sql`select ${COLUMNS} from people.mail_domain where domain = ${domain.toLowerCase()}`)
  return row === undefined ? undefined : present<MailDomain>(row)
}

export const listDomains = async (tx: Tx): Promise<MailDomain[]> =>
  (await tx.query(sql`select ${COLUMNS} from people.mail_domain order by domain`)).map(present<MailDomain>)

/** Keeps what a domain was found to prove on a day. */
export async function keepDomain(tx: Tx, d: MailDomain): Promise<void> {
  await tx.run(sql`insert into people.mail_domain (domain, tls, mta_sts, dane, dmarc, accredited, checked_on, checked_by, exploring, note)
    values (${d.domain.toLowerCase()}, ${d.tls ?? null}, ${d.mtaSts ?? null}, ${d.dane ?? null}, ${d.dmarc ?? null}, ${d.accredited ?? null}, ${d.checkedOn}::date, ${d.checkedBy}, ${d.exploring}, ${d.note ?? null})
    on conflict (domain) do update set tls = excluded.tls, mta_sts = excluded.mta_sts, dane = excluded.dane, dmarc = excluded.dmarc, accredited = excluded.accredited,
      checked_on = excluded.checked_on, checked_by = excluded.checked_by, exploring = excluded.exploring, note = excluded.note`)
}

/** The domains of everyone whom the directory or an account names, in small letters. */
export const addressDomains = async (tx: Tx): Promise<string[]> =>
  (
    await tx.query<{ domain: string }>(sql`select distinct lower(split_part(address, '@', 2)) as domain from (
      select address from people.entry where left_on is null union select email from people.user_account) known
      where address like '%@%' order by domain`)
  ).map(({ domain }) => domain)
