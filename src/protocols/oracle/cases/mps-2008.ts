import { casesOf, given } from './case.ts'

const make = casesOf('mps-2008', '2008-09-01', {
  from: { kind: 'police', name: 'PC Ode', address: 'n.ode@met.pnn.police.uk' },
  to: [
    {
      kind: 'social-care',
      name: 'Yot Duty',
      role: 'Duty officer',
      address: 'yot@merton.cjsm.net',
      needToKnow: 'assesses the notice',
    },
  ],
  information: ['name', 'address', 'concern'],
  purpose: 'ctn-report',
  risk: 'significant-harm',
  proportionate: true,
})
const school = {
  kind: 'school',
  name: 'Mrs Hart',
  role: 'Head teacher',
  address: 'hart@stjohns.example.sch.uk',
  postal: 'School Lane',
} as const
const noSecure = ['secure-email', 'email', 'encrypted-attachment', 'portal', 'fax', 'text'] as const

export const mps2008 = [
  make('MPS-9: the day before it is in force', { on: '2008-03-31' }, { outcome: 'refuse' }),
  make('MPS-9: the first day in force', { on: '2008-04-01' }, { outcome: 'share', route: 'secure-email' }),
  make('MPS-9: long after, still in force', { on: '2012-02-29' }, { outcome: 'share', route: 'secure-email' }),
  make(
    'MPS-1: both secure',
    {},
    {
      outcome: 'share',
      level: 'personal',
      route: 'secure-email',
      closed: ['email', 'fax', 'encrypted-attachment', 'post', 'text'],
      obligations: ['record-decision'],
      cites: ['MPS-1'],
    },
  ),
  make(
    'MPS-1: the sender is not secure',
    { from: { address: 'n.ode@met-mail.example.uk' } },
    { closed: [...noSecure], cites: ['MPS-1'] },
  ),
  make(
    'MPS-1: the recipient is not secure',
    { to: school },
    {
      outcome: 'share',
      route: 'recorded-post',
      open: ['by-hand'],
      closed: [...noSecure],
      obligations: ['named-recipient', 'recorded-delivery', 'recipient-pays'],
      cites: ['MPS-10', 'MPS-11'],
    },
  ),
  make(
    'MPS-1: .gov.uk is not a secure network',
    { to: { address: 'duty@newham.gov.uk' } },
    { outcome: 'share', route: 'by-hand', closed: [...noSecure] },
  ),
  make(
    'MPS-1: capitals count as small letters',
    { to: { address: 'YOT@MERTON.CJSM.NET' }, from: { address: 'N.Ode@Met.PNN.Police.UK' } },
    { outcome: 'share', route: 'secure-email' },
  ),
  make('MPS-1: a suffix that only ends alike', { to: { address: 'yot@notcjsm.net' } }, { closed: ['secure-email'] }),
  make(
    'MPS-1: a secure name in front of a foreign one',
    { to: { address: 'yot@merton.cjsm.net.evil.example' } },
    { closed: ['secure-email'] },
  ),
  make(
    'MPS-1: a hyphen is not a label boundary',
    { to: { address: 'yot@merton-cjsm.net' } },
    { closed: ['secure-email'] },
  ),
  make(
    'MPS-1: a Cyrillic letter in the domain',
    { to: { address: 'yot@merton.сjsm.net' } },
    { closed: ['secure-email'] },
  ),
  make(
    'MPS-1: a Cyrillic letter in the sender’s domain',
    { from: { address: 'n.ode@met.pnn.рolice.uk' } },
    { closed: ['secure-email', 'internal-email'] },
  ),
  make('MPS-1: two at signs', { to: { address: 'yot@evil.example@merton.cjsm.net' } }, { closed: ['secure-email'] }),
  make('MPS-1: not an address', { to: { address: 'merton.cjsm.net' } }, { closed: ['secure-email'] }),
  make(
    'MPS-1: the bare domain of a pattern',
    { to: { address: 'yot@cjsm.net' } },
    { outcome: 'share', route: 'secure-email' },
  ),
  make(
    'MPS-8: restricted goes by secure mail',
    { marking: 'restricted' },
    { outcome: 'share', route: 'secure-email', closed: ['fax', 'recorded-post'] },
  ),
  make(
    'MPS-8: restricted and no secure address',
    { marking: 'restricted', to: school },
    { outcome: 'hold', needs: ['secure-address'], closed: [...noSecure, 'recorded-post', 'by-hand'], cites: ['MPS-8'] },
  ),
  make(
    'MPS-8: restricted is never faxed, however urgent',
    { marking: 'restricted', urgent: true, route: 'fax', to: { fax: '020 7946 0001', address: undefined } },
    { outcome: 'hold', needs: ['secure-address'], closed: ['fax'], cites: ['MPS-8'] },
  ),
  make(
    'MPS-8: confidential is not restricted',
    { marking: 'confidential', to: school },
    { outcome: 'share', route: 'recorded-post' },
  ),
  make(
    'fax is not secure: imminent harm does not open it',
    { risk: 'imminent-harm', urgent: true, route: 'fax', to: { fax: '020 7946 0001' } },
    { outcome: 'share', route: 'secure-email', closed: ['fax'] },
  ),
  make(
    'MPS-10: nobody named and no secure address',
    { to: { ...school, name: undefined } },
    { outcome: 'hold', needs: ['recipient-named'], closed: ['recorded-post', 'by-hand'], cites: ['MPS-10'] },
  ),
  make(
    'MPS-10: an empty name names nobody',
    { to: { ...school, name: '' } },
    { outcome: 'hold', needs: ['recipient-named'] },
  ),
  make(
    'MPS-10: by hand where there is no postal address',
    { to: { ...school, postal: undefined } },
    {
      outcome: 'share',
      route: 'by-hand',
      obligations: ['named-recipient', 'recipient-pays'],
      notObligations: ['recorded-delivery'],
    },
  ),
  make(
    'MPS-10: by hand is proposed',
    { to: school, route: 'by-hand' },
    { outcome: 'share', route: 'by-hand', open: ['recorded-post'], notObligations: ['recorded-delivery'] },
  ),
  make(
    'MPS-10: ordinary post is proposed',
    { to: school, route: 'post' },
    { outcome: 'share', route: 'recorded-post', closed: ['post'] },
  ),
  make('MPS-10: prefers by hand', { to: { ...school, prefers: 'by-hand' } }, { outcome: 'share', route: 'by-hand' }),
  make(
    'MPS-10: proposed goes before preferred',
    { to: { ...school, prefers: 'by-hand' }, route: 'recorded-post' },
    { outcome: 'share', route: 'recorded-post' },
  ),
  make(
    'MPS-4: the box of another team, nobody named',
    { to: { name: undefined } },
    { outcome: 'share', route: 'secure-email' },
  ),
  make(
    'silence: no consent gate',
    { consent: [{ ...given, state: 'refused' }], risk: 'none' },
    { outcome: 'share', notNeeds: ['consent', 'ground'] },
  ),
  make(
    'silence: no training, need-to-know or balance gate',
    { risk: 'none', drop: ['proportionate'], to: { needToKnow: undefined } },
    { outcome: 'share', notNeeds: ['training', 'need-to-know', 'proportionality'] },
  ),
  make(
    'sensitive content, both secure',
    { information: ['name', 'offence', 'mental-health'] },
    { outcome: 'share', level: 'sensitive', route: 'secure-email' },
  ),
  make(
    'MPS-2: and back again',
    {
      from: { kind: 'social-care', name: 'Yot Duty', address: 'yot@merton.cjsm.net' },
      to: { kind: 'police', name: 'PC Ode', address: 'n.ode@met.pnn.police.uk' },
      purpose: 'section-47',
    },
    { outcome: 'share', route: 'secure-email' },
  ),
  make(
    'several: one of them is not secure',
    {
      to: [
        { kind: 'social-care', name: 'A', address: 'yot@merton.cjsm.net' },
        { kind: 'school', address: 'office@school.example' },
      ],
    },
    { outcome: 'hold', recipients: ['share', 'hold'] },
  ),
  make(
    'register is never chosen unasked',
    { to: { address: undefined, name: undefined } },
    { outcomes: ['hold', 'refuse'] },
  ),
  make(
    'register is not of this protocol',
    { route: 'register' },
    { outcome: 'share', route: 'secure-email', closed: ['register'] },
  ),
  make('silence: a member of the public', { to: { kind: 'public' } }, { outcome: 'refuse', level: 'none' }),
]
