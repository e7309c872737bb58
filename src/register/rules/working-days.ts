/** The day so many working days before `day` (YYYY-MM-DD): no weekends, no public holidays of England. */
export function workingDaysBefore(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  for (let left = count; left > 0; ) {
    at.setUTCDate(at.getUTCDate() - 1)
    const iso = at.toISOString().slice(0, 10)
    if (at.getUTCDay() % 6 !== 0 && !holidaysOf(at.getUTCFullYear()).has(iso)) left -= 1
  }
  return at.toISOString().slice(0, 10)
}

const known = new Map<number, ReadonlySet<string>>()

/** Public holidays of England in a year: Banking and Financial Dealings Act 1971, and the single days proclaimed since 2011. */
function holidaysOf(year: number): ReadonlySet<string> {
  const found = known.get(year)
  if (found !== undefined) return found
  const easter = easterOf(year)
  const days = [
    substituted(year, 0, 1),
    shifted(easter, -2),
    shifted(easter, 1),
    year === 2020 ? new Date(Date.UTC(2020, 4, 8)) : firstMonday(year, 4),
    lastMonday(year, 4),
    lastMonday(year, 7),
    ...christmas(year),
  ].map((one) => one.toISOString().slice(0, 10))
  const holidays = new Set([...days, ...(PROCLAIMED[year] ?? [])])
  for (const moved of MOVED[year] ?? []) holidays.delete(moved)
  known.set(year, holidays)
  return holidays
}

const PROCLAIMED: Readonly<Record<number, readonly string[]>> = {
  2011: ['2011-04-29'],
  2012: ['2012-06-04', '2012-06-05'],
  2022: ['2022-06-02', '2022-06-03', '2022-09-19'],
  2023: ['2023-05-08'],
}
const MOVED: Readonly<Record<number, readonly string[]>> = { 2012: ['2012-05-28'], 2022: ['2022-05-30'] }

const shifted = (day: Date, by: number): Date => new Date(day.getTime() + by * 86_400_000)

function substituted(year: number, month: number, date: number): Date {
  const day = new Date(Date.UTC(year, month, date))
  return shifted(day, day.getUTCDay() === 6 ? 2 : day.getUTCDay() === 0 ? 1 : 0)
}

/** Christmas Day and Boxing Day; what falls on a weekend is taken on the next working days. */
function christmas(year: number): Date[] {
  const weekday = new Date(Date.UTC(year, 11, 25)).getUTCDay()
  const dates = weekday === 5 ? [25, 28] : weekday === 6 ? [27, 28] : weekday === 0 ? [26, 27] : [25, 26]
  return dates.map((date) => new Date(Date.UTC(year, 11, date)))
}

function firstMonday(year: number, month: number): Date {
  const first = new Date(Date.UTC(year, month, 1))
  return shifted(first, (8 - first.getUTCDay()) % 7)
}
function lastMonday(year: number, month: number): Date {
  const last = new Date(Date.UTC(year, month + 1, 0))
  return shifted(last, -((last.getUTCDay() + 6) % 7))
}

/** Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher). */
function easterOf(year: number): Date {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const f = Math.floor((b + 8) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - f + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1))
}
