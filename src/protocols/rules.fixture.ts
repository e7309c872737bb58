// For the tests of each protocol's rules: what a row says, the usual case of each protocol that a row changes, and how a row is proved.
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

export const told = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld']
export const consented = { consent: [{ person: 'mother', age: 31, state: 'given', explicit: true, told }] }
export const everyMeans = {
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
export const BASE: Record<string, object> = {
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
export const to = (change: object, protocol: string): object => ({
  to: [{ ...(BASE[protocol] as { to: object[] }).to[0], ...change }],
})
export const from = (change: object, protocol: string): object => ({
  from: { ...(BASE[protocol] as { from: object }).from, ...change },
})

/** Each row holds, and would not without the rules that it names. */
export function proveRows(id: string, rows: readonly Row[]): void {
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
}

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
