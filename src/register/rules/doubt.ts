import type { Found, Searched } from '../answer.ts'

/** A register that was not fed for longer may lack somebody. */
export const STALE_AFTER_DAYS = 7
/** Nearer than this, someone below the threshold is worth asking about. */
export const NEAR = 0.02
const BEING_FILED =
  ' The registers are being put in order after an upgrade, and until that is done a child who is in them may not be found. Check again in an hour, or ask the keeper.'

/**
 * How far the answer can be relied on, in words. Says nothing of what the asker may not see: `found` is what is shown, `nearest` the
 * probability of the nearest that may be spoken of, `toAdd` what lacks where too little was given, `inOrder` false while entries are filed anew
 * after an upgrade.
 */
export function doubtOf(
  found: readonly Found[],
  nearest: number | undefined,
  searched: readonly Searched[],
  toAdd?: readonly string[],
  inOrder = true,
): string {
  const stale = searched.filter((one) => one.answers && one.stale).map((one) => one.name)
  const unfed =
    stale.length === 0
      ? ''
      : ` ${stale.join(' and ')} may lack somebody: not fed for more than ${STALE_AFTER_DAYS} days.`
  const late = inOrder ? unfed : `${unfed}${BEING_FILED}`
  if (!searched.some((one) => one.answers))
    return 'No register may answer you by itself, whether or not the child is known. A keeper can: ask one, or telephone.'
  if (found.length > 0) {
    const least = Math.min(...found.map((one) => one.probability))
    const whose =
      found.length === 1
        ? 'What is shown is of the child you asked about'
        : 'Of what is shown, the least sure is of the child you asked about'
    return `${whose} with a probability of ${percent(least)}.${late}`
  }
  if (toAdd !== undefined && nearest === undefined)
    return `What you gave is too little to find anybody by: even a child who is entered under exactly this would not be told from others. That nobody is shown says nothing of whether the child is known.${late}`
  const below =
    nearest === undefined
      ? `Nobody in the registers that may answer you comes near: the likeliest of them is the same person with less than ${NEAR * 100} in 100.`
      : `The nearest that may be spoken of is the same person with a probability of ${percent(nearest)}, too little to show a name.`
  return `${below}${late} A child entered under nothing that you gave cannot be found.`
}

export const percent = (probability: number): string =>
  probability > 0.999 ? 'more than 99.9 in 100' : `${(probability * 100).toFixed(1)} in 100`
