// The cast that everyone knows. Alice may; Chelsea may not; Toby is new; Edith's training has run out.
import type { Duty, Role } from '../people/index.ts'

export interface CastMember {
  readonly username: string
  readonly name: string
  readonly agency: string
  readonly team?: string
  readonly jobTitle: string
  readonly roles: readonly (Role | Duty)[]
  readonly area?: string
  readonly manager?: string
  /** Who authorised them beyond their own area or profession (WY-18). */
  readonly authorisedBy?: string
  /** Days since the last information-governance training; absent: never taken. */
  readonly trainedDaysAgo?: number
  /** What a newcomer sees by signing in as them. */
  readonly shows: string
}

/** Everyone in the invented area signs in with this password and the code that the sign-in page shows. */
export const CAST_PASSWORD = 'quiet harbour lantern'

export const CAST: readonly CastMember[] = [
  {
    username: 'alice',
    name: 'Alice Hartley',
    agency: 'kirkvale',
    team: 'kirkvale-assessment',
    jobTitle: 'Social worker',
    roles: ['practitioner'],
    area: 'kirkvale',
    manager: 'bashir',
    trainedDaysAgo: 96,
    shows: 'shares information and checks the register',
  },
  {
    username: 'bashir',
    name: 'Bashir Rafiq',
    agency: 'kirkvale',
    team: 'kirkvale-assessment',
    jobTitle: 'Team manager',
    roles: ['manager', 'gateway-reviewer'],
    area: 'kirkvale',
    trainedDaysAgo: 210,
    shows: 'authorises, and releases mail that was stopped',
  },
  {
    username: 'grace',
    name: 'Grace Okafor',
    agency: 'kirkvale',
    team: 'kirkvale-hub',
    jobTitle: 'Hub duty officer',
    roles: ['practitioner', 'hub-worker'],
    area: 'kirkvale',
    manager: 'bashir',
    trainedDaysAgo: 30,
    shows: 'works the intake of the safeguarding hub',
  },
  {
    username: 'chelsea',
    name: 'Chelsea Firth',
    agency: 'kirkvale',
    jobTitle: 'Performance analyst',
    roles: ['performance-and-quality'],
    trainedDaysAgo: 120,
    shows: 'sees anonymised figures and nothing else',
  },
  {
    username: 'harriet',
    name: 'Harriet Sykes',
    agency: 'kirkvale',
    jobTitle: 'Information-governance lead',
    roles: ['adviser', 'auditor'],
    trainedDaysAgo: 15,
    shows: 'advises those who are not sure; reads the log of acts',
  },
  {
    username: 'imran',
    name: 'Imran Bashir',
    agency: 'kirkvale',
    team: 'kirkvale-protection',
    jobTitle: 'Child protection co-ordinator',
    roles: ['child-protection-coordinator', 'register-keeper'],
    area: 'kirkvale',
    trainedDaysAgo: 150,
    shows: 'keeps Kirkvale’s register',
  },
  {
    username: 'usha',
    name: 'Usha Patel',
    agency: 'kirkvale',
    jobTitle: 'Business support',
    roles: ['administrative-staff', 'user-administrator'],
    trainedDaysAgo: 340,
    shows: 'administers users, the directory and agreements; her training is about to run out',
  },
  {
    username: 'rowena',
    name: 'Rowena Pickles',
    agency: 'kirkvale',
    jobTitle: 'Records officer',
    roles: ['administrative-staff', 'records-officer'],
    trainedDaysAgo: 75,
    shows: 'answers subject-access requests',
  },
  {
    username: 'nadia',
    name: 'Nadia Haddad',
    agency: 'kirkvale',
    team: 'kirkvale-protection',
    jobTitle: 'Conference chair',
    roles: ['conference-chair'],
    area: 'kirkvale',
    trainedDaysAgo: 200,
    shows: 'chairs child protection conferences',
  },
  {
    username: 'edith',
    name: 'Edith Naylor',
    agency: 'kirkvale',
    team: 'kirkvale-assessment',
    jobTitle: 'Social worker',
    roles: ['practitioner'],
    area: 'kirkvale',
    manager: 'bashir',
    trainedDaysAgo: 430,
    shows: 'is held: her training has run out',
  },
  {
    username: 'toby',
    name: 'Toby Clegg',
    agency: 'kirkvale',
    team: 'kirkvale-assessment',
    jobTitle: 'Social worker, new',
    roles: ['practitioner'],
    area: 'kirkvale',
    manager: 'bashir',
    shows: 'is new: no training yet, so nothing is open',
  },
  {
    username: 'victor',
    name: 'Victor Mills',
    agency: 'kirkvale-virtual-school',
    jobTitle: 'Virtual school caseworker',
    roles: ['practitioner'],
    area: 'kirkvale',
    trainedDaysAgo: 88,
    shows: 'sends education plans to carers and schools',
  },
  {
    username: 'dev',
    name: 'Dev Mistry',
    agency: 'marlow-dene',
    team: 'marlow-dene-duty',
    jobTitle: 'Social worker',
    roles: ['practitioner'],
    area: 'marlow-dene',
    trainedDaysAgo: 44,
    shows: 'works in the next area',
  },
  {
    username: 'kasia',
    name: 'Kasia Mazur',
    agency: 'marlow-dene',
    jobTitle: 'Child protection co-ordinator',
    roles: ['child-protection-coordinator', 'register-keeper'],
    area: 'marlow-dene',
    trainedDaysAgo: 61,
    shows: 'keeps Marlow Dene’s register',
  },
  {
    username: 'leroy',
    name: 'Leroy Francis',
    agency: 'thornmere',
    jobTitle: 'Service manager',
    roles: ['manager', 'register-keeper'],
    area: 'thornmere',
    trainedDaysAgo: 180,
    shows: 'keeps Thornmere’s register',
  },
  {
    username: 'wendy',
    name: 'Wendy Akroyd',
    agency: 'sallowby',
    jobTitle: 'Team manager',
    roles: ['manager', 'register-keeper'],
    area: 'sallowby',
    trainedDaysAgo: 240,
    shows: 'works where secure mail is still being set up',
  },
  {
    username: 'colin',
    name: 'Colin Lockwood',
    agency: 'wrenhaugh',
    jobTitle: 'Social worker',
    roles: ['practitioner', 'register-keeper'],
    area: 'wrenhaugh',
    trainedDaysAgo: 130,
    shows: 'works where there is no secure mail; borrows a mailbox',
  },
  {
    username: 'piotr',
    name: 'Piotr Nowak',
    agency: 'five-dales-police',
    team: 'police-response',
    jobTitle: 'Police constable',
    roles: ['referrer'],
    trainedDaysAgo: 53,
    shows: 'sends come-to-notice reports',
  },
  {
    username: 'sinead',
    name: 'Sinéad Doyle',
    agency: 'five-dales-police',
    team: 'police-protection',
    jobTitle: 'Detective sergeant, public protection',
    roles: ['offender-practitioner', 'manager'],
    authorisedBy: 'Harriet Sykes, for joint investigations',
    trainedDaysAgo: 112,
    shows: 'checks the registers; authorised beyond one area',
  },
  {
    username: 'farah',
    name: 'Farah Siddique',
    agency: 'five-dales-health',
    team: 'health-visiting',
    jobTitle: 'Health visitor',
    roles: ['practitioner'],
    area: 'kirkvale',
    trainedDaysAgo: 70,
    shows: 'refers from a surgery',
  },
  {
    username: 'yetunde',
    name: 'Yetunde Balogun',
    agency: 'five-dales-health',
    jobTitle: 'Named nurse for safeguarding',
    roles: ['manager', 'adviser'],
    trainedDaysAgo: 28,
    shows: 'advises and authorises for the trust',
  },
  {
    username: 'martha',
    name: 'Martha Ellis',
    agency: 'hillfoot-academy',
    jobTitle: 'Designated safeguarding lead',
    roles: ['referrer'],
    trainedDaysAgo: 81,
    shows: 'refers from a school without secure mail',
  },
  {
    username: 'yasmin',
    name: 'Yasmin Shah',
    agency: 'lantern-house',
    jobTitle: 'Domestic abuse advocate',
    roles: ['referrer'],
    trainedDaysAgo: 19,
    shows: 'works for a voluntary agency under an agreement',
  },
]

export type CastName = (typeof CAST)[number]['username']

/** The e-mail address of someone in the cast. */
export const castAddress = (member: CastMember, domain: string): string =>
  `${member.name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(' ', '.')
    .replaceAll(/[^a-z.]/g, '')}@${domain}`
