// Each rule of the other protocols, by a case that would be answered otherwise without it.
import { consented, from, proveRows, to } from './rules.fixture.ts'

const M = 'mps-2008'
const V = 'bournemouth-2016'
const W = 'west-yorkshire-2005'
const U = 'uk-2026'

proveRows(M, [
  ['MPS-1 MPS-2', 'two secure networks exchange referrals by e-mail', {}, { outcome: 'share', route: 'secure-email' }],
  [
    'MPS-1',
    'an ordinary address receives nothing electronically',
    to({ address: 'h@school.example.sch.uk' }, M),
    { closed: ['secure-email', 'email', 'portal', 'encrypted-attachment'] },
  ],
  [
    'MPS-8',
    'a restricted report is never faxed, posted or handed over',
    { ...to({ address: 'x@y.example' }, M), marking: 'restricted' },
    { outcome: 'hold', closed: ['fax', 'recorded-post', 'by-hand'] },
  ],
  [
    'MPS-10',
    'without a secure address it goes to a named person by recorded delivery',
    to({ address: 'x@y.example' }, M),
    { route: 'recorded-post', open: ['by-hand'], obligations: ['named-recipient', 'recorded-delivery'] },
  ],
  [
    'MPS-11',
    'the receiving agency bears the cost of recorded delivery',
    to({ address: 'x@y.example' }, M),
    { obligations: ['recipient-pays'] },
  ],
  ['MPS-7', 'each report’s decision is recorded', {}, { obligations: ['record-decision'] }],
])

proveRows(V, [
  [
    'BOU-1',
    'a caseworker never trained shares nothing',
    from({ trained: undefined }, V),
    { outcome: 'hold', needs: ['training'] },
  ],
  [
    'BOU-2',
    'training lapses after three years',
    from({ trained: '2013-09-30' }, V),
    { outcome: 'hold', needs: ['training'] },
  ],
  [
    'BOU-3',
    'initials are used even inside',
    to({ address: 'b@bournemouth.gov.uk' }, V),
    { route: 'internal-email', obligations: ['initials-only'] },
  ],
  ['BOU-4', 'every other address is reached through the gateway', {}, { route: 'secure-email', closed: ['email'] }],
  [
    'BOU-7',
    'only those pertinent to the child’s education are told',
    to({ needToKnow: undefined }, V),
    { needs: ['need-to-know'] },
  ],
  ['BOU-5', 'the caller is identified', { route: 'telephone' }, { obligations: ['verify-identity'] }],
  [
    'BOU-10',
    'particularly sensitive post is recorded',
    { information: ['pep', 'health'], route: 'post' },
    { closed: ['post'], open: ['recorded-post'] },
  ],
  ['BOU-10', 'post carries a return label', { route: 'post' }, { obligations: ['return-address'] }],
  [
    'BOU-8 BOU-9 BOU-11',
    'a carer may correct the plan',
    to({ kind: 'carer' }, V),
    { obligations: ['offer-correction'] },
  ],
  [
    'BOU-12',
    'a carer may have it handed over',
    { ...to({ kind: 'carer', prefers: 'by-hand' }, V) },
    { route: 'by-hand' },
  ],
  ['BOU-13', 'a school may be told by telephone', {}, { open: ['telephone'] }],
  [
    'BOU-15',
    'schools use the portal when a child moves',
    { ...from({ kind: 'school' }, V), purpose: 'school-transfer' },
    { route: 'portal', closed: ['secure-email', 'post'] },
  ],
])

proveRows(W, [
  [
    'WY-14',
    'planning sees figures only',
    { purpose: 'planning', information: ['statistic', 'name'] },
    { level: 'anonymised', withheld: ['name'] },
  ],
  ['WY-15', 'the need to know is stated', to({ needToKnow: undefined }, W), { needs: ['need-to-know'] }],
  ['WY-16', 'a general purpose is no reason', { purpose: 'general' }, { needs: ['purpose'] }],
  [
    'WY-18',
    'another authority sees figures only',
    to({ area: 'bradford' }, W),
    { outcome: 'hold', withheld: ['name'], needs: ['manager-authorisation'] },
  ],
  ['WY-18', 'a health visitor not authorised sees figures only', to({ kind: 'health' }, W), { withheld: ['name'] }],
  [
    'WY-26',
    'looked-after history is not shown in detail',
    { information: ['looked-after-indicator', 'looked-after-history'] },
    { items: ['looked-after-indicator'], withheld: ['looked-after-history'] },
  ],
  [
    'WY-27',
    'the police do not see the Schedule One indicator',
    { ...to({ kind: 'police', authorised: true }, W), information: ['name', 'schedule-one-indicator'] },
    { items: ['name'], withheld: ['schedule-one-indicator'] },
  ],
  [
    'WY-28',
    'the register shows only its fields',
    { route: 'register', information: ['name', 'financial'] },
    { items: ['name'], withheld: ['financial'] },
  ],
  [
    'WY-32',
    'a role’s level is not exceeded',
    { ...to({ clearance: 'personal' }, W), information: ['name', 'incident-detail'] },
    { items: ['name'], withheld: ['incident-detail'] },
  ],
  [
    'WY-3',
    'a voluntary body is not a participant',
    to({ kind: 'voluntary', authorised: true }, W),
    { outcome: 'refuse', withheld: ['name'] },
  ],
  ['WY-29', 'it is not passed on', {}, { obligations: ['no-onward-use'] }],
  ['WY-12', 'the ground is recorded', {}, { obligations: ['record-ground'] }],
  [
    'WY-4',
    'what other methods carried is recorded',
    { route: 'telephone' },
    { route: 'telephone', obligations: ['log-transmission'] },
  ],
  ['WY-2', 'the register answers who asks it', { route: 'register' }, { route: 'register' }],
  ['WY-25', 'the enquiry enters the history', {}, { obligations: ['record-decision'] }],
  ['WY-11', 'consent is on the authority’s own form', consented, { obligations: ['record-consent'] }],
])

proveRows(U, [
  ['GOVUK-EMAIL', 'two proven domains use secure e-mail', {}, { outcome: 'share', route: 'secure-email' }],
  ['CA2004-16LC', 'the consistent identifier goes with it', {}, { obligations: ['include-identifier'] }],
  [
    'CA2004-16LA',
    'where sharing harms more, it waits for the balance',
    { harmIfSharedGreater: true },
    { outcome: 'hold', needs: ['harm-balance'] },
  ],
  ['BOU-2', 'training older than a year holds it', from({ trained: '2025-10-31' }, U), { needs: ['training'] }],
  ['DFE2024-6', 'only those with a role are told', to({ needToKnow: undefined }, U), { needs: ['need-to-know'] }],
  ['DFE2024-7', 'the reasons are recorded', {}, { obligations: ['record-decision'] }],
  ['DFE2024-2', 'the family is told where that is safe', {}, { obligations: ['tell-the-person'] }],
  ['CUM-36', 'fax is retired', { urgent: true }, { closed: ['fax'] }],
  ['CUM-46', 'nothing goes by text', {}, { closed: ['text'] }],
  [
    'KCSIE-FILE',
    'the child protection file arrives within five days, with receipt',
    { purpose: 'school-transfer' },
    { obligations: ['confirm-receipt'] },
  ],
  ['MPS-8', 'it is marked', {}, { obligations: ['mark-confidential'] }],
])
