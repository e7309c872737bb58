import type { Party } from '../../protocols/index.ts'

const DAY = 86_400_000

/**
 * A party as they would have stood on a day in the past, for practice under an earlier protocol: training and the check of a mail domain keep
 * the age that they have today. On the day itself nothing changes.
 */
export function asOn(party: Party, today: string, day: string): Party {
  const apart = Date.parse(today) - Date.parse(day)
  if (apart === 0) return party
  const moved = (date: string): string =>
    new Date(Date.parse(date) - Math.round(apart / DAY) * DAY).toISOString().slice(0, 10)
  return {
    ...party,
    ...(party.trained === undefined ? {} : { trained: moved(party.trained) }),
    ...(party.channel === undefined
      ? {}
      : { channel: { ...party.channel, checkedOn: moved(party.channel.checkedOn) } }),
  }
}
