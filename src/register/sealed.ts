import type { Party } from '../protocols/index.ts'
import type { Check } from './answer.ts'

/** The purposes under which an enquiry's two halves are sealed; each is bound to the enquiry's id. */
export const QUESTION = 'register.enquiry-question'
export const ANSWER = 'register.enquiry-answer'

/** An entry that an enquiry met, shown to the asker or not. */
export interface Met {
  readonly id: number
  readonly authority: string
  readonly shown: boolean
  readonly probability: number
  readonly decision?: string | undefined
}

/**
 * What of an enquiry is sealed besides the answer: what was typed, and whom it met. `near` are candidates below the threshold: only a
 * keeper who is asked sees them.
 */
export interface SealedQuestion {
  readonly check: Check
  readonly met: readonly Met[]
  readonly near: readonly { readonly id: number; readonly authority: string; readonly probability: number }[]
  readonly asking: { readonly asker: Party; readonly protocol: string; readonly day: string }
}
