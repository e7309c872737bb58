import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decision, type Disclosure, decide, listProtocols, type Protocol, readDisclosure } from './index.ts'
import {
  CLEARANCES,
  CONSENT_STATES,
  GROUNDS,
  ITEMS,
  KINDS,
  MARKINGS,
  NEEDS,
  OUTCOMES,
  PURPOSES,
  RISKS,
  ROUTES,
  TOLD,
} from './vocabulary.ts'

const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined })
const day = fc.constantFrom(
  '2004-01-01',
  '2014-05-01',
  '2015-09-01',
  '2016-03-01',
  '2025-12-01',
  '2026-02-01',
  '2026-11-01',
)
const address = fc.constantFrom(
  'a@met.pnn.police.uk',
  'b@merton.cjsm.net',
  'c@bexley.gov.uk',
  'd@bexley.gcsx.gov.uk',
  'e@nhs.net',
  'f@gmail.com',
  'info@school.example.org',
  'g@school.example.org',
  'h@рnn.police.uk',
  'not an address',
  'i@cumbria.gov.uk',
  'j@bournemouth.gov.uk',
  'k@notpolice.uk',
  'l@police.uk.evil.example',
  'm@x.gsi.gov.uk',
)
const channel = fc.record({
  tls: maybe(fc.constantFrom('1.1', '1.2', '1.3')),
  mtaSts: maybe(fc.boolean()),
  dane: maybe(fc.boolean()),
  dmarc: maybe(fc.boolean()),
  accredited: maybe(fc.boolean()),
  checkedOn: day,
})
const party = fc.record({
  kind: fc.constantFrom(...KINDS),
  name: maybe(fc.constant('A person')),
  role: maybe(fc.constant('A role')),
  address: maybe(address),
  fax: maybe(fc.constant('1')),
  telephone: maybe(fc.constant('2')),
  postal: maybe(fc.constant('3')),
  list: maybe(fc.boolean()),
  needToKnow: maybe(fc.constant('a need')),
  prefers: maybe(fc.constantFrom(...ROUTES)),
  channel: maybe(channel),
  trained: maybe(day),
  area: maybe(fc.constantFrom('one', 'two')),
  authorised: maybe(fc.boolean()),
  clearance: maybe(fc.constantFrom(...CLEARANCES)),
  via: maybe(fc.constant('B')),
})
const consent = fc.record({
  person: fc.constantFrom('mother', 'father', 'child'),
  age: fc.constantFrom(12, 15, 16, 31),
  state: fc.constantFrom(...CONSENT_STATES),
  explicit: maybe(fc.boolean()),
  competent: maybe(fc.boolean()),
  told: maybe(fc.constantFrom([...TOLD], [...TOLD].slice(0, 3))),
  for: maybe(fc.subarray([...ITEMS])),
})
const disclosure = fc
  .record({
    from: party,
    to: fc.array(party, { minLength: 1, maxLength: 3 }),
    information: fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 5 }),
    marking: maybe(fc.constantFrom(...MARKINGS)),
    purpose: fc.constantFrom(...PURPOSES),
    risk: maybe(fc.constantFrom(...RISKS)),
    urgent: maybe(fc.boolean()),
    consent: maybe(fc.array(consent, { maxLength: 3 })),
    ground: maybe(fc.constantFrom(...GROUNDS)),
    harmIfSharedGreater: maybe(fc.boolean()),
    proportionate: maybe(fc.boolean()),
    agreement: maybe(fc.constant('agreement')),
    authorisedBy: maybe(fc.constant('a manager')),
    confirmed: maybe(fc.subarray([...NEEDS])),
    route: maybe(fc.constantFrom(...ROUTES)),
    message: maybe(fc.record({ thread: maybe(fc.constant('earlier')) })),
  })
  .map((found) => {
    const read = readDisclosure(JSON.parse(JSON.stringify(found)))
    if ('error' in read) throw new Error(read.error)
    return read.disclosure
  })

const rank = (decision: Decision): number => OUTCOMES.indexOf(decision.outcome)
const without = <K extends keyof Disclosure>(found: Disclosure, field: K): Disclosure => {
  const { [field]: _gone, ...rest } = found
  return rest as Disclosure
}
const forEach = (title: string, check: (found: Disclosure, protocol: Protocol, on: string) => void): void => {
  describe(title, () => {
    for (const protocol of listProtocols())
      test(protocol.id, () =>
        fc.assert(
          fc.property(disclosure, fc.nat(2), (found, choice) =>
            check(found, protocol, choice === 0 ? '2016-10-01' : '2026-11-01'),
          ),
          { numRuns: 250, seed: 20261121 },
        ),
      )
  })
}

