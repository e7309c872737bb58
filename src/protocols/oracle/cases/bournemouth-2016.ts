import { casesOf } from './case.ts'

const make = casesOf('bournemouth-2016', '2016-10-01', {
  from: {
    kind: 'education',
    name: 'Pat Kay',
    agency: 'bournemouth',
    address: 'pat.kay@bournemouth.gov.uk',
    trained: '2014-05-01',
  },
  to: [
    {
      kind: 'social-care',
      name: 'Lee Ash',
      role: 'Social worker',
      agency: 'bournemouth',
      address: 'lee.ash@bournemouth.gov.uk',
      needToKnow: 'allocated',
    },
  ],
  information: ['name', 'pep'],
  purpose: 'pep',
  proportionate: true,
})
const school = {
  kind: 'school',
  name: 'Di Orr',
  role: 'Designated teacher',
  address: 'di.orr@winton.example.sch.uk',
  agency: undefined,
} as const
const carer = {
  kind: 'carer',
  name: 'Al Moss',
  role: 'Foster carer',
  address: 'al.moss@yahoo.co.uk',
  agency: undefined,
  postal: '4 Sea Road',
  needToKnow: 'cares for the child',
} as const
const move = {
  from: {
    kind: 'school',
    name: 'Bo Lin',
    address: 'bo.lin@kinson.example.sch.uk',
    trained: '2016-01-10',
    agency: undefined,
  },
  to: school,
  purpose: 'school-transfer',
  information: ['name', 'school-record', 'education'],
} as const
const moved = { ...move, information: [...move.information] }

