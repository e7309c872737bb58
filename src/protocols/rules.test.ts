import { describe, expect, test } from 'vitest'
import { exampleFailures } from './check.ts'
import { type Disclosure, decide, type Protocol, protocolNamed, readDisclosure } from './index.ts'
import { findProtocol } from './load.ts'
import { readProtocol } from './protocol.ts'

/** What a row says about the answer; lists name what must be among it, and `never` what must not. */
interface Expected {
  outcome?: string
  level?: string
  route?: string
  items?: string[]
  withheld?: string[]
  open?: string[]
  closed?: string[]
  needs?: string[]
  obligations?: string[]
  cites?: string[]
}
type Row = readonly [ids: string, sentence: string, disclosure: object, expected: Expected]

const told = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld']
const consented = { consent: [{ person: 'mother', age: 31, state: 'given', explicit: true, told }] }
const everyMeans = {
  name: 'A person',
  role: 'A role',
  postal: 'A street',
  telephone: '1',
  fax: '2',
  needToKnow: 'a need',
}

const DAYS: Record<string, string> = {
  'mps-2008': '2008-09-01',
  'cumbria-2015': '2016-03-01',
  'bexley-2015': '2015-09-01',
  'bournemouth-2016': '2016-10-01',
  'west-yorkshire-2005': '2005-03-01',
  'uk-2026': '2026-11-01',
}
const BASE: Record<string, object> = {
  'mps-2008': {
    from: { kind: 'police', address: 'o@met.pnn.police.uk' },
    to: [{ kind: 'social-care', ...everyMeans, address: 'd@sutton.cjsm.net' }],
    information: ['name', 'concern'],
    purpose: 'ctn-report',
  },
  'cumbria-2015': {
    from: { kind: 'social-care', address: 'a@cumbria.gov.uk' },
    to: [{ kind: 'housing', ...everyMeans, address: 'e@homes.example.org' }],
    information: ['name'],
    purpose: 'section-17',
    agreement: 'x',
    proportionate: true,
  },
  'bexley-2015': {
    from: { kind: 'social-care', address: 'a@bexley.gov.uk' },
    to: [{ kind: 'school', ...everyMeans, address: 'h@school.example.sch.uk' }],
    information: ['name'],
    purpose: 'care-plan',
    proportionate: true,
    ...consented,
  },
  'bournemouth-2016': {
    from: { kind: 'education', address: 'a@bournemouth.gov.uk', trained: '2015-05-01' },
    to: [{ kind: 'school', ...everyMeans, address: 't@school.example.sch.uk' }],
    information: ['name', 'pep'],
    purpose: 'pep',
  },
  'west-yorkshire-2005': {
    from: { kind: 'social-care', area: 'leeds' },
    to: [{ kind: 'social-care', ...everyMeans, area: 'leeds', clearance: 'sensitive' }],
    information: ['name'],
    purpose: 'section-17',
    ground: 'build-a-picture',
    proportionate: true,
  },
  'uk-2026': {
    from: {
      kind: 'social-care',
      address: 'a@authority.example.org',
      trained: '2026-02-01',
      channel: { tls: '1.3', mtaSts: true, dmarc: true, checkedOn: '2026-10-01' },
    },
    to: [
      {
        kind: 'health',
        ...everyMeans,
        address: 'g@trust.example.org',
        channel: { tls: '1.2', dane: true, dmarc: true, checkedOn: '2026-10-01' },
      },
    ],
    information: ['name', 'health'],
    purpose: 'section-17',
    ground: 'duty-16LA',
    proportionate: true,
  },
}
const to = (change: object, protocol: string): object => ({
  to: [{ ...(BASE[protocol] as { to: object[] }).to[0], ...change }],
})
const from = (change: object, protocol: string): object => ({
  from: { ...(BASE[protocol] as { from: object }).from, ...change },
})
const C = 'cumbria-2015',
  B = 'bexley-2015',
  M = 'mps-2008',
  V = 'bournemouth-2016',
  W = 'west-yorkshire-2005',
  U = 'uk-2026'

