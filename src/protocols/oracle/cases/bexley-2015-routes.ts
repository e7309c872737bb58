import { insecure, make, plain } from './bexley-2015-usual.ts'
import { given } from './case.ts'

const school = {
  kind: 'school',
  name: 'Mo Field',
  role: 'Head',
  address: 'mo@school.example.sch.uk',
  needToKnow: 'delivers the plan',
} as const
const fromPlain = { ...insecure, to: school }

export const bexley2015Routes = [
  make('BEX-39: .gov.uk is not secure', { ...insecure }, { closed: ['secure-email', 'email'], cites: ['BEX-39'] }),
  make(
    'BEX-39: nhs.uk is not secure, nhs.net is',
    { to: { kind: 'health', address: 'gp@practice.nhs.uk' } },
    { closed: ['secure-email', 'email'] },
  ),
  make(
    'BEX-39: nhs.net itself',
    { to: { kind: 'health', address: 'gp@nhs.net' } },
    { outcome: 'share', route: 'secure-email', closed: ['portal'] },
  ),
  make(
    'BEX-39: below nhs.net',
    { to: { kind: 'health', address: 'gp@leeds.NHS.net' } },
    { outcome: 'share', route: 'secure-email' },
  ),
  make('BEX-39: notpolice.uk', { to: { address: 'rao@notpolice.uk' } }, { closed: ['secure-email'] }),
  make(
    'BEX-39: police.uk.evil.example',
    { to: { address: 'rao@police.uk.evil.example' } },
    { closed: ['secure-email'] },
  ),
  make('BEX-39: a Cyrillic р', { to: { address: 'rao@рolice.uk' } }, { closed: ['secure-email'] }),
  make(
    'BEX-39: an A-label that is not police',
    { to: { address: 'rao@xn--olice-xye.uk' } },
    { closed: ['secure-email'] },
  ),
  make(
    'BEX-39: a secure name before the at sign',
    { to: { address: 'rao.police.uk@evil.example' } },
    { closed: ['secure-email'] },
  ),
  make(
    'BEX-39: a display name is not an address',
    { to: { address: '"rao@met.pnn.police.uk" <x@evil.example>' } },
    { closed: ['secure-email'] },
  ),
  make(
    'BEX-41: secure to insecure',
    { to: school, ...plain },
    { closed: ['secure-email', 'email', 'encrypted-attachment', 'internal-email'], cites: ['BEX-41'] },
  ),
  make(
    'BEX-41: insecure to secure',
    { ...insecure, ...plain },
    { closed: ['secure-email', 'email', 'encrypted-attachment'], cites: ['BEX-41'] },
  ),
  make(
    'BEX-41: from GCSX to a colleague on bexley.gov.uk',
    { to: { kind: 'social-care', address: 'pat@bexley.gov.uk' } },
    { closed: ['secure-email', 'internal-email', 'email', 'encrypted-attachment'] },
  ),
  make(
    'BEX-38: same organisation',
    { ...insecure, to: { kind: 'social-care', address: 'pat@bexley.gov.uk' } },
    { outcome: 'share', route: 'internal-email', obligations: ['mark-confidential'], cites: ['BEX-38'] },
  ),
  make(
    'BEX-38: the domain decides, not the agency',
    { ...insecure, to: { kind: 'social-care', agency: 'bexley', address: 'pat@pat.example.org' } },
    { closed: ['internal-email'] },
  ),
  make(
    'BEX-42: web mail for schools',
    { ...fromPlain, ...plain },
    {
      outcome: 'share',
      route: 'portal',
      open: ['encrypted-attachment', 'by-hand', 'meeting'],
      closed: ['email', 'secure-email', 'fax', 'post', 'text', 'telephone'],
    },
  ),
  make(
    'BEX-43: no web mail to nhs.net',
    { ...insecure, ...plain, to: { kind: 'health', address: 'gp@nhs.net', postal: '1 High Street' }, route: 'portal' },
    { closed: ['portal'], cites: ['BEX-43'] },
  ),
  make(
    'BEX-43: no web mail to pnn',
    { ...insecure, ...plain, route: 'portal' },
    { closed: ['portal'], cites: ['BEX-43'] },
  ),
  make(
    'BEX-44: a protected document over ordinary mail',
    { ...fromPlain, ...plain, route: 'encrypted-attachment' },
    {
      outcome: 'share',
      route: 'encrypted-attachment',
      obligations: ['password-by-another-route', 'mark-confidential'],
      cites: ['BEX-44'],
    },
  ),
  make(
    'BEX-46: by meeting',
    { ...fromPlain, ...plain, route: 'meeting' },
    {
      outcome: 'share',
      route: 'meeting',
      obligations: ['confidentiality-agreement', 'invited-only'],
      cites: ['BEX-46', 'BEX-61'],
    },
  ),
  make(
    'BEX-47: by hand',
    { ...fromPlain, ...plain, route: 'by-hand' },
    { route: 'by-hand', obligations: ['sign-out'], cites: ['BEX-47'] },
  ),
  make(
    'BEX-48: by recorded delivery',
    { ...fromPlain, ...plain, to: { ...school, postal: 'School Lane' }, route: 'recorded-post' },
    {
      route: 'recorded-post',
      obligations: ['double-envelope', 'return-address', 'no-outer-marking', 'recorded-delivery'],
      closed: ['post'],
      cites: ['BEX-48'],
    },
  ),
  make(
    'BEX-48: ordinary post proposed',
    { ...fromPlain, ...plain, to: { ...school, postal: 'School Lane' }, route: 'post' },
    { outcome: 'share', route: 'portal', closed: ['post'] },
  ),
  make(
    'BEX-49: fax is not acceptable',
    { ...fromPlain, ...plain, to: { ...school, fax: '020 7946 0002' }, route: 'fax' },
    { outcome: 'share', route: 'portal', closed: ['fax'], cites: ['BEX-49'] },
  ),
  make(
    'an agreed route',
    { ...fromPlain, ...plain, to: { ...school, prefers: 'meeting' } },
    { outcome: 'share', route: 'meeting' },
  ),
  make(
    'an agreed route that is closed',
    { ...fromPlain, ...plain, to: { ...school, prefers: 'text', telephone: '07700 900123' } },
    { outcome: 'share', route: 'portal', closed: ['text'] },
  ),
  make(
    'an outsider in copy',
    {
      ...fromPlain,
      ...plain,
      to: [school, { kind: 'voluntary', name: 'Zoe', role: 'Helper', address: 'zoe@aid.example.org' }],
    },
    { outcome: 'hold', needs: ['need-to-know'], recipients: ['share', 'hold'] },
  ),
  make(
    'harmIfSharedGreater is not of this protocol',
    { harmIfSharedGreater: true },
    { outcome: 'share', notNeeds: ['harm-balance'] },
  ),
  make('silence: training', { from: { trained: '1999-01-01' } }, { outcome: 'share', notNeeds: ['training'] }),
  make(
    'confirmed: the ground',
    { consent: [{ ...given, state: 'refused' }], confirmed: ['ground'] },
    { outcome: 'share', notNeeds: ['ground'] },
  ),
]
