import type { ConsentRecord, Draft } from '../draft.ts'

/**
 * Consent is sought after the referral and before the family is engaged (BEX-24). A sentence where a record stands outside that order,
 * so that it does not count as consent; undefined when it stands right, or when nothing was asked.
 */
export function outOfOrder(record: ConsentRecord, draft: Pick<Draft, 'worry' | 'family'>): string | undefined {
  if (record.askedOn === undefined || record.state === 'not-sought') return undefined
  const reached = draft.worry?.reachedOn
  const engaged = draft.family?.engagedOn
  if (reached !== undefined && record.askedOn < reached)
    return 'This consent was asked for before the referral reached you. Ask again, for this sharing.'
  if (engaged !== undefined && record.askedOn > engaged)
    return 'Work with the family had begun before consent was asked for. Ask again for what follows, or rely on a ground.'
  return undefined
}

/** Someone joined the family after its composition was last looked at (BEX-22). */
export const familyChanged = (draft: Pick<Draft, 'people' | 'family'>): boolean =>
  draft.family === undefined || draft.people.some((one) => one.addedOn > draft.family!.reviewedOn)