const ROWS: Record<string, readonly Row[]> = {
  [M]: [
    [
      'MPS-1 MPS-2',
      'two secure networks exchange referrals by e-mail',
      {},
      { outcome: 'share', route: 'secure-email' },
    ],
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
  ],
  [C]: [
    [
      'CUM-4',
      'nothing goes until it has been judged proportionate',
      { proportionate: undefined },
      { outcome: 'hold', needs: ['proportionality'] },
    ],
    [
      'CUM-7',
      'a child at imminent risk means a call to the hub',
      { risk: 'imminent-harm' },
      { obligations: ['call-hub'] },
    ],
    [
      'CUM-8',
      'the call is followed up in writing within 48 hours',
      { risk: 'imminent-harm' },
      { obligations: ['written-follow-up'] },
    ],
    [
      'CUM-10',
      'a zip asks whether nothing more secure exists',
      { route: 'encrypted-attachment' },
      { needs: ['no-more-secure-route'] },
    ],
    [
      'CUM-11',
      'a zip asks for the significant need',
      { route: 'encrypted-attachment' },
      { needs: ['significant-need'] },
    ],
    [
      'CUM-12',
      'a distribution list is checked first',
      to({ list: true }, C),
      { outcome: 'hold', needs: ['list-checked'] },
    ],
    [
      'CUM-51',
      'an encrypted archive never goes to a list',
      to({ list: true }, C),
      { closed: ['encrypted-attachment'] },
    ],
    ['CUM-13 CUM-52', 'recipients are checked once more before sending', {}, { obligations: ['check-recipients'] }],
    [
      'CUM-14',
      'a recipient without a stated role is not written to',
      to({ role: undefined }, C),
      { outcome: 'hold', needs: ['role-of-recipient'] },
    ],
    [
      'CUM-15',
      'a recipient without a need to know holds it',
      to({ needToKnow: ' ' }, C),
      { outcome: 'hold', needs: ['need-to-know'] },
    ],
    [
      'CUM-16',
      'a reply to all asks again who needs it',
      {
        ...{ to: [(BASE[C] as { to: object[] }).to[0], { kind: 'health', ...everyMeans, address: 'x@y.example' }] },
        message: { thread: 'earlier' },
      },
      { needs: ['recipient-check'] },
    ],
    [
      'CUM-17',
      'several addressees are hidden from each other',
      {
        to: [(BASE[C] as { to: object[] }).to[0], { kind: 'health', ...everyMeans, address: 'x@y.example' }],
        route: 'encrypted-attachment',
      },
      { obligations: ['hide-addresses'] },
    ],
    [
      'CUM-18',
      'an earlier thread is read again before it goes',
      { message: { thread: 'earlier' }, route: 'encrypted-attachment' },
      { needs: ['thread-check'], obligations: ['check-thread'] },
    ],
    [
      'CUM-19',
      'mail that holds personal information is marked',
      { ...to({ address: 'b@cumbria.gov.uk' }, C) },
      { route: 'internal-email', obligations: ['mark-confidential'] },
    ],
    [
      'CUM-20',
      'the subject names nobody',
      { ...to({ address: 'b@cumbria.gov.uk' }, C) },
      { obligations: ['subject-without-identifiers'] },
    ],
    [
      'CUM-21',
      'the body asks for deletion after use',
      { ...to({ address: 'b@cumbria.gov.uk' }, C) },
      { obligations: ['deletion-statement'] },
    ],
    [
      'CUM-22',
      'external mail carries the disclaimer',
      { route: 'encrypted-attachment' },
      { obligations: ['disclaimer'] },
    ],
    [
      'CUM-23',
      'sent and deleted items are cleared',
      { ...to({ address: 'b@cumbria.gov.uk' }, C) },
      { obligations: ['remove-from-mailboxes', 'keep-copy-secure'] },
    ],
    [
      'CUM-25',
      'inside the council initials are used',
      { ...to({ address: 'b@cumbria.gov.uk' }, C) },
      { obligations: ['initials-only'], open: ['internal-email'] },
    ],
    [
      'CUM-26',
      'inside the council personal information is attached, with the warning',
      { ...to({ address: 'b@cumbria.gov.uk' }, C) },
      { obligations: ['attachment-only', 'attachment-statement'] },
    ],
    [
      'CUM-27',
      'two secure accounts may use secure mail',
      { ...from({ address: 'a@cumbria.cjsm.net' }, C), ...to({ address: 'b@homes.cjsm.net' }, C) },
      { open: ['secure-email'] },
    ],
    [
      'CUM-28',
      'personal information never leaves unencrypted',
      {},
      { closed: ['email'], open: ['encrypted-attachment'] },
    ],
    [
      'CUM-28 CUM-49 CUM-50',
      'the archive is encrypted with AES-256, several documents in one',
      { route: 'encrypted-attachment' },
      { obligations: ['encrypt-aes-256'] },
    ],
    [
      'CUM-29 CUM-31',
      'each transmission has a new password',
      { route: 'encrypted-attachment' },
      { obligations: ['new-password'] },
    ],
    [
      'CUM-30 CUM-54',
      'the password goes by another channel',
      { route: 'encrypted-attachment' },
      { obligations: ['password-by-another-route'] },
    ],
    [
      'CUM-32',
      'the protected version is deleted once sent',
      { route: 'encrypted-attachment' },
      { obligations: ['delete-protected-copy'] },
    ],
    [
      'CUM-33',
      'e-mail outside an agreement waits for the team',
      { agreement: undefined },
      { closed: ['encrypted-attachment', 'secure-email', 'email'] },
    ],
    [
      'CUM-34',
      'nothing is sent from webmail',
      from({ address: 'a@gmail.com' }, C),
      { closed: ['encrypted-attachment', 'email', 'secure-email'] },
    ],
    [
      'CUM-35',
      'nothing is sent to webmail',
      to({ address: 'a@yahoo.co.uk' }, C),
      { closed: ['encrypted-attachment', 'email', 'secure-email'] },
    ],
    [
      'CUM-35',
      'nothing is sent to info@',
      to({ address: 'info@homes.example.org' }, C),
      { closed: ['encrypted-attachment'] },
    ],
    ['CUM-36', 'a fax that is not urgent is closed', {}, { closed: ['fax'] }],
    ['CUM-36', 'an urgent fax of ordinary personal information is open', { urgent: true }, { open: ['fax'] }],
    [
      'CUM-37',
      'a fax uses a reference',
      { urgent: true, route: 'fax', confirmed: ['no-more-secure-route'] },
      { outcome: 'share', obligations: ['initials-only'] },
    ],
    [
      'CUM-39',
      'mental health is never faxed',
      { urgent: true, information: ['name', 'mental-health'] },
      { closed: ['fax'] },
    ],
    [
      'CUM-40',
      'the fax number is checked and the recipient told',
      { urgent: true, route: 'fax' },
      { obligations: ['confirm-number', 'confirm-recipient-ready'] },
    ],
    ['CUM-41', 'receipt of a fax is checked', { urgent: true, route: 'fax' }, { obligations: ['confirm-receipt'] }],
    ['CUM-42', 'a cover sheet goes first', { urgent: true, route: 'fax' }, { obligations: ['cover-sheet'] }],
    ['CUM-44 CUM-45', 'the fax is logged', { urgent: true, route: 'fax' }, { obligations: ['log-transmission'] }],
    ['CUM-46', 'nothing goes by text', {}, { closed: ['text'] }],
    [
      'CUM-48',
      'files are given neutral names',
      { route: 'encrypted-attachment' },
      { obligations: ['neutral-file-names'] },
    ],
    [
      'CUM-43',
      'a fax number comes from the directory and is checked against it',
      { urgent: true, route: 'fax' },
      { obligations: ['confirm-number'] },
    ],
    [
      'CUM-53',
      'the receiver saves it to a shared drive, never to a stick',
      { route: 'encrypted-attachment' },
      { obligations: ['keep-copy-secure'], cites: ['CUM-53'] },
    ],
    [
      'CUM-51',
      'each recipient is entered individually',
      { route: 'encrypted-attachment' },
      { obligations: ['address-individually'] },
    ],
  ],
  [B]: [
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
  ],
  [V]: [
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
  ],
  [W]: [
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
  ],
  [U]: [
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
  ],
}

