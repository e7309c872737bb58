import type { Consent, Disclosure, Party, Reason } from '../disclosure.ts'
import type { ConsentText } from '../language.ts'
import type { Ground, Item, Level, Need } from '../vocabulary.ts'
import { answered, atRisk } from './case.ts'

/** What the sharing rests on, and what is still to be asked. */
export interface Reliance {
  readonly on: 'consent' | 'ground' | 'harm' | 'nothing' | 'not settled'
  readonly reasons: readonly Reason[]
  /** Any one of these answers would do; empty when nothing is missing. */
  readonly asks: readonly { readonly need: Need; readonly cites: readonly string[] }[]
}

const NOTHING: Reliance = { on: 'nothing', reasons: [], asks: [] }

/**
 * Consent or the ground to share without it, for one recipient and the items that recipient would get.
 * A protocol without a consent section never asks (contract, Silence).
 */
export function relianceOf(
  disclosure: Disclosure,
  to: Party,
  items: readonly Item[],
  level: Level,
  text: ConsentText | undefined,
  confirmed: ReadonlySet<Need>,
): Reliance {
  if (text === undefined || (level !== 'personal' && level !== 'sensitive')) return NOTHING
  const exempt = text['not needed for'].find(
    (one) => one.purpose === disclosure.purpose && one['recipient is']?.includes(to.kind) !== false,
  )
  if (exempt !== undefined)
    return {
      on: 'nothing',
      reasons: [{ text: `Consent is not a condition for this purpose (${exempt.purpose}).`, cites: exempt.rule }],
      asks: [],
    }
  if (atRisk(disclosure)) {
    const lifted = text['lifted by harm']
    return { on: 'harm', reasons: [{ text: lifted.says, cites: lifted.rule }], asks: [] }
  }
  const standing = standingOf(disclosure.consent ?? [], items, level, text)
  if (standing.state === 'given')
    return {
      on: 'consent',
      reasons: [{ text: 'Consent has been given by each person whose consent counts.', cites: standing.cites }],
      asks: [],
    }
  const ground = disclosure.ground === undefined ? undefined : groundFor(disclosure, disclosure.ground, to, level, text)
  if (ground?.counts) return { on: 'ground', reasons: [ground.reason], asks: [] }
  if (confirmed.has('ground'))
    return {
      on: 'ground',
      reasons: [{ text: 'A person has recorded that a ground was established.', cites: text.rule }],
      asks: [],
    }
  const asks = asksFor(standing, level, text)
  if (asks.some(({ need }) => confirmed.has(need) || (need === 'consent' && confirmed.has('explicit-consent'))))
    return {
      on: 'consent',
      reasons: [{ text: 'A person has recorded that consent was obtained.', cites: text.rule }],
      asks: [],
    }
  return {
    on: 'not settled',
    asks,
    reasons: [{ text: SAID[standing.state], cites: standing.cites }, ...(ground === undefined ? [] : [ground.reason])],
  }
}

type State =
  | 'given'
  | 'not explicit'
  | 'not informed'
  | 'not covering'
  | 'not sought'
  | 'not stated'
  | 'refused'
  | 'withdrawn'
interface Standing {
  readonly state: State
  readonly cites: readonly string[]
}

/** From best to worst: the worst of all persons decides. */
const ORDER: readonly State[] = [
  'given',
  'not explicit',
  'not informed',
  'not covering',
  'not sought',
  'not stated',
  'refused',
  'withdrawn',
]
const SAID: Readonly<Record<State, string>> = {
  given: 'Consent has been given.',
  'not explicit': 'Consent was given, but not explicitly, and this is sensitive information.',
  'not informed': 'Consent was given without the person being told everything that makes it informed.',
  'not covering': 'Consent was given, but not for all of this information.',
  'not sought': 'Consent has not been sought.',
  'not stated': 'Nobody whose consent counts is recorded as having given it.',
  refused: 'Consent was refused, so that a ground is needed to share all the same.',
  withdrawn: 'Consent was withdrawn; it may be shared only under an exemption and on a need-to-know basis.',
}

function standingOf(consents: readonly Consent[], items: readonly Item[], level: Level, text: ConsentText): Standing {
  let worst: State | undefined
  let lacksCapacity = false
  for (const one of consents) {
    const state = stateOf(one, items, level, text)
    if (state === 'does not count') continue
    if (state === 'lacks capacity') lacksCapacity = true
    else if (worst === undefined || ORDER.indexOf(state) > ORDER.indexOf(worst)) worst = state
  }
  if (lacksCapacity && (worst === undefined || ORDER.indexOf(worst) < ORDER.indexOf('not stated'))) worst = 'not stated'
  const state = worst ?? 'not stated'
  return { state, cites: citesFor(state, level, lacksCapacity, consents, text) }
}