export const bournemouth2016 = [
  make('the day before it is in force', { on: '2015-12-31' }, { outcome: 'refuse' }),
  make('the first day in force', { on: '2016-01-01' }, { outcome: 'share' }),
  make(
    'BOU-3: inside, by initials',
    {},
    {
      outcome: 'share',
      level: 'personal',
      route: 'internal-email',
      obligations: ['initials-only', 'record-decision'],
      closed: ['fax', 'text', 'email', 'encrypted-attachment', 'portal', 'meeting'],
      cites: ['BOU-3'],
    },
  ),
  make(
    'BOU-3: capitals',
    { to: { address: 'LEE.ASH@Bournemouth.GOV.uk' } },
    { outcome: 'share', route: 'internal-email' },
  ),
  make(
    'BOU-3: a look-alike in another script',
    { to: { address: 'lee.ash@bоurnemouth.gov.uk' } },
    { closed: ['internal-email'] },
  ),
  make(
    'BOU-3: a suffix attack',
    { to: { address: 'lee.ash@bournemouth.gov.uk.evil.example' } },
    { closed: ['internal-email'] },
  ),
  make(
    'BOU-3: notbournemouth.gov.uk',
    { to: { address: 'lee.ash@notbournemouth.gov.uk' } },
    { closed: ['internal-email'] },
  ),
  make(
    'BOU-3: the agency does not make it internal',
    { to: { address: 'lee.ash@example.org' } },
    { route: 'secure-email', closed: ['internal-email'] },
  ),
  make(
    'BOU-4: the gateway reaches any address',
    { to: school },
    {
      outcome: 'share',
      route: 'secure-email',
      closed: ['internal-email', 'email', 'portal', 'encrypted-attachment'],
      cites: ['BOU-4'],
    },
  ),
  make(
    'BOU-4: ordinary e-mail proposed',
    { to: school, route: 'email' },
    { outcome: 'share', route: 'secure-email', closed: ['email'] },
  ),
  make(
    'BOU-4: no need to know',
    { to: { ...school, needToKnow: undefined } },
    { outcome: 'hold', needs: ['need-to-know'], cites: ['BOU-4'] },
  ),
  make(
    'BOU-4: imminent harm does not lift need to know',
    { to: { ...school, needToKnow: undefined }, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['need-to-know'] },
  ),
  make(
    'BOU-7: no need to know, inside',
    { to: { needToKnow: undefined } },
    { outcome: 'hold', needs: ['need-to-know'] },
  ),
  make(
    'BOU-1: never trained',
    { from: { trained: undefined } },
    { outcome: 'hold', needs: ['training'], route: 'internal-email', cites: ['BOU-1'] },
  ),
  make(
    'BOU-2: trained three years and a day ago',
    { from: { trained: '2013-09-30' } },
    { outcome: 'hold', needs: ['training'], cites: ['BOU-2'] },
  ),
  make('BOU-2: trained a day less than three years ago', { from: { trained: '2013-10-02' } }, { outcome: 'share' }),
  make('BOU-2: trained today', { from: { trained: '2016-10-01' } }, { outcome: 'share' }),
  make('BOU-2: trained in the future', { from: { trained: '2016-10-02' } }, { outcome: 'hold', needs: ['training'] }),
  make(
    'BOU-2: imminent harm lifts training',
    { from: { trained: undefined }, risk: 'imminent-harm' },
    { outcome: 'share', notNeeds: ['training'] },
  ),
  make(
    'BOU-2: significant harm does not lift training',
    { from: { trained: undefined }, risk: 'significant-harm' },
    { outcome: 'hold', needs: ['training'] },
  ),
  make('BOU-2: confirmed', { from: { trained: undefined }, confirmed: ['training'] }, { outcome: 'share' }),
  make('BOU-2: the recipient’s training is not asked', { to: { trained: '2001-01-01' } }, { outcome: 'share' }),
  make(
    'BOU-5: by telephone to a colleague',
    { to: { ...school, telephone: '01202 555000' }, route: 'telephone' },
    { outcome: 'share', route: 'telephone', obligations: ['verify-identity'], cites: ['BOU-5'] },
  ),
  make(
    'BOU-5: a text is not a telephone call',
    { to: { ...school, telephone: '01202 555000' }, route: 'text' },
    { outcome: 'share', route: 'secure-email', closed: ['text'] },
  ),
  make(
    'fax is closed by silence',
    { to: { ...school, fax: '01202 555001' }, route: 'fax', urgent: true },
    { outcome: 'share', route: 'secure-email', closed: ['fax'] },
  ),
  make(
    'BOU-8, 9: a PEP to the carers',
    { to: carer },
    { outcome: 'share', route: 'secure-email', obligations: ['offer-correction'], cites: ['BOU-9'] },
  ),
  make(
    'BOU-12: the post was agreed',
    { to: { ...carer, prefers: 'post' } },
    { outcome: 'share', route: 'post', obligations: ['return-address', 'offer-correction'], cites: ['BOU-10'] },
  ),
  make(
    'BOU-12: by the supervising social worker',
    { to: { ...carer, prefers: 'by-hand', via: 'the supervising social worker' } },
    { outcome: 'share', route: 'by-hand', cites: ['BOU-12'] },
  ),
  make(
    'BOU-12: the post was agreed, secure mail proposed',
    { to: { ...carer, prefers: 'post' }, route: 'secure-email' },
    { outcome: 'share', route: 'secure-email' },
  ),
  make(
    'BOU-12: a fax cannot be agreed',
    { to: { ...carer, prefers: 'fax', fax: '01202 555009' } },
    { outcome: 'share', route: 'secure-email', closed: ['fax'] },
  ),
  make(
    'BOU-10: particularly sensitive goes by recorded delivery',
    { to: { ...carer, prefers: 'post' }, information: ['pep', 'mental-health'] },
    { outcome: 'share', closed: ['post'], open: ['recorded-post'], cites: ['BOU-10'] },
  ),
  make(
    'BOU-10: recorded delivery with a return label',
    { to: { ...carer, address: undefined }, information: ['pep', 'health'], route: 'recorded-post' },
    { outcome: 'share', route: 'recorded-post', obligations: ['recorded-delivery', 'return-address'] },
  ),
  make(
    'BOU-10: no postal address',
    { to: { ...carer, postal: undefined, prefers: 'post' } },
    { closed: ['post', 'recorded-post'], route: 'secure-email' },
  ),
  make(
    'BOU-15: from school to school by the portal',
    { ...moved },
    { outcome: 'share', route: 'portal', closed: ['email', 'encrypted-attachment'], cites: ['BOU-15'] },
  ),
  make(
    'BOU-16: the caseworker to the designated teacher',
    { to: school, purpose: 'school-transfer', information: ['name', 'education', 'services-provided'] },
    { outcome: 'share', route: 'secure-email', closed: ['portal'], cites: ['BOU-16'] },
  ),
  make(
    'silence: consent is never asked',
    { consent: [{ person: 'mother', age: 30, state: 'refused' }] },
    { outcome: 'share', notNeeds: ['consent', 'ground', 'proportionality'] },
  ),
  make('silence: the balance is never asked', { drop: ['proportionate'] }, { outcome: 'share' }),
  make(
    'several: one without a need to know',
    {
      to: [
        { kind: 'school', name: 'Di', role: 'Teacher', address: 'di@w.example', needToKnow: 'teaches' },
        { kind: 'school', name: 'Ed', role: 'Teacher', address: 'ed@w.example' },
      ],
    },
    { outcome: 'hold', recipients: ['share', 'hold'] },
  ),
  make(
    'sensitive inside',
    { information: ['name', 'health'] },
    { outcome: 'share', level: 'sensitive', route: 'internal-email', obligations: ['initials-only'] },
  ),
  make('silence: a member of the public', { to: { kind: 'public' } }, { outcome: 'refuse', level: 'none' }),
]
