import type { Protocol } from '../../protocols/index.ts'
import { levelRank } from '../../protocols/index.ts'
import type { Draft } from '../draft.ts'
import { familyChanged } from './consent-order.ts'
import { listOf } from './facts.ts'
import { CRIME_QUESTIONS, HARM_CONSIDERATIONS, PROTECT_QUESTIONS, wordsMissing } from './questions.ts'

/** A page of the journey. */
export type StepId =
  | 'worry'
  | 'call'
  | 'purpose'
  | 'about'
  | 'report'
  | 'information'
  | 'documents'
  | 'recipients'
  | 'family'
  | 'consent'
  | 'ground'
  | 'harm'
  | 'protect'
  | 'crime'
  | 'six-words'
  | 'balance'
  | 'decision'
  | 'route'
  | 'check'

/** Whether anything in the draft identifies a person, under this protocol. */
export const isPersonal = (draft: Draft, protocol: Protocol): boolean =>
  draft.items.some((one) => levelRank(protocol.levelOf(one.item)) >= levelRank('personal'))

const risk = (draft: Draft) => draft.worry?.risk ?? 'none'

/** Which pages this case asks for. What a protocol does not speak of is not asked. */
export function asks(step: StepId, draft: Draft, form: string, protocol: Protocol): boolean {
  const personal = draft.items.length === 0 || isPersonal(draft, protocol)
  const { consent } = protocol
  const lifted =
    risk(draft) !== 'none' || consent?.['not needed for'].some((one) => one.purpose === draft.worry?.purpose) === true
  switch (step) {
    case 'call':
      return risk(draft) === 'imminent-harm'
    case 'report':
      return form === 'police-report'
    case 'about':
      return personal
    case 'family':
    case 'consent':
      return consent !== undefined && personal && !lifted
    case 'ground':
      return consent !== undefined && personal && !lifted && draft.basis === 'without'
    case 'harm':
      return personal && risk(draft) === 'significant-harm'
    case 'protect':
      return (
        personal &&
        (risk(draft) === 'significant-harm' || (!lifted && draft.basis === 'without' && !rests(draft, 'crime')))
      )
    case 'crime':
      return personal && (draft.worry?.purpose === 'crime-prevention' || rests(draft, 'crime'))
    case 'six-words':
      return personal
    case 'balance':
      return personal && protocol.asking.some((rule) => rule.asks.includes('proportionality'))
    default:
      return true
  }
}

const rests = (draft: Draft, ground: string) => draft.basis === 'without' && draft.ground?.id === ground

/** Whether a page has been answered in full. */
export function isAnswered(step: StepId, draft: Draft, calls: number): boolean {
  switch (step) {
    case 'worry':
      return draft.worry !== undefined
    case 'call':
      return calls > 0
    case 'purpose':
      return draft.worry?.purpose !== undefined
    case 'about':
      return draft.people.some((one) => one.part !== 'adult')
    case 'report':
      return draft.report !== undefined
    case 'information':
      return draft.items.length > 0 && draft.items.every((one) => one.why !== '')
    case 'documents':
      return true
    case 'recipients':
      return draft.recipients.length > 0 && draft.recipients.every((one) => (one.needToKnow ?? '') !== '')
    case 'family':
      return !familyChanged(draft)
    case 'consent':
      return draft.basis !== undefined
    case 'ground':
      return draft.ground !== undefined
    case 'harm':
      return HARM_CONSIDERATIONS.every(({ id }) => (draft.harm?.[id] ?? '') !== '')
    case 'protect':
      return PROTECT_QUESTIONS.every(({ id }) => draft.protect?.[id] !== undefined)
    case 'crime':
      return CRIME_QUESTIONS.every(({ id }) => draft.crime?.[id] !== undefined)
    case 'six-words':
      return wordsMissing(draft.six).length === 0
    case 'balance':
      return draft.balance !== undefined
    case 'decision':
      return false
    case 'route':
      return draft.route !== undefined
    case 'check':
      return draft.confirmed.some((one) => one.need === 'recipient-check' && one.of === listOf(draft))
  }
}

/**
 * Pages that must be answered before anything goes: the considerations (BEX-34), the questions (BEX-33, BEX-35), the six words (CUM-4), the look at the
 * family (BEX-22), the check of the list (CUM-52). Imminent harm waits for none of the considerations (CUM-7); the list is checked always.
 */
export function unanswered(draft: Draft, form: string, protocol: Protocol, calls: number): readonly StepId[] {
  const always: readonly StepId[] = ['information', 'report', 'check']
  const unlessImminent: readonly StepId[] = ['family', 'harm', 'protect', 'crime', 'six-words']
  const wanted = risk(draft) === 'imminent-harm' ? always : [...unlessImminent, ...always]
  return wanted.filter((step) => asks(step, draft, form, protocol) && !isAnswered(step, draft, calls))
}
