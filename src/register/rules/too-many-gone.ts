/** So many may leave a register at once without a question, however small it is. */
const FEW = 20
/** And this share of what it holds. */
const SHARE = 0.1

/**
 * Why a feed is held until its keeper has looked, or undefined: a file made by a wrong query takes children out of sight by the hundred, and nobody
 * misses them until it is too late (BEX-54). `held` entries stand in the register; `removed` and `unnamed` would leave it, or lose every name.
 */
export function tooManyGone(held: number, removed: number, unnamed: number): string | undefined {
  const gone = removed + unnamed
  if (gone <= FEW || gone <= held * SHARE) return undefined
  const parts = [
    ...(removed > 0 ? [`take ${removed.toLocaleString('en-GB')} out of the register`] : []),
    ...(unnamed > 0 ? [`take away every name of ${unnamed.toLocaleString('en-GB')}`] : []),
  ]
  return `This would ${parts.join(' and ')}, of ${held.toLocaleString('en-GB')} entries. Nothing was changed. Look whether the file is the right one; if it is meant, say so and it is fed.`
}

/** Said where the numbers themselves may not be: some of those who would be gone are nobody's to count. */
export const UNUSUAL =
  'This would take an unusual share out of the register. Nothing was changed. Look whether the file is the right one; if it is meant, say so and it is fed.'
