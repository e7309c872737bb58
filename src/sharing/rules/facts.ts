import type { Consent, Disclosure, Need, Party } from '../../protocols/index.ts'
import type { Confirmation, Draft } from '../draft.ts'
import { ageOn, isAsked } from './ages.ts'
import { outOfOrder } from './consent-order.ts'

/** What the house knows by itself at the moment of deciding. */
export interface Facts {
  readonly from: Party
  /** In the order of `draft.recipients`, without the need to know. */
  readonly to: readonly Party[]
  /** The agreement that covers every recipient, if one does. */
  readonly agreement?: string | undefined
  /** YYYY-MM-DD, for ages. */
  readonly day: string
}

/** Needs that a worker may confirm by their own word. The others are met by the page that answers them; the balance of harm is a manager's. */
export const CONFIRMABLE: ReadonlySet<Need> = new Set<Need>([
  'thread-check',
  'urgency',
  'no-more-secure-route',
  'significant-need',
  'list-checked',
  'recipient-check',
  'role-of-recipient',
])

/** What a confirmation of the recipient list stands for: the same people, by the same route. */
export const listOf = (draft: Pick<Draft, 'recipients' | 'route'>): string =>
  JSON.stringify([draft.recipients.map((one) => one.entryId).sort(), draft.route ?? null])

/** Confirmations that still hold: those bound to a list of recipients end when the list changes. */
export const standing = (draft: Draft): readonly Confirmation[] =>
  draft.confirmed.filter((one) => one.of === undefined || one.of === listOf(draft))

/** The disclosure that a draft describes; undefined while it says too little to be asked about. Names of the family stay out: persons go by key. */
export function disclosureOf(draft: Draft, facts: Facts): Disclosure | undefined {
  const { worry } = draft
  const purpose = worry?.purpose
  if (worry === undefined || purpose === undefined || draft.items.length === 0 || draft.recipients.length === 0)
    return undefined
  const about = draft.people.filter((one) => one.part !== 'adult')
  const consent = consentOf(draft, facts.day)
  const confirmed = [...new Set(standing(draft).map((one) => one.need))].filter(
    (need) => CONFIRMABLE.has(need) || need === 'harm-balance',
  )
  return {
    from: facts.from,
    to: draft.recipients.map((one, index) => withNeed(facts.to[index]!, one.needToKnow)),
    ...(about.length === 0
      ? {}
      : { about: about.map((one) => ({ ref: one.key, ...some('age', ageOn(one, facts.day)) })) }),
    information: [...new Set(draft.items.map((one) => one.item))],
    purpose,
    risk: worry.risk,
    ...(worry.urgent ? { urgent: true } : {}),
    ...(consent.length === 0 ? {} : { consent }),
    ...(draft.basis === 'without' && draft.ground !== undefined ? { ground: draft.ground.id } : {}),
    ...(draft.balance === undefined
      ? {}
      : {
          proportionate: draft.balance.proportionate,
          ...(draft.balance.harmsMore ? { harmIfSharedGreater: true } : {}),
        }),
    ...some('agreement', facts.agreement),
    ...some('authorisedBy', draft.authorisedBy),
    ...(confirmed.length === 0 ? {} : { confirmed }),
    ...some('route', draft.route),
  }
}

/** A family member nobody has asked yet counts as not asked (BEX-22); consent outside its order does not count (BEX-24). */
function consentOf(draft: Draft, day: string): Consent[] {
  return draft.people.flatMap((person): Consent[] => {
    const record = draft.consent.find((one) => one.person === person.key)
    const age = ageOn(person, day) ?? (person.part === 'adult' ? 18 : undefined)
    if (age === undefined || (record === undefined && !isAsked(person, day))) return []
    const base = { person: person.key, ...some('relation', person.relation ?? person.part), age }
    if (record === undefined) return [{ ...base, state: 'not-sought' as const }]
    const state = record.state === 'given' && outOfOrder(record, draft) !== undefined ? 'not-sought' : record.state
    return [
      {
        ...base,
        state,
        told: [...record.told],
        ...some('explicit', record.explicit),
        ...some('competent', record.competent),
        ...some('for', record.for),
      },
    ]
  })
}

const withNeed = (party: Party, need: string | undefined): Party =>
  need === undefined || need === '' ? party : { ...party, needToKnow: need }

const some = <Name extends string, Value>(name: Name, value: Value | undefined): { [_ in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [_ in Name]?: Value }
