import { Fault } from './problems.ts'

/** The crontab pattern (UTC) of "1 minute", "5 minutes", "1 hour", "6 hours" or "day at 02:30". */
export function cronOf(every: string): string {
  const [, count, unit] = /^(\d+) (minute|hour)s?$/.exec(every) ?? []
  const [, hour, minute] = /^day at ([01]\d|2[0-3]):([0-5]\d)$/.exec(every) ?? []
  if (hour !== undefined && minute !== undefined) return `${Number(minute)} ${Number(hour)} * * *`
  const step = Number(count)
  if (unit === 'minute' && step >= 1 && 60 % step === 0) return step === 1 ? '* * * * *' : `*/${step} * * * *`
  if (unit === 'hour' && step >= 1 && 24 % step === 0) return step === 1 ? '0 * * * *' : `0 */${step} * * *`
  throw new Fault(
    'platform.recurrence-malformed',
    `"${every}" is no recurrence. Write "5 minutes", "1 hour" or "day at 02:30".`,
  )
}
