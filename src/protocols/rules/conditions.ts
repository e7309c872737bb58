import type { Conditions } from '../language.ts'
import { addressFactsHold } from './address-conditions.ts'
import { answered, type Case } from './case.ts'
import { isWithin } from './period.ts'

type Test = (found: Case) => boolean
type Words = { readonly [Word in keyof Required<Conditions>]: (wanted: NonNullable<Conditions[Word]>) => Test }

const includes = <T>(list: readonly T[], one: T | undefined): boolean => one !== undefined && list.includes(one)

/** What each word of the language asks of a case. */
const WORDS: Words = {
  level: (wanted) => (c) => wanted.includes(c.level),
  items: (wanted) => (c) => c.items.some((item) => wanted.includes(item)),
  purpose: (wanted) => (c) => wanted.includes(c.disclosure.purpose),
  risk: (wanted) => (c) => wanted.includes(c.disclosure.risk ?? 'none'),
  marking: (wanted) => (c) => wanted.includes(c.disclosure.marking ?? 'none'),
  ground: (wanted) => (c) => includes(wanted, c.disclosure.ground),
  'relies on': (wanted) => (c) => wanted.includes(c.reliance),
  urgent: (wanted) => (c) => (c.disclosure.urgent === true || c.confirmed.has('urgency')) === wanted,
  'sender is': (wanted) => (c) => wanted.includes(c.disclosure.from.kind),
  'recipient is': (wanted) => (c) => wanted.includes(c.to.kind),
  'same organisation': (wanted) => (c) => c.sameOrganisation === wanted,
  'same area': (wanted) => (c) => (answered(c.disclosure.from.area) && c.disclosure.from.area === c.to.area) === wanted,
  'both addresses secure': (wanted) => (c) => (c.from.secure && c.address.secure) === wanted,
  'one address secure': (wanted) => (c) => (c.from.secure !== c.address.secure) === wanted,
  "sender's address": (wanted) => (c) => wanted.some((state) => addressFactsHold(c.from, state)),
  "recipient's address": (wanted) => (c) => wanted.some((state) => addressFactsHold(c.address, state)),
  "recipient's domain": (wanted) => addressFactsHold.domain('address', wanted),
  "sender's domain": (wanted) => addressFactsHold.domain('from', wanted),
  'recipient has': (wanted) => (c) => wanted.every((field) => has(c, field)),
  'recipient lacks': (wanted) => (c) => wanted.some((field) => !has(c, field)),
  'recipient is a list': (wanted) => (c) => (c.to.list === true) === wanted,
  "recipient's clearance": (wanted) => (c) => wanted.includes(c.to.clearance ?? 'anonymised'),
  'recipient is authorised': (wanted) => (c) => (c.to.authorised === true) === wanted,
  'manager authorised': (wanted) => (c) =>
    (answered(c.disclosure.authorisedBy) || c.confirmed.has('manager-authorisation')) === wanted,
  'several recipients': (wanted) => (c) => c.disclosure.to.length > 1 === wanted,
  'earlier messages': (wanted) => (c) => answered(c.disclosure.message?.thread) === wanted,
  agreement: (wanted) => (c) => answered(c.disclosure.agreement) === wanted,
  'sender trained within': (wanted) => (c) =>
    c.disclosure.from.trained !== undefined && isWithin(c.disclosure.from.trained, wanted, c.day),
  'judged proportionate': (wanted) => (c) => (c.disclosure.proportionate === true) === wanted,
  'sharing would harm more': (wanted) => (c) => (c.disclosure.harmIfSharedGreater === true) === wanted,
  route: (wanted) => (c) => includes(wanted, c.route),
  'proposed route': (wanted) => (c) => includes(wanted, c.disclosure.route),
  'another route is open': (wanted) => (c) => wanted.some((route) => route !== c.route && c.open.has(route)),
}

function has({ to }: Case, field: string): boolean {
  switch (field) {
    case 'need to know':
      return answered(to.needToKnow)
    case 'agreed route':
      return to.prefers !== undefined
    case 'go-between':
      return answered(to.via)
    default:
      return answered(to[field as 'name' | 'role' | 'agency' | 'address' | 'postal' | 'telephone' | 'fax'])
  }
}

/** One test from the lines under `when` (every line must hold) or `unless` (any line lifts the rule). */
export function testOf(lines: Conditions | undefined, joined: 'every' | 'any'): Test {
  const tests = Object.entries(lines ?? {})
    .filter(([, wanted]) => wanted !== undefined)
    .map(([word, wanted]) => (WORDS[word as keyof Words] as (wanted: unknown) => Test)(wanted))
  if (joined === 'every')
    return tests.length === 0
      ? () => true
      : (c) => {
          for (const test of tests) if (!test(c)) return false
          return true
        }
  return tests.length === 0
    ? () => false
    : (c) => {
        for (const test of tests) if (test(c)) return true
        return false
      }
}