function stateOf(
  one: Consent,
  items: readonly Item[],
  level: Level,
  text: ConsentText,
): State | 'does not count' | 'lacks capacity' {
  const ofAge = one.age >= text['counts from age'].age
  if (!ofAge) {
    const counts =
      one.competent === true &&
      (text['competent child counts'] !== undefined || one.state === 'refused' || one.state === 'withdrawn')
    if (!counts) return 'does not count'
  } else if (one.competent === false)
    return one.state === 'refused' || one.state === 'withdrawn' ? one.state : 'lacks capacity'
  if (one.state === 'refused' || one.state === 'withdrawn') return one.state
  if (one.state === 'not-sought') return 'not sought'
  const covered = one.for
  if (covered !== undefined && items.some((item) => item !== 'statistic' && !covered.includes(item)))
    return 'not covering'
  const told = one.told ?? []
  if (text['must have been told']?.what.some((what) => !told.includes(what))) return 'not informed'
  if (mustBeExplicit(level, text) && one.explicit !== true) return 'not explicit'
  return 'given'
}

function mustBeExplicit(level: Level, text: ConsentText): boolean {
  return (level === 'personal' || level === 'sensitive') && (text['explicit for']?.levels.includes(level) ?? false)
}

function citesFor(
  state: State,
  level: Level,
  lacksCapacity: boolean,
  consents: readonly Consent[],
  text: ConsentText,
): readonly string[] {
  const cites = [...text.rule]
  if (mustBeExplicit(level, text)) cites.push(...(text['explicit for']?.rule ?? []))
  if (state === 'refused') cites.push(...text['after refusal'].rule)
  if (state === 'withdrawn') cites.push(...text['after withdrawal'].rule)
  if (state === 'not informed' || state === 'not covering') cites.push(...(text['must have been told']?.rule ?? []))
  if (lacksCapacity) cites.push(...(text['without capacity']?.rule ?? []))
  if (consents.length > 0) cites.push(...text['counts from age'].rule)
  if (consents.some((one) => one.age < text['counts from age'].age && one.competent === true))
    cites.push(...(text['competent child counts']?.rule ?? []))
  return [...new Set(cites)]
}

function asksFor(standing: Standing, level: Level, text: ConsentText): Reliance['asks'] {
  const { state, cites } = standing
  if (state === 'refused' || state === 'withdrawn') return [{ need: 'ground', cites }]
  const consent: Need = mustBeExplicit(level, text) ? 'explicit-consent' : 'consent'
  if (state === 'not explicit' || state === 'not informed' || state === 'not covering')
    return [{ need: consent, cites }]
  const wanted = text['nothing stated asks for']
  if (state === 'not sought' && wanted.includes('ground')) return [{ need: 'ground', cites }]
  return wanted.map((need) => ({ need: need === 'consent' ? consent : need, cites }))
}

function groundFor(
  disclosure: Disclosure,
  ground: Ground,
  to: Party,
  level: Level,
  text: ConsentText,
): { counts: boolean; reason: Reason } {
  const found = text.grounds[ground]
  if (found === undefined)
    return {
      counts: false,
      reason: { text: `The ground “${ground}” is not one of this protocol’s.`, cites: text.rule },
    }
  if (!found.covers.includes(level as 'personal' | 'sensitive'))
    return {
      counts: false,
      reason: {
        text: `The ground “${ground}” covers ${found.covers.join(' and ')} information only, and this is ${level}.`,
        cites: [...new Set([...found.rule, ...text.rule, ...(text['explicit for']?.rule ?? [])])],
      },
    }
  const through = disclosure.route !== undefined && found['or through']?.includes(disclosure.route) === true
  if (found.purposes !== undefined && !found.purposes.includes(disclosure.purpose) && !through)
    return { counts: false, reason: { text: `The ground “${ground}” does not serve this purpose.`, cites: found.rule } }
  const kinds = found['recipient is']
  const byAgreement = found['or with an agreement to']?.includes(to.kind) === true && answered(disclosure.agreement)
  if (kinds !== undefined && !kinds.includes(to.kind) && !byAgreement)
    return {
      counts: false,
      reason: { text: `The ground “${ground}” does not reach a recipient of this kind.`, cites: found.rule },
    }
  return { counts: true, reason: { text: found.says, cites: found.rule } }
}
