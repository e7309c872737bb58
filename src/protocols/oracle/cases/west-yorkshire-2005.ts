import { casesOf } from './case.ts'

const make = casesOf('west-yorkshire-2005', '2005-03-01', {
  from: { kind: 'social-care', agency: 'wakefield', area: 'wakefield' },
  to: [
    {
      kind: 'social-care',
      name: 'Jo Webb',
      role: 'staff working with children who may have been abused',
      area: 'wakefield',
      clearance: 'personal',
      needToKnow: 'bruising seen today',
    },
  ],
  information: ['name', 'registration', 'family'],
  purpose: 'register-check',
  ground: 'register-check',
  route: 'register',
  proportionate: true,
})
const school = { kind: 'school', name: 'Head' } as const
const leeds = { area: 'leeds' } as const
const parent = { person: 'mother', age: 30, state: 'given' } as const
const none = { drop: ['ground' as const] }

export const westYorkshire2005 = [
  make('the day before it is in force', { on: '2004-12-31' }, { outcome: 'refuse' }),
  make('the first day in force', { on: '2005-01-01' }, { outcome: 'share' }),
  make('WY-34: the day of review', { on: '2005-09-30' }, { outcome: 'share' }),
  make('WY-34: overdue for review is not out of force', { on: '2005-10-01' }, { outcome: 'share' }),
  make(
    'WY-19: own area, personal',
    {},
    {
      outcome: 'share',
      level: 'personal',
      items: ['name', 'registration', 'family'],
      route: 'register',
      obligations: ['no-onward-use', 'record-decision'],
      cites: ['WY-19'],
    },
  ),
  make(
    'WY-18: another authority’s social care',
    { to: leeds },
    {
      outcome: 'hold',
      level: 'none',
      withheld: ['name', 'registration', 'family'],
      needs: ['manager-authorisation'],
      cites: ['WY-18'],
    },
  ),
  make(
    'WY-18: another authority’s, specifically authorised',
    { to: { ...leeds, authorised: true } },
    { outcome: 'share', items: ['name', 'registration', 'family'] },
  ),
  make(
    'WY-18: a school, not authorised',
    { to: school },
    {
      outcome: 'hold',
      level: 'none',
      withheld: ['name', 'registration', 'family'],
      needs: ['manager-authorisation'],
      cites: ['WY-18'],
    },
  ),
  make(
    'WY-18: imminent harm does not lift access levels',
    { to: school, risk: 'imminent-harm' },
    { outcome: 'hold', level: 'none', needs: ['manager-authorisation'] },
  ),
  make(
    'WY-18: the police, authorised',
    { to: { kind: 'police', name: 'DC Rao', authorised: true } },
    { outcome: 'share', items: ['name', 'registration', 'family'] },
  ),
  make(
    'WY-18: areas that nobody stated are not the same',
    { from: { area: undefined }, to: { area: undefined } },
    { outcome: 'hold', level: 'none', needs: ['manager-authorisation'] },
  ),
  make(
    'WY-18: an asker without an area',
    { to: { area: undefined } },
    { outcome: 'hold', level: 'none', needs: ['manager-authorisation'] },
  ),
  make(
    'WY-18: authorised is false',
    { to: { ...school, authorised: false } },
    { outcome: 'hold', level: 'none', needs: ['manager-authorisation'] },
  ),
  make(
    'WY-18: a count may be seen',
    { to: school, information: ['statistic'], purpose: 'planning', ...none, drop: ['ground', 'route'] },
    { level: 'anonymised', items: ['statistic'] },
  ),
  make(
    'WY-18: of a mixture only the count',
    { to: school, information: ['name', 'statistic'] },
    { level: 'anonymised', items: ['statistic'], withheld: ['name'] },
  ),
  make(
    'WY-32: authorised, yet the role carries nothing',
    { to: { ...school, authorised: true, clearance: undefined } },
    { level: 'none', withheld: ['name', 'registration', 'family'], outcomes: ['refuse', 'hold'] },
  ),
  make(
    'WY-32: authorised, cleared for anonymised',
    { to: { ...school, authorised: true, clearance: 'anonymised' } },
    { level: 'none', outcomes: ['refuse', 'hold'] },
  ),
  make(
    'WY-27: a school never sees the Schedule One indicator',
    { to: { ...school, authorised: true, clearance: 'sensitive' }, information: ['name', 'schedule-one-indicator'] },
    { outcome: 'share', level: 'personal', items: ['name'], withheld: ['schedule-one-indicator'], cites: ['WY-27'] },
  ),
  make(
    'WY-27: nor do the police',
    {
      to: { kind: 'police', name: 'DC', authorised: true, clearance: 'sensitive' },
      information: ['schedule-one-indicator'],
    },
    { outcome: 'refuse', level: 'none', withheld: ['schedule-one-indicator'], cites: ['WY-27'] },
  ),
  make(
    'WY-27: nor under imminent harm',
    {
      to: { ...school, authorised: true, clearance: 'sensitive' },
      information: ['name', 'schedule-one-indicator'],
      risk: 'imminent-harm',
    },
    { withheld: ['schedule-one-indicator'] },
  ),
  make(
    'WY-27: authorised social services staff do',
    { to: { authorised: true, clearance: 'sensitive' }, information: ['name', 'schedule-one-indicator'] },
    { outcome: 'share', level: 'sensitive', items: ['name', 'schedule-one-indicator'] },
  ),
  make(
    'WY-27: with the personal level they do not',
    { to: { authorised: true, clearance: 'personal' }, information: ['name', 'schedule-one-indicator'] },
    { withheld: ['schedule-one-indicator'], items: ['name'] },
  ),
  make(
    'WY-17: the sensitive level brings the personal',
    { to: { clearance: 'sensitive' } },
    { outcome: 'share', items: ['name', 'registration', 'family'] },
  ),
  make(
    'WY-26: that there is a history, not the history',
    {
      information: ['looked-after-indicator', 'looked-after-history'],
      to: { clearance: 'sensitive', authorised: true },
    },
    { outcome: 'share', items: ['looked-after-indicator'], withheld: ['looked-after-history'], cites: ['WY-26'] },
  ),
  make(
    'WY-28: a field that the system does not specify',
    { information: ['name', 'nhs-number', 'financial'] },
    { outcome: 'share', items: ['name'], withheld: ['nhs-number', 'financial'], cites: ['WY-28'] },
  ),
  make(
    'WY-28: the date of birth is not among them',
    { information: ['name', 'date-of-birth'] },
    { withheld: ['date-of-birth'], items: ['name'] },
  ),
  make(
    'WY-28: health is not among them, whatever the level',
    { information: ['name', 'health'], to: { clearance: 'sensitive', authorised: true } },
    { withheld: ['health'], items: ['name'] },
  ),
  make(
    'WY-14: planning sees anonymised only',
    { purpose: 'planning', information: ['name', 'statistic'], drop: ['route'] },
    { level: 'anonymised', items: ['statistic'], withheld: ['name'], cites: ['WY-14'] },
  ),
  make(
    'WY-14: planning with names only',
    { purpose: 'planning', information: ['name'], drop: ['route'] },
    { outcome: 'refuse', level: 'none', withheld: ['name'], cites: ['WY-14'] },
  ),
  make(
    'WY-14: harm does not open planning',
    { purpose: 'planning', information: ['name'], risk: 'imminent-harm', drop: ['route'] },
    { outcome: 'refuse', level: 'none' },
  ),
  make(
    'WY-10: neither consent nor ground',
    { ...none },
    { outcome: 'hold', needsOneOf: ['ground', 'consent'], cites: ['WY-10'] },
  ),
  make('WY-10: a parent consented', { ...none, consent: [parent] }, { outcome: 'share' }),
  make(
    'WY-12: refused, and no ground',
    { ...none, consent: [{ ...parent, state: 'refused' }] },
    { outcome: 'hold', needs: ['ground'] },
  ),
  make(
    'WY-12: refused, and yet harm',
    { consent: [{ ...parent, state: 'refused' }], ground: 'refused-but-harm' },
    { outcome: 'share', obligations: ['record-ground'] },
  ),
  make(
    'WY-12: asking would put the child at risk',
    { ground: 'risk-in-seeking-consent', purpose: 'section-47' },
    { outcome: 'share' },
  ),
  make('WY-12: to build a picture', { ground: 'build-a-picture' }, { outcome: 'share' }),
  make('WY-12: a crime', { ground: 'crime' }, { outcome: 'share' }),
  make('WY-12: a professional judgement', { ground: 'judgement-of-significant-harm' }, { outcome: 'share' }),
  make('WY-12: the register is checked', {}, { outcome: 'share', cites: ['WY-35'] }),
  make('grounds of another protocol: Schedule 3', { ground: 'vital-interests' }, { outcome: 'hold' }),
  make('grounds of another protocol: Bexley', { ground: 'public-interest' }, { outcome: 'hold' }),
  make('grounds of another protocol: today', { ground: 'duty-16LA' }, { outcome: 'hold' }),
  make(
    'WY-9: significant harm needs neither',
    { ...none, risk: 'significant-harm' },
    { outcome: 'share', notNeeds: ['ground', 'consent'] },
  ),
  make(
    'WY-13: a competent fifteen-year-old consents',
    { ...none, consent: [{ person: 'child', age: 15, state: 'given', competent: true }] },
    { outcome: 'share', cites: ['WY-13'] },
  ),
  make(
    'WY-13: fifteen, nobody judged the competence',
    { ...none, consent: [{ person: 'child', age: 15, state: 'given' }] },
    { outcome: 'hold', needsOneOf: ['ground', 'consent'] },
  ),
  make(
    'WY-13: sixteen is competent unless said otherwise',
    { ...none, consent: [{ person: 'child', age: 16, state: 'given' }] },
    { outcome: 'share' },
  ),
  make(
    'WY-13: a competent child refuses, the mother consents',
    { ...none, consent: [parent, { person: 'child', age: 14, state: 'refused', competent: true }] },
    { outcome: 'hold', needs: ['ground'] },
  ),
  make(
    'WY-13: a child who is not competent refuses, the mother consents',
    { ...none, consent: [parent, { person: 'child', age: 6, state: 'refused' }] },
    { outcome: 'share' },
  ),
  make('need to know', { to: { needToKnow: undefined } }, { outcome: 'hold', needs: ['need-to-know'] }),
  make(
    'need to know under imminent harm',
    { to: { needToKnow: undefined }, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['need-to-know'] },
  ),
  make('the balance', { drop: ['proportionate'] }, { outcome: 'hold', needs: ['proportionality'] }),
  make('the balance under harm', { drop: ['proportionate'], risk: 'significant-harm' }, { outcome: 'share' }),
  make(
    'WY-4: by telephone',
    { route: 'telephone', to: { telephone: '01924 555000' } },
    { outcome: 'share', route: 'telephone' },
  ),
  make('WY-4: by fax', { route: 'fax', to: { fax: '01924 555001' } }, { outcome: 'share', route: 'fax' }),
  make('register is not chosen unasked', { drop: ['route'], to: { telephone: '01924 555000' } }, { outcome: 'share' }),
  make(
    'ordinary e-mail of a name',
    {
      route: 'email',
      from: { address: 'a@wakefield.gov.uk' },
      to: { address: 'jo@wakefield.gov.uk', telephone: '01924 555000' },
    },
    { closed: ['email'] },
  ),
  make(
    'confirmed authorisation opens',
    { to: school, confirmed: ['manager-authorisation'] },
    { outcome: 'share', items: ['name', 'registration', 'family'] },
  ),
  make(
    'silence: a member of the public',
    { to: { kind: 'public', authorised: true, clearance: 'sensitive' } },
    { outcome: 'refuse', level: 'none' },
  ),
  make(
    'subject access is no way round consent',
    { purpose: 'subject-access', drop: ['ground', 'route'], consent: [{ ...parent, state: 'withdrawn' }] },
    { outcome: 'hold', needs: ['ground'] },
  ),
]
