/** How far a feed is: share of the file in hundredths, persons a second, and the time that is left in words. */
export function progressOf(feed: {
  readonly told: number
  readonly read: number
  readonly size: number
  /** Since it was taken up, in milliseconds. */
  readonly elapsed: number
}): { readonly percent: number; readonly perSecond: number; readonly left: string | undefined } {
  const { told, read, size, elapsed } = feed
  const share = size === 0 ? 1 : Math.min(read / size, 1)
  const seconds = elapsed / 1000
  return {
    percent: Math.floor(share * 100),
    perSecond: seconds <= 0 ? 0 : Math.round(told / seconds),
    left: told === 0 || share === 0 || seconds <= 0 ? undefined : inWords((seconds / share) * (1 - share)),
  }
}

function inWords(seconds: number): string {
  if (seconds < 10) return 'a few seconds'
  if (seconds < 90) return `about ${Math.ceil(seconds / 10) * 10} seconds`
  if (seconds < 5_400) return `about ${Math.ceil(seconds / 60)} minutes`
  return `about ${(seconds / 3_600).toFixed(1)} hours`
}
