const HOUR = 3_600_000

/** When the written follow-up of a call falls due: 48 hours after it (CUM-8). */
export const followUpDue = (madeAt: Date): Date => new Date(madeAt.getTime() + 48 * HOUR)

export const RAG_HOURS = { red: 4, amber: 24, green: 72 } as const
export type Rag = keyof typeof RAG_HOURS

/** When a report must have been looked at (MPS-7). Hours by the clock, nights and weekends included, which is the stricter reading. */
export const reportDue = (cameAt: Date, rag: Rag): Date => new Date(cameAt.getTime() + RAG_HOURS[rag] * HOUR)

/** "3 hours 20 minutes left", "2 days 1 hour overdue". */
export function timeLeft(due: Date, now: Date): { readonly overdue: boolean; readonly text: string } {
  const minutes = Math.floor(Math.abs(due.getTime() - now.getTime()) / 60_000)
  const overdue = due < now
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const
  const said = parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
  return {
    overdue,
    text: `${said.length === 0 ? 'less than a minute' : said.join(' ')} ${overdue ? 'overdue' : 'left'}`,
  }
}

/** The day of an instant by London's calendar, YYYY-MM-DD. */
export const dayOf = (instant: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(instant)

const LONG = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
/** "2015-03-27" as "27 March 2015". */
export const sayDay = (day: string): string => LONG.format(new Date(`${day}T12:00:00Z`))
