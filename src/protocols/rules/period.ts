/** Whether `day` lies within `period` (ISO 8601, such as P3Y or P90D) after `since`, both YYYY-MM-DD, ends included. */
export function isWithin(since: string, period: string, day: string): boolean {
  return since <= day && day <= addPeriod(since, period)
}

/** The day `period` after `since`; 29 February moves to 28 February in a common year. */
export function addPeriod(since: string, period: string): string {
  const count = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(period.split('T')[0] ?? '')?.[1] ?? 0)
  const [year, month, date] = since.split('-').map(Number) as [number, number, number]
  const months = year * 12 + month - 1 + count('Y') * 12 + count('M')
  const lastDate = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
  const end = new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, lastDate)))
  end.setUTCDate(end.getUTCDate() + count('W') * 7 + count('D'))
  return end.toISOString().slice(0, 10)
}
