import type { EntryFields } from '../../people/index.ts'
import { CAST, castAddress } from '../cast.ts'
import { AGENCIES, mobile, telephone, WEBMAIL_DOMAIN } from './agencies.ts'

/** An entry of the invented directory; `key` names it within this file, `mailbox` the key of the entry whose mailbox it uses. */
export interface InventedEntry
  extends Omit<EntryFields, 'mailboxOf' | 'userId' | 'listCheckedOn' | 'prefersAgreedOn' | 'trained'> {
  readonly key: string
  readonly username?: string
  readonly mailbox?: string
  readonly listCheckedDaysAgo?: number
  readonly agreedDaysAgo?: number
  readonly trainedDaysAgo?: number
}

const agencyOf = (id: string) => AGENCIES.find((one) => one.id === id)
const person = (
  key: string,
  name: string,
  agency: string,
  role: string,
  more: Partial<InventedEntry> = {},
): InventedEntry => {
  const known = agencyOf(agency)
  return {
    key,
    name,
    agency,
    role,
    kind: known?.kind ?? 'public',
    list: false,
    address: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@${known?.domain ?? 'nowhere.example'}`,
    ...(known?.postal === undefined ? {} : { postal: known.postal }),
    ...more,
  }
}

const OF_THE_CAST: readonly InventedEntry[] = CAST.map((member, index) => {
  const agency = agencyOf(member.agency)
  return {
    key: member.username,
    username: member.username,
    name: member.name,
    role: member.jobTitle,
    agency: member.agency,
    ...(member.team === undefined ? {} : { team: member.team }),
    kind: agency?.kind ?? 'public',
    list: false,
    address: castAddress(member, agency?.domain ?? 'nowhere.example'),
    telephone: telephone(400 + index),
    mobile: mobile(400 + index),
    ...(agency?.postal === undefined ? {} : { postal: agency.postal }),
    ...(agency?.fax === undefined ? {} : { fax: agency.fax }),
    ...(member.username === 'colin' ? { mailbox: 'youth-justice' } : {}),
  }
})

export const ENTRIES: readonly InventedEntry[] = [
  ...OF_THE_CAST,
  // Several Daves, who are easily taken for one another (CUM-13).
  person('dave-hv', 'Dave Walker', 'five-dales-health', 'Health visitor', {
    team: 'health-visiting',
    knownBy: 'Health visitor for Netherbeck; works Mondays to Wednesdays',
    telephone: telephone(501),
  }),
  person('dave-housing', 'Dave Walker', 'dene-homes', 'Housing officer', {
    knownBy: 'Tenancies at Dene Bridge; not the health visitor',
    telephone: telephone(502),
    fax: telephone(503),
  }),
  person('dave-police', 'Dave Walters', 'five-dales-police', 'Detective constable', {
    team: 'police-protection',
    knownBy: 'Public protection unit, Thornmere office',
    telephone: telephone(504),
  }),
  // Teams and their mailboxes.
  person('hub', 'Kirkvale safeguarding hub', 'kirkvale', 'Duty desk', {
    team: 'kirkvale-hub',
    address: 'safeguarding.hub@kirkvale.example',
    telephone: telephone(110),
    knownBy: 'Referrals for Kirkvale, day and night',
  }),
  person('marlow-hub', 'Marlow Dene duty team', 'marlow-dene', 'Duty desk', {
    team: 'marlow-dene-duty',
    address: 'childrens.duty@marlow-dene.example',
    telephone: telephone(120),
  }),
  person('thornmere-hub', 'Thornmere duty team', 'thornmere', 'Duty desk', {
    team: 'thornmere-duty',
    address: 'childrens.duty@thornmere.example',
    telephone: telephone(130),
  }),
  person('sallowby-hub', 'Sallowby duty team', 'sallowby', 'Duty desk', {
    team: 'sallowby-duty',
    address: 'childrens.duty@sallowby.example',
    telephone: telephone(140),
    fax: telephone(142),
  }),
  person('youth-justice', 'Wrenhaugh youth justice team', 'wrenhaugh', 'Secure mailbox', {
    team: 'wrenhaugh-youth-justice',
    address: 'secure@youth-justice.wrenhaugh.example',
    telephone: telephone(155),
    knownBy: 'Its secure mailbox is also used by the duty team, by agreement',
  }),
  person('wrenhaugh-hub', 'Wrenhaugh duty team', 'wrenhaugh', 'Duty desk', {
    team: 'wrenhaugh-duty',
    address: 'childrens.duty@wrenhaugh.example',
    telephone: telephone(150),
    mailbox: 'youth-justice',
  }),
  person('police-ppu', 'Public protection unit', 'five-dales-police', 'Referral desk', {
    team: 'police-protection',
    address: 'protection.referrals@police.five-dales.example',
    telephone: telephone(201),
  }),
  // Health.
  person('gp', 'Dr Anjali Mehta', 'five-dales-health', 'General practitioner', {
    knownBy: 'Albert Street Surgery',
    telephone: telephone(212),
    fax: telephone(213),
  }),
  person('paediatrician', 'Dr Kelechi Obi', 'five-dales-health', 'Consultant paediatrician', {
    telephone: telephone(214),
  }),
  person('school-nurse', 'Una Gallagher', 'five-dales-health', 'School nurse', {
    team: 'school-nursing',
    telephone: telephone(215),
  }),
  // Schools without secure mail, and a generic mailbox that nobody owns.
  person('netherbeck-dsl', 'Siân Prosser', 'netherbeck-primary', 'Designated safeguarding lead', {
    address: 'sian.prosser@netherbeck-primary.example',
    telephone: telephone(311),
  }),
  person('netherbeck-office', 'Netherbeck school office', 'netherbeck-primary', 'Office', {
    address: 'office@netherbeck-primary.example',
    telephone: telephone(310),
    knownBy: 'Read by whoever is in the office',
  }),
  person('st-brannocks-head', 'Sister Bernadette Quinn', 'st-brannocks', 'Headteacher', {
    telephone: telephone(321),
    fax: telephone(322),
  }),
  person('marlow-high-dt', 'Hetal Desai', 'marlow-dene-high', 'Designated teacher', { telephone: telephone(331) }),
  // Others.
  person('probation', 'Renee Samuels', 'five-dales-probation', 'Probation officer', { telephone: telephone(221) }),
  person('court', 'Listing office', 'five-dales-court', 'Court officer', {
    address: 'listing.office@court.five-dales.example',
    telephone: telephone(231),
  }),
  person('housing-manager', 'Tom Greenwood', 'dene-homes', 'Tenancy manager', { telephone: telephone(341) }),
  person('lantern-manager', 'Kezia Francis', 'lantern-house', 'Service manager', {
    telephone: telephone(351),
    clearance: 'personal',
  }),
  // Lists: one owned and checked, one that nobody has looked at for a long time (CUM-12).
  person('marac-list', 'MARAC attendees', 'kirkvale', 'Distribution list', {
    address: 'marac.attendees@kirkvale.example',
    list: true,
    listOwner: 'Bashir Rafiq',
    listCheckedDaysAgo: 24,
  }),
  person('core-group-list', 'Netherbeck core group', 'kirkvale', 'Distribution list', {
    address: 'netherbeck.core.group@kirkvale.example',
    list: true,
    listOwner: 'nobody named',
    listCheckedDaysAgo: 410,
  }),
  // Foster carers and their agreed routes (BOU-12).
  carer('beaumont', 'Joan Beaumont', 'joan.beaumont', '14 Fell View, Shawgate, KV6 4PN', {
    prefers: 'by-hand',
    via: 'Ruth Ormerod, supervising social worker',
    agreedDaysAgo: 140,
    prefersAgreedWith: 'Ruth Ormerod',
  }),
  carer('akhtar', 'Rukhsana Akhtar', 'rukhsana.akhtar', '3 Weaver Street, Kirkvale, KV3 5TH', {
    prefers: 'recorded-post',
    agreedDaysAgo: 60,
    prefersAgreedWith: 'Ruth Ormerod',
  }),
  carer('krol', 'Beata Król', 'beata.krol', '27 Moorland View, Lowfold, KV8 2DE', {
    prefers: 'portal',
    agreedDaysAgo: 12,
    prefersAgreedWith: 'Victor Mills',
  }),
]

function carer(
  key: string,
  name: string,
  mailbox: string,
  postal: string,
  more: Partial<InventedEntry>,
): InventedEntry {
  return {
    key,
    name,
    role: 'Foster carer',
    kind: 'carer',
    area: 'kirkvale',
    list: false,
    address: `${mailbox}@${WEBMAIL_DOMAIN}`,
    postal,
    telephone: telephone(600 + key.length),
    ...more,
  }
}
