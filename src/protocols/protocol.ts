import {
  additionText,
  type ConsentText,
  type Example,
  type ProtocolText,
  protocolText,
  type RuleText,
} from './language.ts'
import type { Case } from './rules/case.ts'
import { testOf } from './rules/conditions.ts'
import { lookAlikeAmong } from './rules/look-alikes.ts'
import {
  defaultLevel,
  ITEMS,
  type Item,
  type Level,
  type Need,
  type Obligation,
  ROUTES,
  type Route,
} from './vocabulary.ts'

/** A rule made ready to be asked. */
export interface Rule {
  readonly cites: readonly string[]
  readonly says: string
  readonly applies: (found: Case) => boolean
  readonly opens: readonly Route[]
  readonly closes: readonly Route[]
  readonly withholds: ((item: Item, found: Case) => boolean) | undefined
  readonly until: Need | undefined
  readonly asks: readonly Need[]
  readonly owes: readonly { readonly id: Obligation; readonly within: string | undefined }[]
  readonly wording: string | undefined
  /** How it was written, for checking and for showing. */
  readonly text: RuleText
}

/** An authority's written protocol, made ready for `decide`. */
export interface Protocol {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly authority: string
  readonly text: ProtocolText
  readonly inForce: ProtocolText['in force']
  readonly levelOf: (item: Item) => Exclude<Level, 'none'>
  readonly levelCites: ProtocolText['levels']
  readonly secure: {
    readonly proof: 'list' | 'channel' | 'gateway'
    readonly listed: readonly { readonly pattern: string; readonly until?: string | undefined }[]
    readonly retired: readonly { readonly pattern: string; readonly on: string }[]
    readonly checkedWithin: string | undefined
    readonly lookAlikeOf: (domain: string) => string | undefined
  }
  readonly consent: ConsentText | undefined
  readonly order: readonly Route[]
  readonly withholding: readonly Rule[]
  readonly routing: readonly Rule[]
  readonly asking: readonly Rule[]
  readonly owing: readonly Rule[]
  readonly noting: readonly Rule[]
  readonly rules: readonly Rule[]
  readonly examples: readonly Example[]
}

/** The place in the file and what is wrong there. */
export interface NotAProtocol {
  readonly error: string
  readonly place: string
}

/**
 * Reads what a protocol file says (already parsed from YAML). A file with `extends` stands on the protocol that
 * `parentOf` gives for that id: all its rules hold, and the file's own come after them.
 */
export function readProtocol(
  input: unknown,
  parentOf: (id: string) => Protocol | undefined,
): { protocol: Protocol } | NotAProtocol {
  const standsOn = typeof input === 'object' && input !== null && 'extends' in input
  const parsed = (standsOn ? additionText : protocolText).safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place =
      issue === undefined
        ? ''
        : [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join(' › ')
    return { error: `${place === '' ? 'the file' : place}: ${issue?.message ?? 'not a protocol'}`, place }
  }
  if (!('extends' in parsed.data)) return { protocol: compile(parsed.data as ProtocolText) }
  const { extends: parentId, ...own } = parsed.data as ReturnType<typeof additionText.parse>
  const parent = parentOf(parentId)
  if (parent === undefined) return { error: `extends: there is no protocol “${parentId}”`, place: 'extends' }
  return { protocol: compile(standOn(parent.text, own)) }
}

function standOn(parent: ProtocolText, own: Omit<ReturnType<typeof additionText.parse>, 'extends'>): ProtocolText {
  const secure = parent['secure addresses']
  const ownSecure = own['secure addresses']
  return {
    ...parent,
    ...own,
    levels: { ...parent.levels, ...own.levels },
    'secure addresses':
      secure === undefined
        ? undefined
        : {
            ...secure,
            ...definedOnly(ownSecure),
            retired: [...secure.retired, ...(ownSecure?.retired ?? [])],
            listed: [...secure.listed, ...(ownSecure?.listed ?? [])],
          },
    consent:
      parent.consent === undefined
        ? undefined
        : {
            ...parent.consent,
            ...definedOnly(own.consent),
            grounds: { ...parent.consent.grounds, ...own.consent?.grounds },
            'not needed for': [...parent.consent['not needed for'], ...(own.consent?.['not needed for'] ?? [])],
          },
    'order of routes': own['order of routes'] ?? parent['order of routes'],
    rules: [...parent.rules, ...own.rules],
    examples: own.examples,
  } as ProtocolText
}

