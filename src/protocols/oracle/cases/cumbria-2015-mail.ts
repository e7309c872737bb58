import { mail, make, zipped } from './cumbria-2015-usual.ts'

const colleague = {
  kind: 'social-care',
  name: 'Jo Pike',
  role: 'Social worker',
  address: 'jo.pike@cumbria.gov.uk',
} as const

export const cumbria2015Mail = [
  make(
    'CUM-26: internal mail, as an attachment',
    { to: colleague },
    { route: 'internal-email', obligations: [...mail, 'attachment-only', 'attachment-statement'], cites: ['CUM-26'] },
  ),
  make(
    'CUM-26: internal by the domain, not by the agency',
    { to: { ...colleague, agency: 'cumbria', address: 'jo.pike@pike.example.org' } },
    { closed: ['internal-email'] },
  ),
  make(
    'CUM-26: a look-alike is not internal',
    { to: { ...colleague, address: 'jo.pike@cumbria.gov.uk.example.org' } },
    { closed: ['internal-email'] },
  ),
  make(
    'CUM-26: a hyphen is not internal',
    { to: { ...colleague, address: 'jo.pike@my-cumbria.gov.uk' } },
    { closed: ['internal-email'] },
  ),
  make(
    'CUM-26: the wrong script is not internal',
    { to: { ...colleague, address: 'jo.pike@cumbriа.gov.uk' } },
    { closed: ['internal-email', 'secure-email'] },
  ),
  make(
    'CUM-34: the sender’s webmail',
    { from: { address: 'b.hill@gmail.com' } },
    { closed: ['email', 'encrypted-attachment', 'secure-email', 'internal-email'], cites: ['CUM-34'] },
  ),
  make(
    'CUM-34: webmail to the same webmail is not internal',
    { from: { address: 'b.hill@gmail.com' }, to: { address: 'ed.roe@gmail.com' } },
    { closed: ['email', 'encrypted-attachment', 'internal-email'] },
  ),
  make(
    'CUM-35: a carer’s webmail',
    { to: { kind: 'carer', address: 'al.moss@HOTMAIL.co.uk' }, ...zipped },
    { closed: ['email', 'secure-email', 'encrypted-attachment'], cites: ['CUM-35'] },
  ),
  make(
    'CUM-35: a generic address',
    { to: { address: 'info@lakeshousing.example.org' }, ...zipped },
    { closed: ['email', 'secure-email', 'encrypted-attachment'], cites: ['CUM-35'] },
  ),
  make(
    'CUM-35: a generic address in capitals',
    { to: { address: 'INFO@lakeshousing.example.org' } },
    { closed: ['encrypted-attachment'] },
  ),
  make(
    'CUM-35: imminent harm does not open webmail',
    { to: { address: 'ed@yahoo.co.uk' }, risk: 'imminent-harm' },
    { closed: ['email', 'encrypted-attachment'] },
  ),
  make(
    'CUM-35: notgmail.com.example.org is no webmail',
    { to: { address: 'ed@gmail.com.example.org' } },
    { closed: ['secure-email'] },
  ),
  make(
    'secure mail between two secure networks',
    { from: { address: 'b.hill@cumbria.gsx.gov.uk' }, to: { address: 'ed@court.cjsm.net', kind: 'probation' } },
    { route: 'secure-email' },
  ),
  make(
    'secure mail to one end only',
    { to: { address: 'ed@court.cjsm.net', kind: 'probation' } },
    { closed: ['secure-email'] },
  ),
  make(
    'CUM-36: a fax that is not urgent',
    { information: ['name', 'address'], to: { fax: '01228 555000' }, route: 'fax' },
    { outcomes: ['share', 'hold'] },
  ),
  make(
    'CUM-36: the only way is a fax, not urgent',
    {
      information: ['name', 'address'],
      to: { fax: '01228 555000', address: undefined, name: undefined },
      route: 'fax',
    },
    { outcome: 'hold', needs: ['urgency'], cites: ['CUM-36'] },
  ),
  make(
    'CUM-36: an urgent fax of an address',
    { information: ['name', 'address'], urgent: true, to: { fax: '01228 555000' }, route: 'fax' },
    {
      route: 'fax',
      obligations: ['cover-sheet', 'confirm-number', 'confirm-receipt', 'log-transmission'],
      notNeeds: ['urgency'],
    },
  ),
  make(
    'CUM-39: no fax of mental health, however urgent',
    { information: ['name', 'mental-health'], urgent: true, to: { fax: '01228 555000' }, route: 'fax' },
    { outcome: 'share', route: 'portal', closed: ['fax', 'text'], cites: ['CUM-39'] },
  ),
  make(
    'CUM-39: no fax of safeguarding content',
    {
      information: ['name', 'incident-detail'],
      urgent: true,
      risk: 'imminent-harm',
      to: { fax: '01228 555000' },
      route: 'fax',
    },
    { closed: ['fax'] },
  ),
  make(
    'CUM-39: no fax of a concern',
    { information: ['name', 'concern'], urgent: true, to: { fax: '01228 555000' }, route: 'fax' },
    { closed: ['fax'] },
  ),
  make(
    'CUM-39: fax only, mental health',
    {
      information: ['name', 'mental-health'],
      urgent: true,
      to: { fax: '01228 555000', address: undefined, name: undefined },
      route: 'fax',
    },
    { outcome: 'refuse', closed: ['fax'] },
  ),
  make(
    'CUM-46: no text of anything sensitive',
    { information: ['name', 'health'], to: { telephone: '07700 900123' }, route: 'text' },
    { outcome: 'share', route: 'portal', closed: ['text'], cites: ['CUM-46'] },
  ),
  make(
    'no address at all',
    { to: { address: undefined } },
    { closed: ['portal', 'encrypted-attachment', 'email', 'internal-email', 'secure-email'] },
  ),
  make(
    'CUM-15: an outsider in copy without a need to know',
    {
      to: [
        {
          kind: 'housing',
          name: 'Ed Roe',
          role: 'Tenancy officer',
          address: 'ed.roe@lakeshousing.example.org',
          needToKnow: 'arranges the move',
        },
        { kind: 'voluntary', name: 'Zoe', role: 'Helper', address: 'zoe@aid.example.org' },
      ],
    },
    { outcome: 'hold', needs: ['need-to-know'], recipients: ['share', 'hold'] },
  ),
  make(
    'CUM-17: several recipients',
    {
      ...zipped,
      to: [
        {
          kind: 'housing',
          name: 'Ed Roe',
          role: 'Tenancy officer',
          address: 'ed.roe@lakeshousing.example.org',
          needToKnow: 'arranges the move',
        },
        { kind: 'health', name: 'Zoe Quill', role: 'Nurse', address: 'zoe@trust.example.org', needToKnow: 'nurse' },
      ],
    },
    { outcome: 'share', obligations: ['hide-addresses', 'address-individually'] },
  ),
  make(
    'CUM-3: financial information is personal',
    { information: ['financial', 'employment'] },
    { outcome: 'share', level: 'personal', closed: ['email'] },
  ),
  make('CUM-2: health is sensitive', { information: ['health'] }, { level: 'sensitive' }),
  make(
    'register is not of this protocol',
    { route: 'register' },
    { outcome: 'share', route: 'portal', closed: ['register'] },
  ),
]
