/**
 * How long a bucket of wrong answers waits before the next try counts, in seconds: nothing for the first five, then doubling,
 * and never more than a minute, so that guessing is slow and a desk is never locked out.
 */
export function secondsToWait(failures: number, sinceLast: number): number {
  if (failures < 5) return 0
  const wait = Math.min(60, 2 ** (failures - 4))
  return Math.max(0, Math.ceil(wait - sinceLast / 1000))
}

/** Failures are forgotten when none was added for this long. */
export const FORGET_AFTER = 30 * 60_000
