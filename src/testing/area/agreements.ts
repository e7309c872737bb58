import type { AgreementFields } from '../../people/index.ts'

type Days = 'signedOn' | 'reviewOn' | 'endsOn'
/** An agreement of the invented area; days are counted from today, backwards below nothing. */
export interface InventedAgreement extends Omit<AgreementFields, Days> {
  readonly signed: number
  readonly review: number
  readonly ends?: number
  readonly parties: readonly {
    readonly agency: string
    readonly team?: string
    readonly signedBy: string
    readonly adviser?: string
    readonly live?: number
  }[]
}

const AUTHORITIES = ['kirkvale', 'marlow-dene', 'thornmere', 'sallowby', 'wrenhaugh'] as const
const director: Record<(typeof AUTHORITIES)[number], string> = {
  kirkvale: 'Margaret Stead, Director',
  'marlow-dene': 'Anil Trivedi, Director',
  thornmere: 'Carol Haigh, Director',
  sallowby: 'Philip Dyson, Director',
  wrenhaugh: 'Elspeth Bell, Director',
}
const adviser = (agency: string): string =>
  agency === 'kirkvale' ? 'Harriet Sykes' : `Information-governance lead, ${agency}`
const authorities = (live: Partial<Record<string, number>> = {}): InventedAgreement['parties'] =>
  AUTHORITIES.map((agency) => ({
    agency,
    signedBy: director[agency],
    adviser: adviser(agency),
    ...(live[agency] === undefined ? {} : { live: live[agency]! }),
  }))
const partner = (agency: string, signedBy: string, live?: number) => ({
  agency,
  signedBy,
  ...(live === undefined ? {} : { live }),
})
const police = partner('five-dales-police', 'Assistant Chief Constable Niall Byrne', -420)
const health = partner('five-dales-health', 'Yetunde Balogun, named nurse', -400)

const owner = { owner: 'Harriet Sykes, Kirkvale Council', ownerContact: 'harriet.sykes@kirkvale.example, 01632 960404' }
const children = {
  conditions: 'Only to protect children and promote their welfare, by trained staff, for a reason stated each time.',
  restrictions: 'Not passed on except to protect a child; not used for anything else.',
}

export const AGREEMENTS: readonly InventedAgreement[] = [
  {
    id: 'five-dales-framework',
    title: 'Five Dales framework for sharing information',
    kind: 'framework',
    ...owner,
    ...children,
    signed: -900,
    review: 195,
    purposes: [],
    items: ['statistic'],
    jointControllers: false,
    parties: [
      ...authorities(),
      police,
      health,
      partner('five-dales-probation', 'Head of service'),
      partner('lantern-house', 'Kezia Francis, service manager'),
    ],
  },
  {
    id: 'linked-registers',
    title: 'Linked child protection registers',
    kind: 'information-sharing',
    under: 'five-dales-framework',
    ...owner,
    ...children,
    signed: -640,
    review: 90,
    purposes: ['register-check', 'section-47', 'section-17', 'referral'],
    items: [],
    jointControllers: true,
    parties: [...authorities({ kirkvale: -600, 'marlow-dene': -590, thornmere: -410 }), police, health],
  },
  {
    id: 'kirkvale-mash',
    title: 'Multi-agency safeguarding hub',
    kind: 'mash',
    under: 'five-dales-framework',
    ...owner,
    ...children,
    signed: -480,
    review: 34,
    purposes: ['section-47', 'section-17', 'referral', 'ctn-report', 'conference'],
    items: [],
    jointControllers: false,
    parties: [
      partner('kirkvale', 'Margaret Stead, Director', -470),
      police,
      health,
      partner('five-dales-probation', 'Head of service'),
      partner('hillfoot-academy', 'Headteacher'),
      partner('netherbeck-primary', 'Headteacher'),
      partner('st-brannocks', 'Sister Bernadette Quinn'),
    ],
  },
  {
    id: 'five-dales-marac',
    title: 'Multi-agency risk assessment conference',
    kind: 'marac',
    under: 'five-dales-framework',
    owner: 'Sinéad Doyle, Five Dales Police',
    ownerContact: 'sinead.doyle@police.five-dales.example',
    ...children,
    signed: -700,
    review: -18,
    purposes: ['crime-prevention', 'section-47', 'referral'],
    items: [],
    jointControllers: false,
    parties: [
      ...authorities(),
      police,
      health,
      partner('lantern-house', 'Kezia Francis, service manager'),
      partner('dene-homes', 'Tom Greenwood, tenancy manager'),
    ],
  },
  {
    id: 'five-dales-mappa',
    title: 'Multi-agency public protection arrangements',
    kind: 'mappa',
    under: 'five-dales-framework',
    owner: 'Five Dales Probation',
    ownerContact: 'renee.samuels@probation.five-dales.example',
    ...children,
    signed: -380,
    review: 350,
    purposes: ['crime-prevention', 'section-47'],
    items: [],
    jointControllers: false,
    parties: [partner('five-dales-probation', 'Head of service'), police, ...authorities()],
  },
  {
    id: 'hub-police-bilateral',
    title: 'Kirkvale hub and public protection unit',
    kind: 'bilateral',
    under: 'kirkvale-mash',
    ...owner,
    signed: -460,
    review: 270,
    conditions: 'General information and section 47 referrals, between these two teams only.',
    restrictions: 'No other team of either agency.',
    purposes: ['general', 'section-47'],
    items: [],
    jointControllers: false,
    parties: [
      { agency: 'kirkvale', team: 'kirkvale-hub', signedBy: 'Bashir Rafiq', live: -450 },
      { agency: 'five-dales-police', team: 'police-protection', signedBy: 'Sinéad Doyle', live: -450 },
    ],
  },
  {
    id: 'virtual-school-plans',
    title: 'Education plans of looked-after children',
    kind: 'information-sharing',
    under: 'five-dales-framework',
    owner: 'Victor Mills, Kirkvale Virtual School',
    ownerContact: 'victor.mills@kirkvale.example',
    signed: -210,
    review: 155,
    conditions: 'Only about looked-after children and only what concerns their education.',
    restrictions: 'Not kept on personal devices.',
    purposes: ['pep', 'education-support', 'school-transfer'],
    items: [
      'name',
      'date-of-birth',
      'gender',
      'language',
      'upn',
      'education',
      'pep',
      'school-record',
      'looked-after-indicator',
      'services-provided',
    ],
    jointControllers: false,
    parties: [
      partner('kirkvale-virtual-school', 'Victor Mills', -200),
      partner('kirkvale', 'Margaret Stead, Director', -200),
      partner('hillfoot-academy', 'Headteacher'),
      partner('netherbeck-primary', 'Headteacher'),
      partner('marlow-dene-high', 'Hetal Desai'),
    ],
  },
  {
    id: 'rehousing-pilot',
    title: 'Rehousing of families at risk (pilot, ended)',
    kind: 'information-sharing',
    owner: 'Anil Trivedi, Marlow Dene Council',
    ownerContact: 'anil.trivedi@marlow-dene.example',
    ...children,
    signed: -800,
    review: -300,
    ends: -120,
    purposes: ['section-17', 'general'],
    items: [],
    jointControllers: false,
    parties: [
      partner('marlow-dene', 'Anil Trivedi, Director'),
      partner('dene-homes', 'Tom Greenwood, tenancy manager'),
    ],
  },
]
