import type { Consent, Disclosure, Party } from '../../disclosure.ts'
import type { Item, Level, Need, Obligation, Outcome, Route } from '../../vocabulary.ts'

/** What must be among the answer; `open` is the route or an alternative. */
export interface Expectation {
  readonly outcome?: Outcome
  /** Any of these. */
  readonly outcomes?: readonly Outcome[]
  readonly level?: Level
  readonly items?: readonly Item[]
  readonly withheld?: readonly Item[]
  readonly route?: Route
  readonly open?: readonly Route[]
  readonly closed?: readonly Route[]
  readonly needs?: readonly Need[]
  readonly needsOneOf?: readonly Need[]
  readonly notNeeds?: readonly Need[]
  readonly obligations?: readonly Obligation[]
  readonly notObligations?: readonly Obligation[]
  readonly cites?: readonly string[]
  /** The outcome of each recipient, in order. */
  readonly recipients?: readonly Outcome[]
}
export interface Case {
  readonly id: string
  readonly protocol: string
  readonly on: string
  readonly disclosure: Disclosure
  readonly expect: Expectation
}

/** Builds the cases of one protocol from a usual disclosure and what is different this time. */
export function casesOf(protocol: string, on: string, usual: Disclosure) {
  return (id: string, change: Change, expect: Expectation): Case => {
    const { from, to, on: day, drop = [], ...rest } = change
    const recipients = to === undefined ? usual.to : Array.isArray(to) ? to : [{ ...usual.to[0], ...to }]
    const disclosure = {
      ...usual,
      ...rest,
      from: { ...usual.from, ...from },
      to: recipients.map(without),
    } as Disclosure
    for (const field of drop) delete disclosure[field]
    return { id, protocol, on: day ?? on, disclosure: { ...disclosure, from: without(disclosure.from) }, expect }
  }
}

export type Change = Partial<Omit<Disclosure, 'from' | 'to'>> & {
  readonly from?: Loose
  /** A part of the usual recipient, or all recipients. */
  readonly to?: Loose | readonly Party[]
  readonly on?: string
  readonly drop?: readonly (keyof Disclosure)[]
}
type Loose = { readonly [Field in keyof Party]?: Party[Field] | undefined }

function without(party: Party): Party {
  return Object.fromEntries(Object.entries(party).filter(([, value]) => value !== undefined)) as Party
}

export const told = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld'] as const
/** A mother who said yes to all, having been told all. */
export const given: Consent = { person: 'mother', age: 31, state: 'given', explicit: true, told: [...told] }
