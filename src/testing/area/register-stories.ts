import type { Entry } from '../../register/index.ts'

/** Children of the registers about whom the invented area's people ask. None of them is among the invented 20,000. */
export const STORY_ENTRIES: readonly { readonly authority: string; readonly localId: string; readonly entry: Entry }[] =
  [
    {
      authority: 'kirkvale',
      localId: 'KV-STORY-1',
      entry: {
        names: [
          { given: 'Zephyrine', family: 'Okonkwo-Vass', kind: 'legal' },
          { given: 'Zeffie', family: 'Vass', kind: 'known-as' },
        ],
        born: { date: '2015-03-09' },
        sex: 'F',
        language: 'Igbo',
        ethnicity: 'BAFR',
        nhsNumber: '9991234578',
        formerNhsNumbers: ['9990000026'],
        school: 'Hillfoot Academy',
        addresses: [
          { lines: ['12 Mill Lane', 'Kirkvale'], postcode: 'KV1 2AB', from: '2023-05-01' },
          { lines: ['3 Chapel Row', 'Marlow Dene'], postcode: 'MD2 4CD', from: '2019-01-07', to: '2023-04-30' },
        ],
        relationships: [
          { to: 'KV-STORY-2', name: 'Adaeze Okonkwo', kind: 'mother' },
          { to: 'KV-STORY-9', name: 'Corwin Vass', kind: 'father', concern: true },
        ],
        registrations: [
          { kind: 'child-protection', category: 'NEG', from: '2026-02-03' },
          { kind: 'looked-after', from: '2024-06-01', to: '2025-01-15' },
        ],
        conferences: [
          { kind: 'initial', on: '2026-01-29' },
          { kind: 'review', on: '2026-04-21' },
        ],
        referrals: [{ on: '2026-01-12', from: 'school' }],
        concerns: ['neglect', 'domestic abuse'],
        lookedAfter: true,
        services: ['family support'],
        keyWorker: { name: 'Alice Hartley', team: 'Kirkvale assessment team', telephone: '01632 960110' },
      },
    },
    {
      authority: 'marlow-dene',
      localId: 'MD-STORY-1',
      entry: {
        names: [{ given: 'Zephirine', family: 'Okonkwo Vass', kind: 'legal' }],
        born: { date: '2015-03-09' },
        sex: 'F',
        nhsNumber: '9990000026',
        addresses: [
          { lines: ['3 Chapel Row', 'Marlow Dene'], postcode: 'MD2 4CD', from: '2019-01-07', to: '2023-04-30' },
        ],
        registrations: [{ kind: 'child-protection', category: 'EMO', from: '2021-03-02', to: '2022-09-14' }],
        conferences: [{ kind: 'initial', on: '2021-02-24' }],
        concerns: ['domestic abuse'],
        keyWorker: { name: 'Dev Mistry', team: 'Marlow Dene duty team', telephone: '01632 960210' },
      },
    },
    {
      authority: 'kirkvale',
      localId: 'KV-STORY-2',
      entry: {
        names: [{ given: 'Adaeze', family: 'Okonkwo', kind: 'legal' }],
        born: { date: '1992-11-30' },
        sex: 'F',
        nhsNumber: '9990000034',
        addresses: [{ lines: ['12 Mill Lane', 'Kirkvale'], postcode: 'KV1 2AB', from: '2023-05-01' }],
        relationships: [{ to: 'KV-STORY-1', name: 'Zephyrine Okonkwo-Vass', kind: 'child' }],
      },
    },
    {
      authority: 'kirkvale',
      localId: 'KV-STORY-3',
      entry: {
        names: [],
        born: { expected: '2027-02-01' },
        relationships: [{ to: 'KV-STORY-2', name: 'Adaeze Okonkwo', kind: 'mother' }],
        registrations: [{ kind: 'unborn', from: '2026-10-19' }],
        concerns: ['neglect'],
        keyWorker: { name: 'Alice Hartley', team: 'Kirkvale assessment team', telephone: '01632 960110' },
      },
    },
    {
      authority: 'kirkvale',
      localId: 'KV-STORY-4',
      entry: {
        names: [{ given: 'Peregrine', family: 'Ashdown-Quill', kind: 'legal' }],
        born: { date: '2016-07-08' },
        addresses: [{ lines: ['4 Beck Side', 'Kirkvale'], postcode: 'KV2 3CD', from: '2025-01-01' }],
        shielded: { because: 'adoption', visibleTo: ['imran'] },
      },
    },
  ]

/** The family names that somebody goes through at night, one after another. */
export const SWEPT = [
  'Abbott',
  'Barlow',
  'Carver',
  'Dunne',
  'Ellison',
  'Foxley',
  'Garside',
  'Hobson',
  'Iveson',
] as const
