import type { Consent, Disclosure, Party } from '../disclosure.ts'
import {
  CLEARANCES,
  CONSENT_STATES,
  GROUNDS,
  ITEMS,
  type Item,
  KINDS,
  MARKINGS,
  NEEDS,
  PURPOSES,
  RISKS,
  ROUTES,
  TOLD,
} from '../vocabulary.ts'

interface World {
  readonly day: string
  readonly senders: readonly Party['kind'][]
  readonly addresses: readonly string[]
}

const worlds: Readonly<Record<string, World>> = {
  'mps-2008': {
    day: '2008-09-01',
    senders: ['police'],
    addresses: ['n.ode@met.pnn.police.uk', 'yot@merton.cjsm.net', 'duty@newham.gov.uk', 'hart@stjohns.example.sch.uk'],
  },
  'cumbria-2015': {
    day: '2016-03-01',
    senders: ['social-care'],
    addresses: [
      'b.hill@cumbria.gov.uk',
      'jo@cumbria.gov.uk',
      'ed@lakes.example.org',
      'p@x.gsx.gov.uk',
      'info@lakes.example.org',
      'z@court.cjsm.net',
    ],
  },
  'bexley-2015': {
    day: '2015-09-01',
    senders: ['social-care', 'police', 'health'],
    addresses: [
      'k@bexley.gov.uk',
      'p@bexley.gov.uk',
      'k@bexley.gcsx.gov.uk',
      'rao@met.pnn.police.uk',
      'gp@nhs.net',
      'h@school.example.sch.uk',
    ],
  },
  'bournemouth-2016': {
    day: '2016-10-01',
    senders: ['education', 'education', 'social-care', 'school'],
    addresses: ['pat@bournemouth.gov.uk', 'lee@bournemouth.gov.uk', 'di@winton.example.sch.uk', 'al@yahoo.co.uk'],
  },
  'west-yorkshire-2005': {
    day: '2005-03-01',
    senders: ['social-care'],
    addresses: ['a@wakefield.gov.uk', 'c@wakefield.gov.uk', 'b@leeds.gov.uk'],
  },
  'uk-2026': {
    day: '2026-11-01',
    senders: ['social-care', 'school', 'health'],
    addresses: [
      'a@kirkvale.gov.uk',
      'b@kirkvale.gov.uk',
      'low@nhs.net',
      'd@practice.example.org',
      'x@kirkvale.gsi.gov.uk',
    ],
  },
}
/** Addresses that pretend, or are none. */
const strange = [
  'x@notpolice.uk',
  'x@police.uk.evil.example',
  'x@рolice.uk',
  'X@POLICE.UK',
  'x@gmail.com',
  'y@gmail.com',
  'info@cumbria.gov.uk',
  'not an address',
  'a@b@c.cjsm.net',
  '',
  'x@xn--olice-xye.uk',
  'x@nhs.uk',
]
const boundaries = [
  '2004-12-31',
  '2005-01-01',
  '2008-03-31',
  '2008-04-01',
  '2015-04-30',
  '2015-05-01',
  '2015-11-30',
  '2015-12-01',
  '2015-12-31',
  '2016-01-01',
  '2026-04-28',
  '2026-04-29',
  '2030-01-01',
]
const common: readonly Item[] = [
  'name',
  'address',
  'family',
  'registration',
  'concern',
  'date-of-birth',
  'education',
  'pep',
]

