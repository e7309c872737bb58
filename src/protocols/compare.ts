import { decide } from './decide.ts'
import type { Decision } from './disclosure.ts'
import type { RuleText } from './language.ts'
import type { Protocol } from './protocol.ts'
import type { PastDecision } from './store.ts'

/** One thing that differs between two protocols, for people to read. */
export interface Difference {
  readonly rule: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** What changes from one protocol to the other, rule by rule, in the order of their ids. */
export function compareProtocols(before: Protocol, after: Protocol): readonly Difference[] {
  const left = statements(before)
  const right = statements(after)
  const ids = [...new Set([...left.keys(), ...right.keys()])].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  )
  return ids.flatMap((rule) => {
    const was = left.get(rule) ?? []
    const is = right.get(rule) ?? []
    if (was.join('\n') === is.join('\n')) return []
    return [
      {
        rule,
        change: was.length === 0 ? 'added' : is.length === 0 ? 'removed' : 'changed',
        before: was.filter((one) => !is.includes(one)),
        after: is.filter((one) => !was.includes(one)),
      } as const,
    ]
  })
}

/** Everything a protocol states, by the rule it cites. */
function statements(protocol: Protocol): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const note = (rules: readonly string[], statement: string): void => {
    for (const rule of rules) found.set(rule, [...(found.get(rule) ?? []), statement].sort())
  }
  const { text } = protocol
  for (const rule of text.rules) note(rule.rule, ruleStatement(rule))
  const secure = text['secure addresses']
  for (const one of secure?.listed ?? [])
    note(secure?.rule ?? [], `secure: ${one.pattern}${one.until === undefined ? '' : ` until ${one.until}`}`)
  for (const one of secure?.retired ?? []) note(one.rule, `retired: ${one.pattern} on ${one.on}`)
  if (secure !== undefined) note(secure.rule, `an address is secure by ${secure.proof}`)
  for (const [ground, one] of Object.entries(text.consent?.grounds ?? {}))
    note(one.rule, `ground ${ground} covers ${one.covers.join(', ')}`)
  if (text.consent !== undefined) note(text.consent.rule, text.consent.says)
  note(
    text['in force'].rule,
    `in force from ${text['in force'].from}${text['in force'].until === undefined ? '' : ` until ${text['in force'].until}`}`,
  )
  return found
}

/** A rule as one line of text: what it says, when, and what follows. */
export function ruleStatement(rule: RuleText): string {
  const { rule: _cites, says, ...rest } = rule
  const lines = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([word, value]) => `${word} ${written(value)}`)
  return [says, ...lines].join(' · ')
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([word, one]) => ('id' in value && word === 'id' ? written(one) : `${word}: ${written(one)}`))
      .join('; ')
  return value === true ? 'yes' : value === false ? 'no' : String(value)
}

/** A past decision that another protocol would have made otherwise. */
export interface Replayed {
  readonly id: string
  readonly on: string
  readonly changes: readonly { readonly what: string; readonly was: string; readonly wouldBe: string }[]
}

/**
 * The past decisions that `protocol` would have made otherwise, as if it had been in force on each one's day. What was decided
 * is compared in what matters: outcome, level, items, route, needs and obligations.
 */
export function replay(past: readonly PastDecision[], protocol: Protocol): readonly Replayed[] {
  const always: Protocol = { ...protocol, inForce: { ...protocol.inForce, from: '0001-01-01', until: undefined } }
  return past.flatMap(({ id, on, disclosure, decision }) => {
    const changes = differences(decision, decide(disclosure, always, on))
    return changes.length === 0 ? [] : [{ id, on, changes }]
  })
}

function differences(was: Decision, wouldBe: Decision): Replayed['changes'] {
  const faces: readonly (readonly [string, (decision: Decision) => string])[] = [
    ['outcome', (one) => one.outcome],
    ['level', (one) => one.level],
    ['items', (one) => [...one.items].sort().join(', ')],
    ['route', (one) => one.route ?? 'none'],
    [
      'needs',
      (one) =>
        one.needs
          .map((need) => need.id)
          .sort()
          .join(', '),
    ],
    [
      'obligations',
      (one) =>
        one.obligations
          .map((owed) => owed.id)
          .sort()
          .join(', '),
    ],
  ]
  return faces.flatMap(([what, face]) =>
    face(was) === face(wouldBe) ? [] : [{ what, was: face(was), wouldBe: face(wouldBe) }],
  )
}
