import type { Agency, MailDomain, Team } from '../../people/index.ts'

export const AREA_NAME = 'Kirkvale and the Five Dales'
export const AREA_PROTOCOL = 'kirkvale-2026'

/** Numbers in the block that Ofcom keeps for drama: nobody answers there. */
export const telephone = (last: number): string => `01632 960${String(last).padStart(3, '0')}`
export const mobile = (last: number): string => `07700 900${String(last).padStart(3, '0')}`

type Invented = Omit<Agency, 'version'> & { readonly domain?: string }

const authority = (id: string, name: string, town: string, number: number, postcode: string): Invented => ({
  id,
  name,
  kind: 'social-care',
  keepsRegister: true,
  hubTelephone: telephone(number),
  hubHours: 'Day and night; after five and at weekends the emergency duty team answers',
  telephone: telephone(number + 1),
  fax: telephone(number + 2),
  postal: `Children’s Services, Civic Hall, ${town}, ${postcode}`,
  protocol: AREA_PROTOCOL,
  domain: `${id}.example`,
})

export const AGENCIES: readonly Invented[] = [
  authority('kirkvale', 'Kirkvale Council', 'Kirkvale', 110, 'KV1 1AA'),
  authority('marlow-dene', 'Marlow Dene Council', 'Marlow Dene', 120, 'MD1 1AA'),
  authority('thornmere', 'Thornmere Council', 'Thornmere', 130, 'TH1 1AA'),
  authority('sallowby', 'Sallowby Council', 'Sallowby', 140, 'SB1 1AA'),
  authority('wrenhaugh', 'Wrenhaugh Council', 'Wrenhaugh', 150, 'WH1 1AA'),
  {
    id: 'five-dales-police',
    name: 'Five Dales Police',
    kind: 'police',
    keepsRegister: false,
    telephone: telephone(200),
    postal: 'Police Headquarters, Nelson Street, Kirkvale, KV2 3BD',
    protocol: AREA_PROTOCOL,
    domain: 'police.five-dales.example',
  },
  {
    id: 'five-dales-health',
    name: 'Five Dales Health Trust',
    kind: 'health',
    keepsRegister: false,
    telephone: telephone(210),
    fax: telephone(211),
    postal: 'Trust House, Park Avenue, Kirkvale, KV4 2EF',
    protocol: AREA_PROTOCOL,
    domain: 'health.five-dales.example',
  },
  {
    id: 'five-dales-probation',
    name: 'Five Dales Probation',
    kind: 'probation',
    keepsRegister: false,
    telephone: telephone(220),
    postal: '2 Cross Street, Kirkvale, KV2 4GH',
    protocol: AREA_PROTOCOL,
    domain: 'probation.five-dales.example',
  },
  {
    id: 'five-dales-court',
    name: 'Five Dales Family Court',
    kind: 'court',
    keepsRegister: false,
    telephone: telephone(230),
    postal: 'The Court House, Market Place, Kirkvale, KV1 2JK',
    domain: 'court.five-dales.example',
  },
  {
    id: 'kirkvale-virtual-school',
    name: 'Kirkvale Virtual School',
    kind: 'education',
    keepsRegister: false,
    area: 'kirkvale',
    within: 'kirkvale',
    telephone: telephone(113),
    postal: 'Civic Hall, Kirkvale, KV1 1AA',
    protocol: AREA_PROTOCOL,
    domain: 'kirkvale.example',
  },
  {
    id: 'hillfoot-academy',
    name: 'Hillfoot Academy',
    kind: 'school',
    keepsRegister: false,
    area: 'kirkvale',
    telephone: telephone(300),
    postal: 'Hillfoot Lane, Kirkvale, KV5 5LM',
    protocol: AREA_PROTOCOL,
    domain: 'hillfoot-academy.example',
  },
  {
    id: 'netherbeck-primary',
    name: 'Netherbeck Primary School',
    kind: 'school',
    keepsRegister: false,
    area: 'kirkvale',
    telephone: telephone(310),
    postal: 'Beck Side, Netherbeck, KV3 6NP',
    protocol: AREA_PROTOCOL,
    domain: 'netherbeck-primary.example',
  },
  {
    id: 'st-brannocks',
    name: 'St Brannock’s Catholic Primary School',
    kind: 'school',
    keepsRegister: false,
    area: 'kirkvale',
    telephone: telephone(320),
    postal: 'Chapel Street, Shawgate, KV7 1QR',
    protocol: AREA_PROTOCOL,
    domain: 'st-brannocks.example',
  },
  {
    id: 'marlow-dene-high',
    name: 'Marlow Dene High School',
    kind: 'school',
    keepsRegister: false,
    area: 'marlow-dene',
    telephone: telephone(330),
    postal: 'Grange Road, Marlow Dene, MD2 4ST',
    protocol: AREA_PROTOCOL,
    domain: 'marlow-dene-high.example',
  },
  {
    id: 'dene-homes',
    name: 'Dene Homes',
    kind: 'housing',
    keepsRegister: false,
    area: 'marlow-dene',
    telephone: telephone(340),
    postal: 'Wharf Side, Dene Bridge, MD4 7UW',
    protocol: AREA_PROTOCOL,
    domain: 'dene-homes.example',
  },
  {
    id: 'lantern-house',
    name: 'Lantern House',
    kind: 'voluntary',
    keepsRegister: false,
    telephone: telephone(350),
    postal: 'PO Box 6, Kirkvale, KV1 9XY',
    protocol: AREA_PROTOCOL,
    domain: 'lantern-house.example',
  },
]

