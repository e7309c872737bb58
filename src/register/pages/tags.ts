import type { KeeperQuestion } from '../store/questions.ts'

/** How a question to a keeper stands: waiting, late or answered. */
export function questionTag(one: Pick<KeeperQuestion, 'answeredAt' | 'dueAt'>, now: Date) {
  if (one.answeredAt !== null) return { text: 'Answered', classes: 'govuk-tag--green' }
  return one.dueAt < now
    ? { text: 'Overdue', classes: 'govuk-tag--red' }
    : { text: 'Waiting', classes: 'govuk-tag--yellow' }
}

export const KEEPER_WORDS = {
  known: 'The child is known',
  'not-known': 'The child is not known',
  telephone: 'Please telephone',
} as const
