// A draft that may be shared under Bexley's guidance of 2015, and what is asked about it.
import { type Decision, type Disclosure, decide, protocolNamed } from '../../protocols/index.ts'
import { type Draft, draftSchema, emptyDraft } from '../draft.ts'
import { disclosureOf } from './facts.ts'

export const told: ('why' | 'how-used' | 'with-whom' | 'if-given' | 'if-withheld')[] = [
  'why',
  'how-used',
  'with-whom',
  'if-given',
  'if-withheld',
]
export const base: Draft = draftSchema.parse({
  ...emptyDraft(),
  worry: { words: 'Worry', risk: 'none', purpose: 'care-plan', urgent: false, reachedOn: '2015-08-20' },
  people: [
    {
      key: 'p-child',
      part: 'child',
      name: 'Aisha Noor Khan',
      born: '2008-03-09',
      address: '1 Mill Lane',
      addedOn: '2015-08-20',
    },
    {
      key: 'p-mother',
      part: 'adult',
      name: 'Farah Khan',
      age: 34,
      relation: 'mother',
      family: true,
      addedOn: '2015-08-20',
    },
  ],
  items: [
    { item: 'name', parts: [], why: 'To know whom' },
    {
      item: 'concern',
      parts: [{ section: 'concern', words: 'Aisha is tired. Farah Khan works nights.' }],
      why: 'To help',
    },
  ],
  recipients: [
    { key: 'r-1', entryId: 'e-1', name: 'Head', kind: 'school', needToKnow: 'Supports her', part: 'delivers' },
  ],
  family: { reviewedOn: '2015-08-21', note: '' },
  basis: 'consent',
  consent: [{ person: 'p-mother', state: 'given', askedOn: '2015-08-25', told, explicit: true }],
  balance: { ifShared: 'a', ifNot: 'b', proportionate: true, harmsMore: false },
})
export const bexley = protocolNamed('bexley-2015')
export const from = { kind: 'social-care', address: 'a.worker@bexley.gov.uk', name: 'A worker' } as const
export const to = [
  { kind: 'school', name: 'Head', role: 'Head teacher', address: 'head@school.example.sch.uk' },
] as const
export const day = '2015-09-01'
export const asked = (draft: Draft): Disclosure => disclosureOf(draft, { from, to, day })!
export const decided = (draft: Draft): Decision => decide(asked(draft), bexley, day)