export const TEAMS: readonly Team[] = [
  { id: 'kirkvale-hub', agency: 'kirkvale', name: 'Safeguarding hub' },
  { id: 'kirkvale-assessment', agency: 'kirkvale', name: 'Assessment team' },
  { id: 'kirkvale-protection', agency: 'kirkvale', name: 'Child protection team' },
  { id: 'kirkvale-fostering', agency: 'kirkvale', name: 'Fostering team' },
  { id: 'marlow-dene-duty', agency: 'marlow-dene', name: 'Duty team' },
  { id: 'thornmere-duty', agency: 'thornmere', name: 'Duty team' },
  { id: 'sallowby-duty', agency: 'sallowby', name: 'Duty team' },
  { id: 'wrenhaugh-duty', agency: 'wrenhaugh', name: 'Duty team' },
  { id: 'wrenhaugh-youth-justice', agency: 'wrenhaugh', name: 'Youth justice team' },
  { id: 'police-response', agency: 'five-dales-police', name: 'Response' },
  { id: 'police-protection', agency: 'five-dales-police', name: 'Public protection unit' },
  { id: 'health-visiting', agency: 'five-dales-health', name: 'Health visiting' },
  { id: 'school-nursing', agency: 'five-dales-health', name: 'School nursing' },
]

/** What each domain has proved; `daysAgo` since somebody looked. */
export const DOMAINS: readonly (Omit<MailDomain, 'checkedOn' | 'checkedBy'> & { readonly daysAgo: number })[] = [
  ...[
    'kirkvale.example',
    'marlow-dene.example',
    'police.five-dales.example',
    'court.five-dales.example',
    'youth-justice.wrenhaugh.example',
  ].map((domain, index) => ({
    domain,
    tls: '1.3',
    mtaSts: true,
    dmarc: true,
    exploring: false,
    daysAgo: 4 + index,
  })),
  { domain: 'thornmere.example', tls: '1.2', dane: true, dmarc: true, exploring: false, daysAgo: 12 },
  {
    domain: 'health.five-dales.example',
    tls: '1.2',
    accredited: true,
    dmarc: true,
    exploring: false,
    daysAgo: 20,
    note: 'On the accredited list (DCB1596)',
  },
  {
    domain: 'probation.five-dales.example',
    tls: '1.2',
    mtaSts: true,
    dmarc: true,
    exploring: false,
    daysAgo: 203,
    note: 'Proved once; nobody has looked since',
  },
  {
    domain: 'sallowby.example',
    tls: '1.2',
    mtaSts: false,
    dmarc: true,
    exploring: true,
    daysAgo: 9,
    note: 'MTA-STS is in testing mode; enforcement is planned',
  },
  {
    domain: 'netherbeck-primary.example',
    tls: '1.2',
    mtaSts: false,
    dmarc: false,
    exploring: true,
    daysAgo: 33,
    note: 'The school’s provider has been asked',
  },
  { domain: 'wrenhaugh.example', tls: '1.1', mtaSts: false, dmarc: false, exploring: false, daysAgo: 15 },
  { domain: 'hillfoot-academy.example', tls: '1.2', mtaSts: false, dmarc: true, exploring: false, daysAgo: 40 },
]

/** Mail that anyone can open an account with, in the invented area. */
export const WEBMAIL_DOMAIN = 'quickmail.example'

/** Which level each authority gives each of the nine roles (WY-32). Sallowby and Wrenhaugh are stricter. */
const LEVELS = {
  'child-protection-coordinator': 'sensitive',
  'senior-management': 'personal',
  'administrative-staff': 'personal',
  manager: 'sensitive',
  practitioner: 'sensitive',
  'offender-practitioner': 'sensitive',
  referrer: 'personal',
  'conference-chair': 'sensitive',
  'performance-and-quality': 'anonymised',
} as const
const STRICTER = {
  'administrative-staff': 'anonymised',
  'senior-management': 'anonymised',
  'offender-practitioner': 'personal',
} as const

export const ROLE_LEVELS: readonly { readonly agency: string; readonly role: string; readonly level: string }[] =
  AGENCIES.flatMap(({ id }) =>
    Object.entries(id === 'sallowby' || id === 'wrenhaugh' ? { ...LEVELS, ...STRICTER } : LEVELS).map(
      ([role, level]) => ({ agency: id, role, level }),
    ),
  )