function definedOnly<T extends object>(found: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(found ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>
}

function compile(text: ProtocolText): Protocol {
  const levels = new Map<Item, Exclude<Level, 'none'>>(ITEMS.map((item) => [item, defaultLevel(item)]))
  for (const level of ['anonymised', 'personal', 'sensitive'] as const)
    for (const item of text.levels[level]?.items ?? []) levels.set(item, level)
  const levelOf = (item: Item): Exclude<Level, 'none'> => levels.get(item) ?? 'sensitive'
  const rules = text.rules.map((rule) => ruleFrom(rule, levelOf))
  const order = text['order of routes'] ?? []
  const secure = text['secure addresses']
  return {
    id: text.id,
    version: text.version,
    title: text.title,
    authority: text.authority,
    text,
    inForce: text['in force'],
    levelOf,
    levelCites: text.levels,
    secure: {
      proof: secure?.proof ?? 'list',
      listed: secure?.listed ?? [],
      retired: secure?.retired ?? [],
      checkedWithin: secure?.['checked within'],
      lookAlikeOf: lookAlikeAmong([...(secure?.listed ?? []), ...(secure?.retired ?? [])].map((one) => one.pattern)),
    },
    consent: text.consent,
    order: [...order, ...ROUTES.filter((route) => !order.includes(route))],
    rules,
    withholding: rules.filter((rule) => rule.withholds !== undefined),
    routing: rules.filter((rule) => rule.opens.length + rule.closes.length > 0),
    asking: rules.filter((rule) => rule.asks.length > 0),
    owing: rules.filter((rule) => rule.owes.length > 0),
    noting: rules.filter(
      (rule) =>
        rule.withholds === undefined &&
        rule.opens.length + rule.closes.length + rule.asks.length + rule.owes.length === 0,
    ),
    examples: text.examples,
  }
}

function ruleFrom(text: RuleText, levelOf: (item: Item) => Level): Rule {
  const holds = testOf(text.when, 'every')
  const lifted = testOf(text.unless, 'any')
  const liftedBy = text['lifted by']
  const applies = (found: Case): boolean => {
    const { risk } = found.disclosure
    if (liftedBy !== undefined && (risk === 'imminent-harm' || (liftedBy === 'harm' && risk === 'significant-harm')))
      return false
    return holds(found) && !lifted(found)
  }
  const allBut = text['closes all but']
  return {
    cites: text.rule,
    says: text.says,
    applies,
    text,
    opens: text.opens ?? [],
    closes: [
      ...(text.closes ?? []),
      ...(allBut === undefined ? [] : ROUTES.filter((route) => !allBut.includes(route))),
    ],
    withholds: withholdingFrom(text, levelOf),
    until: text.until,
    asks: text.asks ?? [],
    owes: text.owes ?? [],
    wording: text.wording,
  }
}

function withholdingFrom(text: RuleText, levelOf: (item: Item) => Level): Rule['withholds'] {
  const wanted = text.withholds
  if (wanted === undefined) return undefined
  const allBut = wanted['all but']
  const rank = { none: 0, anonymised: 1, personal: 2, sensitive: 3 } as const
  return (item, found) =>
    (wanted.items?.includes(item) ?? false) ||
    (wanted.levels?.includes(levelOf(item)) ?? false) ||
    (allBut !== undefined && !allBut.includes(item)) ||
    (wanted['above clearance'] === true && rank[levelOf(item)] > rank[found.to.clearance ?? 'anonymised'])
}
