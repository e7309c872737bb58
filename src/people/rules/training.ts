const DAY = 86_400_000

export interface TrainingState {
  readonly state: 'none' | 'current' | 'expiring' | 'expired'
  /** First day on which it no longer counts, YYYY-MM-DD. */
  readonly until?: string
  readonly days?: number
}

/**
 * Where someone stands with their information-governance training (BOU-1, BOU-2): it counts for a year under
 * today's usual practice; `expiring` begins 30 days before.
 */
export function trainingState(taken: string | undefined, today: string, months = 12): TrainingState {
  if (taken === undefined) return { state: 'none' }
  const until = addMonths(taken, months)
  const days = Math.round((Date.parse(until) - Date.parse(today)) / DAY)
  return { state: days <= 0 ? 'expired' : days <= 30 ? 'expiring' : 'current', until, days }
}

/** The same day some months on, or the last day of that month. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