/** A disclosure at random, likely enough to reach every gate; the same seed always gives the same one. */
export function randomDisclosure(protocol: string, seed: number): { disclosure: Disclosure; day: string } {
  const world = worlds[protocol]
  if (world === undefined) throw new Error(`no such protocol: ${protocol}`)
  const die = dieFrom(seed * 31 + protocol.length * 977)
  const { chance, pick, some } = die
  const day = chance(0.03) ? pick(boundaries) : world.day
  const information = [...new Set(chance(0.06) ? (['statistic'] as const) : some(chance(0.5) ? common : ITEMS, 3))]
  const to = [randomParty(world, die, true), ...(chance(0.12) ? [randomParty(world, die, true)] : [])]
  const atRegister = protocol === 'west-yorkshire-2005' && chance(0.5)
  const disclosure: Disclosure = {
    from: randomParty(world, die, false),
    to,
    information,
    purpose: atRegister ? 'register-check' : pick(PURPOSES),
    ...(chance(0.2) ? { marking: pick(MARKINGS) } : {}),
    ...(chance(0.4) ? { risk: pick(RISKS) } : {}),
    ...(chance(0.2) ? { urgent: chance(0.8) } : {}),
    ...(chance(0.7)
      ? { consent: Array.from({ length: chance(0.4) ? 2 : 1 }, () => randomConsent(die, information)) }
      : {}),
    ...(chance(0.5) ? { ground: pick(GROUNDS) } : {}),
    ...(chance(0.1) ? { harmIfSharedGreater: chance(0.7) } : {}),
    ...(chance(0.85) ? { proportionate: chance(0.92) } : {}),
    ...(chance(0.5) ? { agreement: 'x-2014' } : {}),
    ...(chance(0.2) ? { authorisedBy: 'M Dunn' } : {}),
    ...(chance(0.25) ? { confirmed: [...new Set(some(NEEDS, 5))] } : {}),
    ...(atRegister ? { route: 'register' } : chance(0.35) ? { route: pick(ROUTES) } : {}),
    ...(chance(0.1) ? { message: { thread: 'an earlier message' } } : {}),
  }
  return { disclosure, day }
}

function randomParty(world: World, { chance, pick }: Die, recipient: boolean): Party {
  const year = Number(world.day.slice(0, 4))
  return {
    kind: !recipient
      ? pick(world.senders)
      : chance(0.4)
        ? pick(['social-care', 'school', 'police', 'health'] as const)
        : pick(KINDS),
    ...(chance(0.85) ? { name: 'Ann Oke' } : {}),
    ...(chance(0.8) ? { role: 'Worker' } : {}),
    ...(chance(0.85) ? { address: pick(chance(0.85) ? world.addresses : strange) } : {}),
    ...(chance(0.25) ? { fax: '01632 960001' } : {}),
    ...(chance(0.35) ? { telephone: '01632 960002' } : {}),
    ...(chance(0.35) ? { postal: '4 Sea Road' } : {}),
    ...(recipient && chance(0.05) ? { list: true } : {}),
    ...(recipient && chance(0.85) ? { needToKnow: 'allocated' } : {}),
    ...(recipient && chance(0.15) ? { prefers: pick(ROUTES) } : {}),
    ...(chance(0.15) ? { via: 'the supervising social worker' } : {}),
    ...(chance(0.4)
      ? {
          channel: {
            tls: pick(['1.3', '1.2', '1.1']),
            mtaSts: chance(0.8),
            dmarc: chance(0.8),
            accredited: chance(0.2),
            checkedOn: world.day,
          },
        }
      : {}),
    ...(chance(0.85)
      ? {
          trained: pick([
            world.day,
            `${year - 1}-12-01`,
            `${year - 2}-12-01`,
            `${year - 3}${world.day.slice(4)}`,
            '2000-01-01',
          ]),
        }
      : {}),
    ...(chance(0.8) ? { area: pick(['wakefield', 'wakefield', 'leeds']) } : {}),
    ...(chance(0.4) ? { authorised: chance(0.8) } : {}),
    ...(chance(0.8) ? { clearance: pick([...CLEARANCES, 'personal', 'sensitive'] as const) } : {}),
  }
}

function randomConsent({ chance, pick, some }: Die, information: Item[]): Consent {
  return {
    person: 'a person',
    age: pick([31, 31, 31, 15, 16, 17, 8]),
    state: chance(0.6) ? 'given' : pick(CONSENT_STATES),
    ...(chance(0.7) ? { explicit: chance(0.8) } : {}),
    ...(chance(0.2) ? { competent: chance(0.6) } : {}),
    ...(chance(0.85) ? { told: chance(0.8) ? [...TOLD] : some(TOLD, 4) } : {}),
    ...(chance(0.12) ? { for: chance(0.6) ? information : some(ITEMS, 2) } : {}),
  }
}

interface Die {
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  some<T>(from: readonly T[], most: number): T[]
}

function dieFrom(seed: number): Die {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  return {
    chance: (share) => next() < share,
    pick,
    some: (from, most) => Array.from({ length: 1 + Math.floor(next() * most) }, () => pick(from)),
  }
}
