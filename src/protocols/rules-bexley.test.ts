// Each rule of Bexley’s protocol, by a case that would be answered otherwise without it.
import { from, proveRows, to } from './rules.fixture.ts'

const B = 'bexley-2015'

proveRows(B, [
  [
    'BEX-29 BEX-30',
    'only those who need it to assess, deliver or track are told',
    to({ needToKnow: undefined }, B),
    { outcome: 'hold', needs: ['need-to-know'] },
  ],
  [
    'BEX-36',
    'an answer of not proportionate holds it',
    { proportionate: false },
    { outcome: 'hold', needs: ['proportionality'] },
  ],
  ['BEX-2', 'the person is told', {}, { obligations: ['tell-the-person'] }],
  ['BEX-7', 'not sharing is recorded too', { proportionate: false }, { obligations: ['record-decision'] }],
  ['BEX-25', 'consent is recorded on the form', {}, { obligations: ['record-consent'] }],
  ['BEX-8 BEX-10', 'what they do with it is found out', {}, { obligations: ['confirm-action'] }],
  [
    'BEX-5',
    'the people concerned, and others affected, are told unless it is unsafe',
    {},
    { obligations: ['tell-the-person'] },
  ],
  ['BEX-9', 'its words are checked for short-hand: the rule stands among the reasons', {}, { cites: ['BEX-9'] }],
  [
    'BEX-51 BEX-52 BEX-53',
    'what is kept is kept securely',
    {},
    { obligations: ['keep-copy-secure'], cites: ['BEX-51', 'BEX-52', 'BEX-53'] },
  ],
  [
    'BEX-59 BEX-60',
    'whoever has no part in it disposes of it',
    {},
    { obligations: ['keep-copy-secure'], cites: ['BEX-59', 'BEX-60'] },
  ],
  ['BEX-31 BEX-32', 'need to know ends and begins with the plan', {}, { cites: ['BEX-31', 'BEX-32'] }],
  ['BEX-54', 'quality is checked before sharing', {}, { obligations: ['quality-check'] }],
  ['BEX-37', 'documents are marked', {}, { obligations: ['mark-confidential'] }],
  [
    'BEX-38',
    'mail inside one organisation is secure',
    to({ address: 'b@bexley.gov.uk' }, B),
    { route: 'internal-email' },
  ],
  [
    'BEX-39',
    'ordinary .gov.uk and nhs.uk addresses are not secure',
    to({ address: 'g@surgery.nhs.uk' }, B),
    { closed: ['secure-email', 'email'] },
  ],
  [
    'BEX-41',
    'secure to insecure is refused',
    from({ address: 'a@bexley.gcsx.gov.uk' }, B),
    { closed: ['secure-email', 'email', 'encrypted-attachment'] },
  ],
  [
    'BEX-41',
    'and the reverse',
    to({ address: 'd@met.pnn.police.uk' }, B),
    { closed: ['encrypted-attachment', 'secure-email'] },
  ],
  ['BEX-42', 'a school is reached through web-based secure mail', {}, { route: 'portal' }],
  [
    'BEX-43',
    'web-based secure mail does not reach nhs.net',
    { ...from({ address: 'a@bexley.gcsx.gov.uk' }, B), ...to({ address: 'd@nhs.net' }, B) },
    { route: 'secure-email', closed: ['portal'] },
  ],
  [
    'BEX-44',
    'the password goes by another medium',
    { route: 'encrypted-attachment' },
    { outcome: 'share', obligations: ['password-by-another-route'] },
  ],
  ['BEX-45', 'passwords are strong', { route: 'encrypted-attachment' }, { obligations: ['new-password'] }],
  ['BEX-46', 'meetings are closed', { route: 'meeting' }, { obligations: ['invited-only'] }],
  [
    'BEX-61',
    'a confidentiality agreement is signed at the meeting',
    { route: 'meeting' },
    { obligations: ['confidentiality-agreement'] },
  ],
  [
    'BEX-47',
    'papers are signed out, and only when necessary',
    { route: 'by-hand' },
    { needs: ['significant-need'], obligations: ['sign-out'] },
  ],
  [
    'BEX-48',
    'double envelope, return address, no marking, recorded',
    { route: 'recorded-post' },
    { obligations: ['double-envelope', 'return-address', 'no-outer-marking', 'recorded-delivery'] },
  ],
  ['BEX-48', 'ordinary post is closed', {}, { closed: ['post'] }],
  ['BEX-49', 'fax is closed even internally', to({ address: 'b@bexley.gov.uk' }, B), { closed: ['fax'] }],
  [
    'BEX-49',
    'an unavoidable fax has four checks',
    { route: 'fax', confirmed: ['no-more-secure-route'] },
    {
      route: 'fax',
      obligations: ['confirm-location-secure', 'confirm-number', 'confirm-recipient-ready', 'confirm-receipt'],
    },
  ],
])
