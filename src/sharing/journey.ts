import type { Protocol } from '../protocols/index.ts'
import type { Draft } from './draft.ts'
import { asks, isAnswered, type StepId } from './rules/unanswered.ts'

/** The journey as data: the order of its pages, from which the task list, the way on and the way back all follow. */
export const JOURNEY: readonly { readonly id: StepId; readonly section: string; readonly title: string }[] = [
  { id: 'worry', section: 'The worry', title: 'What you are worried about' },
  { id: 'call', section: 'The worry', title: 'Telephone the hub' },
  { id: 'purpose', section: 'The worry', title: 'Why you would share' },
  { id: 'about', section: 'The child and the family', title: 'Who it is about' },
  { id: 'report', section: 'What would be shared', title: 'The report' },
  { id: 'information', section: 'What would be shared', title: 'The information' },
  { id: 'documents', section: 'What would be shared', title: 'Documents' },
  { id: 'recipients', section: 'Who would receive it', title: 'Recipients, and why each needs to know' },
  { id: 'family', section: 'Consent, or the ground without it', title: 'Who belongs to the family' },
  { id: 'consent', section: 'Consent, or the ground without it', title: 'Consent' },
  { id: 'ground', section: 'Consent, or the ground without it', title: 'The ground for sharing without consent' },
  { id: 'harm', section: 'Weighing it up', title: 'Significant harm' },
  { id: 'protect', section: 'Weighing it up', title: 'Protecting people from harm' },
  { id: 'crime', section: 'Weighing it up', title: 'Preventing crime' },
  { id: 'six-words', section: 'Weighing it up', title: 'Six words' },
  { id: 'balance', section: 'Weighing it up', title: 'Sharing against not sharing' },
  { id: 'decision', section: 'Decision and sending', title: 'The decision' },
  { id: 'route', section: 'Decision and sending', title: 'How it goes' },
  { id: 'check', section: 'Decision and sending', title: 'Check the list and send' },
]

export interface Case {
  readonly id: string
  readonly draft: Draft
  readonly form: string
  readonly protocol: Protocol
}

const asked = (of: Case) => JOURNEY.filter((one) => asks(one.id, of.draft, of.form, of.protocol))
export const addressOf = (id: string, step: StepId): string => `/disclosures/${id}/${step}`

/** Where a page leads on to: the next that this case asks for. */
export function nextAfter(step: StepId, of: Case): string {
  const order = JOURNEY.findIndex((one) => one.id === step)
  const next = asked(of).find((one) => JOURNEY.indexOf(one) > order)
  return next === undefined ? `/disclosures/${of.id}` : addressOf(of.id, next.id)
}

/** Where a page's back link leads. */
export function backFrom(step: StepId, of: Case): string {
  const order = JOURNEY.findIndex((one) => one.id === step)
  const before = asked(of).findLast((one) => JOURNEY.indexOf(one) < order)
  return before === undefined ? `/disclosures/${of.id}` : addressOf(of.id, before.id)
}

export interface TaskSection {
  readonly title: string
  readonly tasks: readonly {
    readonly id: StepId
    readonly title: string
    readonly href: string
    readonly done: boolean
    readonly optional: boolean
  }[]
}

/** Nothing waits for these: documents, another route than the best, and the weighing that a risk of harm lifts. */
const isOptional = (id: StepId, draft: Draft): boolean =>
  id === 'documents' ||
  id === 'decision' ||
  id === 'route' ||
  (id === 'balance' && (draft.worry?.risk ?? 'none') !== 'none')

/** The task list of a case, section by section. */
export function tasksOf(of: Case, calls: number): readonly TaskSection[] {
  const sections = new Map<string, TaskSection['tasks'][number][]>()
  for (const { id, section, title } of asked(of)) {
    const task = {
      id,
      title,
      href: addressOf(of.id, id),
      done: isAnswered(id, of.draft, calls),
      optional: isOptional(id, of.draft),
    }
    sections.set(section, [...(sections.get(section) ?? []), task])
  }
  return [...sections].map(([title, tasks]) => ({ title, tasks }))
}
