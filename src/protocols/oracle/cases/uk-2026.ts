import { casesOf, given } from './case.ts'

const proof = { tls: '1.3', mtaSts: true, dmarc: true, checkedOn: '2026-10-20' } as const
const make = casesOf('uk-2026', '2026-11-01', {
  from: {
    kind: 'social-care',
    name: 'A Ng',
    agency: 'kirkvale',
    address: 'a.ng@kirkvale.gov.uk',
    trained: '2026-02-01',
    channel: proof,
  },
  to: [
    {
      kind: 'health',
      name: 'Dr Low',
      role: 'GP',
      address: 'low@practice.example.org',
      needToKnow: 'treating',
      channel: proof,
    },
  ],
  information: ['name', 'nhs-number', 'health'],
  purpose: 'section-47',
  risk: 'significant-harm',
  ground: 'duty-16LA',
  proportionate: true,
})
const calm = { risk: 'none', purpose: 'referral' } as const
const plain = { information: ['name' as const, 'concern' as const] }

export const uk2026 = [
  make('the day before it is in force', { on: '2026-04-28' }, { outcome: 'refuse' }),
  make('the first day in force', { on: '2026-04-29', from: { channel: undefined } }, { outcome: 'share' }),
  make(
    'both channels proved',
    {},
    {
      outcome: 'share',
      level: 'sensitive',
      route: 'secure-email',
      closed: ['email', 'fax', 'text'],
      obligations: ['include-identifier', 'record-decision'],
    },
  ),
  make(
    'the recipient’s channel proves nothing',
    { to: { channel: undefined } },
    { outcome: 'share', closed: ['secure-email', 'email'], open: ['portal'] },
  ),
  make(
    'the sender’s channel proves nothing',
    { from: { channel: undefined } },
    { outcome: 'share', closed: ['secure-email'], open: ['portal'] },
  ),
  make('no DMARC', { to: { channel: { ...proof, dmarc: false } } }, { closed: ['secure-email'] }),
  make('neither MTA-STS nor DANE', { to: { channel: { ...proof, mtaSts: false } } }, { closed: ['secure-email'] }),
  make('TLS 1.1', { to: { channel: { ...proof, tls: '1.1' } } }, { closed: ['secure-email'] }),
  make(
    'TLS not stated',
    { to: { channel: { mtaSts: true, dmarc: true, checkedOn: '2026-10-20' } } },
    { closed: ['secure-email'] },
  ),
  make('TLS 1.2 is enough', { to: { channel: { ...proof, tls: '1.2' } } }, { route: 'secure-email' }),
  make(
    'DANE in place of MTA-STS',
    { to: { channel: { tls: '1.3', dane: true, dmarc: true, checkedOn: '2026-10-20' } } },
    { route: 'secure-email' },
  ),
  make('accredited', { to: { channel: { accredited: true, checkedOn: '2026-10-20' } } }, { route: 'secure-email' }),
  make('checked tomorrow', { to: { channel: { ...proof, checkedOn: '2026-11-02' } } }, { closed: ['secure-email'] }),
  make(
    'a retired domain: gsi',
    { from: { address: 'a.ng@kirkvale.gsi.gov.uk', channel: undefined } },
    { outcome: 'share', closed: ['secure-email'] },
  ),
  make(
    'a retired domain: gcsx',
    { to: { address: 'low@kirkvale.gcsx.gov.uk', channel: undefined } },
    { closed: ['secure-email'] },
  ),
  make(
    'harm to the child by sharing',
    { harmIfSharedGreater: true },
    { outcome: 'hold', needs: ['harm-balance'], cites: ['CA2004-16LA'] },
  ),
  make(
    'harm by sharing, imminent harm too',
    { harmIfSharedGreater: true, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['harm-balance'] },
  ),
  make(
    'harm by sharing, the balance confirmed',
    { harmIfSharedGreater: true, confirmed: ['harm-balance'] },
    { outcome: 'share' },
  ),
  make(
    'fax is retired',
    { route: 'fax', urgent: true, to: { fax: '01632 960000' } },
    { outcome: 'share', route: 'secure-email', closed: ['fax'] },
  ),
  make('no need to know', { to: { needToKnow: undefined } }, { outcome: 'hold', needs: ['need-to-know'] }),
  make(
    'no need to know, imminent harm',
    { to: { needToKnow: undefined }, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['need-to-know'] },
  ),
  make(
    'nothing opens it',
    { ...calm, ...plain, drop: ['ground'] },
    { outcome: 'hold', needsOneOf: ['ground', 'consent', 'explicit-consent'] },
  ),
  make('the duty to share', { ...calm, ...plain }, { outcome: 'share', cites: ['CA2004-16LA'] }),
  make(
    'the safeguarding condition',
    { ...calm, ground: 'safeguarding-sch1-18' },
    { outcome: 'share', level: 'sensitive', obligations: ['record-ground'] },
  ),
  make(
    'the duty reaches no member of the public',
    { ...calm, ...plain, to: { kind: 'public' } },
    { outcomes: ['hold', 'refuse'] },
  ),
  make('a ground of 1998 no longer counts', { ...calm, ...plain, ground: 'employment-law' }, { outcome: 'hold' }),
  make(
    'a ground of West Yorkshire does not count',
    { ...calm, ...plain, ground: 'refused-but-harm' },
    { outcome: 'hold' },
  ),
  make('a ground of Bexley does not count', { ...calm, ...plain, ground: 'public-interest' }, { outcome: 'hold' }),
  make(
    'harm: consent is not needed',
    { drop: ['ground'], consent: [{ ...given, state: 'refused' }] },
    { outcome: 'share', notNeeds: ['ground', 'consent', 'explicit-consent'] },
  ),
  make(
    'the balance',
    { ...calm, ground: 'safeguarding-sch1-18', drop: ['proportionate'] },
    { outcome: 'hold', needs: ['proportionality'] },
  ),
  make('genetic and biometric are special', { information: ['genetic', 'biometric'] }, { level: 'sensitive' }),
  make(
    'school to school: a receipt',
    {
      from: { kind: 'school', name: 'Bo Lin', address: 'bo@kinson.example.sch.uk' },
      to: { kind: 'school', role: 'Safeguarding lead' },
      purpose: 'school-transfer',
      information: ['name', 'school-record', 'concern'],
    },
    { outcome: 'share', obligations: ['confirm-receipt'] },
  ),
  make(
    'a homoglyph proves nothing',
    { to: { address: 'low@nһs.net', channel: undefined } },
    { closed: ['secure-email'] },
  ),
  make(
    'no identifier in a statistic',
    { information: ['statistic'], purpose: 'planning', drop: ['ground'] },
    { level: 'anonymised', notObligations: ['include-identifier'] },
  ),
  make('silence: a member of the public', { to: { kind: 'public' } }, { outcome: 'refuse', level: 'none' }),
]
