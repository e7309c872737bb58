import { type Sql, sql, type Tx } from '../../platform/index.ts'
import type { Item, Purpose } from '../../protocols/index.ts'
import { present } from './present.ts'

export const AGREEMENT_KINDS = [
  'framework',
  'information-sharing',
  'bilateral',
  'mash',
  'marac',
  'mappa',
  'other',
] as const
export type AgreementKind = (typeof AGREEMENT_KINDS)[number]

/** An information-sharing agreement, as it was signed. */
export interface Agreement {
  readonly id: string
  readonly title: string
  readonly kind: AgreementKind
  /** The framework that it stands under (WY-1). */
  readonly under?: string
  readonly owner: string
  readonly ownerContact: string
  readonly signedOn: string
  readonly reviewOn: string
  readonly endsOn?: string
  /** Empty: every purpose. */
  readonly purposes: readonly Purpose[]
  /** Empty: everything that the protocol lets through. */
  readonly items: readonly Item[]
  readonly conditions: string
  readonly restrictions: string
  readonly jointControllers: boolean
  readonly version: number
  readonly parties: readonly AgreementParty[]
}

export interface AgreementParty {
  readonly agency: string
  readonly agencyName: string
  readonly team?: string
  readonly teamName?: string
  readonly signedBy: string
  readonly signedOn: string
  readonly adviser?: string
  readonly adviserContact?: string
  /** Since when it sends and receives on the secure process (MPS-13). */
  readonly liveOn?: string
  readonly leftOn?: string
}

const COLUMNS = sql`g.id, g.title, g.kind, g.under, g.owner, g.owner_contact as "ownerContact", g.signed_on as "signedOn", g.review_on as "reviewOn", g.ends_on as "endsOn",
  g.purposes, g.items, g.conditions, g.restrictions, g.joint_controllers as "jointControllers", g.version,
  coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('agency', p.agency, 'agencyName', a.name, 'team', p.team, 'teamName', t.name, 'signedBy', p.signed_by, 'signedOn', p.signed_on,
    'adviser', p.adviser, 'adviserContact', p.adviser_contact, 'liveOn', p.live_on, 'leftOn', p.left_on)) order by a.keeps_register desc, a.name)
    from people.agreement_party p join people.agency a on a.id = p.agency left join people.team t on t.id = p.team where p.agreement = g.id), '[]') as parties`

const agreements = async (tx: Tx, where: Sql): Promise<Agreement[]> =>
  (await tx.query(sql`select ${COLUMNS} from people.agreement g where ${where} order by g.review_on, g.id`)).map(
    present<Agreement>,
  )

/** The register of agreements (BEX-63). */
export const listAgreements = (tx: Tx): Promise<Agreement[]> => agreements(tx, sql`true`)
export const agreementById = async (tx: Tx, id: string): Promise<Agreement | undefined> =>
  (await agreements(tx, sql`g.id = ${id}`))[0]
export const agreementsWith = (tx: Tx, agency: string): Promise<Agreement[]> =>
  agreements(tx, sql`exists (select from people.agreement_party q where q.agreement = g.id and q.agency = ${agency})`)

export type AgreementFields = Omit<Agreement, 'version' | 'parties'>

/** Adds an agreement, or changes it when nobody else has since `version`; gives whether it did. */
export async function keepAgreement(tx: Tx, g: AgreementFields, version?: number): Promise<boolean> {
  const values = sql`${g.title}, ${g.kind}, ${g.under ?? null}, ${g.owner}, ${g.ownerContact}, ${g.signedOn}::date, ${g.reviewOn}::date, ${g.endsOn ?? null}::date,
    ${[...g.purposes]}::text[], ${[...g.items]}::text[], ${g.conditions}, ${g.restrictions}, ${g.jointControllers}`
  const touched =
    version === undefined
      ? await tx.run(sql`insert into people.agreement (id, title, kind, under, owner, owner_contact, signed_on, review_on, ends_on, purposes, items, conditions, restrictions, joint_controllers)
          values (${g.id}, ${values}) on conflict (id) do nothing`)
      : await tx.run(sql`update people.agreement set (title, kind, under, owner, owner_contact, signed_on, review_on, ends_on, purposes, items, conditions, restrictions, joint_controllers)
          = row(${values}), version = version + 1 where id = ${g.id} and version = ${version}`)
  return touched === 1
}

export async function keepParty(
  tx: Tx,
  agreement: string,
  p: Omit<AgreementParty, 'agencyName' | 'teamName'>,
): Promise<void> {
  await tx.run(sql`insert into people.agreement_party (agreement, agency, team, signed_by, signed_on, adviser, adviser_contact, live_on, left_on)
    values (${agreement}, ${p.agency}, ${p.team ?? null}, ${p.signedBy}, ${p.signedOn}::date, ${p.adviser ?? null}, ${p.adviserContact ?? null}, ${p.liveOn ?? null}::date, ${p.leftOn ?? null}::date)
    on conflict (agreement, agency, (coalesce(team, ''))) do update set signed_by = excluded.signed_by, signed_on = excluded.signed_on, adviser = excluded.adviser,
      adviser_contact = excluded.adviser_contact, live_on = excluded.live_on, left_on = excluded.left_on`)
}

export interface Uptake {
  readonly agency: string
  readonly agencyName: string
  readonly kind: string
  readonly live: number
  readonly exploring: number
  readonly insecure: number
  readonly agreements: number
  readonly liveOn?: string
}

/** Which agencies are on the secure process, and how many of their entries can be reached by it (MPS-13). `since` is the oldest day on which a proof still counts. */
export async function uptake(tx: Tx, since: string): Promise<Uptake[]> {
  const rows = await tx.query(sql`select a.id as agency, a.name as "agencyName", a.kind,
      count(e.id) filter (where x.state = 'live') as live, count(e.id) filter (where x.state = 'exploring') as exploring, count(e.id) filter (where x.state = 'none') as insecure,
      (select count(distinct agreement) from people.agreement_party p where p.agency = a.id and p.left_on is null) as agreements,
      (select min(live_on) from people.agreement_party p where p.agency = a.id) as "liveOn"
    from people.agency a left join people.entry e on e.agency = a.id and e.left_on is null
    left join people.entry m on m.id = e.mailbox_of
    left join people.mail_domain d on d.domain = lower(split_part(coalesce(m.address, e.address), '@', 2))
    left join lateral (select d.accredited or (d.tls ~ '1\\.[2-9]' and (d.mta_sts or d.dane) and d.dmarc) as proved) q on true
    left join lateral (select case when coalesce(q.proved, false) and d.checked_on >= ${since}::date then 'live' when coalesce(d.exploring, false) then 'exploring' else 'none' end as state) x on true
    where a.closed_on is null group by a.id order by a.keeps_register desc, a.name`)
  return rows.map(present<Uptake>)
}