for (const [id, rows] of Object.entries(ROWS))
  describe(id, () => {
    for (const [ids, sentence, change, expected] of rows)
      test(`${ids}: ${sentence}`, () => {
        const protocol = protocolNamed(id)
        const disclosure = built(id, change)
        expect(failures(disclosure, protocol, id, expected, ids)).toEqual([])
        expect(
          failures(disclosure, withoutRules(protocol, ids.split(' ')), id, expected, ids),
          'the answer is the same without the rule',
        ).not.toEqual([])
      })
  })

function built(id: string, change: object): Disclosure {
  const read = readDisclosure(JSON.parse(JSON.stringify({ ...BASE[id], ...change })))
  if ('error' in read) throw new Error(read.error)
  return read.disclosure
}

function failures(disclosure: Disclosure, protocol: Protocol, id: string, expected: Expected, ids: string): string[] {
  const { open, ...rest } = expected
  const failed = exampleFailures(
    { id, on: DAYS[id]!, disclosure: disclosure as unknown as Record<string, unknown>, expect: rest as never },
    protocol,
  )
  const got = decide(disclosure, protocol, DAYS[id]!)
  for (const { route, because } of got.closed)
    if (rest.closed?.includes(route) && !ids.split(' ').some((one) => because.cites.includes(one)))
      failed.push(`${route} is closed for another reason: ${because.text}`)
  for (const route of open ?? [])
    if (got.route !== route && !got.alternatives.includes(route as never)) failed.push(`${route} is not open`)
  return failed
}

/** The same protocol with every rule taken out that cites one of the ids. */
function withoutRules(protocol: Protocol, ids: readonly string[]): Protocol {
  const read = readProtocol(
    {
      ...protocol.text,
      rules: protocol.text.rules
        .filter((rule) => !rule.rule.some((one) => ids.includes(one)))
        .map((rule) => ({
          ...rule,
          owes: rule.owes?.map((owed) => owed.id + (owed.within === undefined ? '' : ` within ${owed.within}`)),
        })),
    },
    findProtocol,
  )
  if ('error' in read) throw new Error(read.error)
  return read.protocol
}
