/** Filing the keys of persons takes about so much of all the work on them; reading, weighing and writing them the rest. */
const FILING = 0.45

/** How far a feed is: share of the work in hundredths, persons a second, and seconds that are left, as far as either can be told. */
export function progressOf(feed: {
  readonly told: number
  /** Of how many of them the keys are filed, so that they can be found. */
  readonly filed: number
  /** Bytes read, and of the whole file; 0 where its size is not known. */
  readonly read: number
  readonly size: number
  /** Since it was taken up, in milliseconds. */
  readonly elapsed: number
}): { readonly percent: number; readonly perSecond: number; readonly left: number | undefined } {
  const { told, filed, read, size, elapsed } = feed
  const done = told - FILING * Math.max(told - filed, 0)
  const share = size === 0 || told === 0 ? 0 : Math.min(read / size, 1) * (done / told)
  const seconds = elapsed / 1000
  return {
    percent: Math.floor(share * 100),
    perSecond: seconds <= 0 ? 0 : Math.round(done / seconds),
    left: share === 0 || seconds <= 0 ? undefined : (seconds / share) * (1 - share),
  }
}

/** The time that is left, for a page. */
export function timeLeft(seconds: number): string {
  if (seconds < 10) return 'a few seconds'
  if (seconds < 90) return `about ${Math.ceil(seconds / 10) * 10} seconds`
  if (seconds < 5_400) return `about ${Math.ceil(seconds / 60)} minutes`
  return `about ${(seconds / 3_600).toFixed(1)} hours`
}