forEach('adding an item never releases one that was withheld', (found, protocol, on) => {
  const before = decide(found, protocol, on)
  for (const item of ITEMS.filter((one) => !found.information.includes(one)).slice(0, 12)) {
    const after = decide({ ...found, information: [...found.information, item] }, protocol, on)
    for (const { item: withheld } of before.withheld) expect(after.items).not.toContain(withheld)
  }
})

forEach('adding a recipient never loosens the outcome', (found, protocol, on) => {
  const before = rank(decide(found, protocol, on))
  for (const another of [
    ...found.to,
    {
      kind: 'social-care',
      name: 'X',
      needToKnow: 'y',
      address: 'z@nhs.net',
      role: 'r',
      clearance: 'sensitive',
      authorised: true,
    } as const,
  ])
    expect(rank(decide({ ...found, to: [...found.to, another] }, protocol, on))).toBeGreaterThanOrEqual(before)
})

forEach('lowering a stated consent never opens', (found, protocol, on) => {
  const stated = found.consent ?? []
  const before = rank(decide(found, protocol, on))
  for (const [index, one] of stated.entries()) {
    const lower =
      one.state === 'given'
        ? (['not-sought', 'refused', 'withdrawn'] as const)
        : one.state === 'not-sought'
          ? (['refused', 'withdrawn'] as const)
          : []
    for (const state of lower)
      expect(
        rank(decide({ ...found, consent: stated.with(index, { ...one, state }) }, protocol, on)),
      ).toBeGreaterThanOrEqual(before)
    if (one.explicit)
      expect(
        rank(decide({ ...found, consent: stated.with(index, { ...one, explicit: false }) }, protocol, on)),
      ).toBeGreaterThanOrEqual(before)
    if (one.told)
      expect(
        rank(decide({ ...found, consent: stated.with(index, { ...one, told: one.told.slice(1) }) }, protocol, on)),
      ).toBeGreaterThanOrEqual(before)
  }
})

forEach('removing a ground, an authorisation, a confirmation or a need to know never opens', (found, protocol, on) => {
  const before = rank(decide(found, protocol, on))
  const poorer: Disclosure[] = [
    without(found, 'ground'),
    without(found, 'authorisedBy'),
    without(found, 'confirmed'),
    without(found, 'agreement'),
    without(found, 'proportionate'),
    ...found.to.flatMap((to, index) =>
      (['needToKnow', 'authorised', 'channel', 'role'] as const).map((field) => {
        const { [field]: _gone, ...rest } = to
        return { ...found, to: found.to.with(index, rest as typeof to) }
      }),
    ),
  ]
  for (const one of poorer) expect(rank(decide(one, protocol, on))).toBeGreaterThanOrEqual(before)
})

forEach('the order of recipients and items does not matter', (found, protocol, on) => {
  const face = ({ recipients: _each, ...rest }: Decision) => rest
  const turned = { ...found, to: [...found.to].reverse(), information: [...found.information].reverse() }
  expect(face(decide(turned, protocol, on))).toEqual(face(decide(found, protocol, on)))
})

forEach(
  'a decision says everything it owes: reasons that cite, every route in one place, a record',
  (found, protocol, on) => {
    const decision = decide(found, protocol, on)
    expect(decision.reasons.some((reason) => reason.cites.length > 0)).toBe(true)
    expect(decision.obligations.map((owed) => owed.id)).toContain('record-decision')
    for (const closed of [decision.closed, ...decision.recipients.map((one) => one.closed)])
      expect(new Set(closed.map((one) => one.route)).size).toBe(closed.length)
    const places = [
      ...(decision.route === undefined ? [] : [decision.route]),
      ...decision.alternatives,
      ...decision.closed.map((one) => one.route),
    ]
    expect([...places].sort()).toEqual([...ROUTES].sort())
    expect([...decision.items, ...decision.withheld.map((one) => one.item)].sort()).toEqual(
      [...new Set(found.information)].sort(),
    )
    if (decision.outcome === 'share') expect(decision.needs).toEqual([])
    if (decision.outcome === 'hold') expect(decision.needs.length).toBeGreaterThan(0)
    if (decision.items.length === 0) expect(decision.level).toBe('none')
  },
)

forEach(
  'the same disclosure, protocol and day give the same decision, and asking changes nothing',
  (found, protocol, on) => {
    const asked = JSON.stringify(found)
    expect(decide(found, protocol, on)).toEqual(decide(structuredClone(found), protocol, on))
    expect(JSON.stringify(found)).toBe(asked)
  },
)
