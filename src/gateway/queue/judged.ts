/** What is put down of an answer. Written where the message was checked, so that a large answer is not taken apart and put together again. Pure. */
import { type DecisionText, decisionText } from '../../protocols/index.ts'
import type { Action } from '../facts/index.ts'
import { type Examined, firstReason } from './examine.ts'
import { withoutWords } from './kept-disclosure.ts'
import type { Additions } from './types.ts'
import type { Going } from './ways.ts'

export interface Judged {
  readonly action: Action
  readonly sentence: string
  /** Cited by what was found. */
  readonly rules: readonly string[]
  /** For a refusal: its first rule and sentence. */
  readonly reason: { readonly rule: string; readonly sentence: string }
  readonly going: readonly Going[]
  readonly add: Additions
  /** Recipients of the envelope. */
  readonly recipients: number
  /** `Seen`, as JSON. */
  readonly seen: string
  /** The decision that is kept with it; absent where the message could not be read. */
  readonly decision?: DecisionText
}

export function judged({ answer, going, seen }: Examined): Judged {
  const disclosure = withoutWords(seen)
  const kept = disclosure !== undefined && seen.decision !== undefined
  return {
    action: answer.action,
    sentence: answer.sentence,
    rules: rulesOf(answer),
    reason: firstReason(answer),
    going,
    add: seen.add,
    recipients: seen.envelope.length,
    seen: JSON.stringify(seen),
    ...(kept ? { decision: decisionText(disclosure, seen.decision) } : {}),
  }
}

export const rulesOf = ({ findings }: Pick<Examined['answer'], 'findings'>): string[] => [
  ...new Set(findings.filter((one) => one.weight !== 'note').map((one) => one.rule)),
]
