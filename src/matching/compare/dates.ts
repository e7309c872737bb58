/** How two birthdays agree, best first; 0 when one is missing. */
export const Born = {
  missing: 0,
  exact: 1,
  expected: 2,
  swapped: 3,
  digit: 4,
  partly: 5,
  digits: 6,
  year: 7,
  day: 8,
  nearYear: 9,
  different: 10,
} as const

const FIRST_JANUARY = 101

/** Arguments `yyyymmdd` with 00 where not known. */
export function compareDays(a: number, b: number): number {
  const yearA = (a / 10000) | 0
  const yearB = (b / 10000) | 0
  const restA = a - yearA * 10000
  const restB = b - yearB * 10000
  const years = yearA > yearB ? yearA - yearB : yearB - yearA
  const coarse = restA % 100 === 0 || restB % 100 === 0
  if (a === b) return coarse ? Born.partly : Born.exact
  const monthA = (restA / 100) | 0
  const monthB = (restB / 100) | 0
  if (coarse) {
    if (years === 0 && (monthA === 0 || monthB === 0 || monthA === monthB)) return Born.partly
    return years <= 2 ? Born.nearYear : Born.different
  }
  const dayA = restA % 100
  const dayB = restB % 100
  if (years === 0 && monthA === dayB && monthB === dayA) return Born.swapped
  // 1 January is written where only the year is known
  if (years === 0 && (restA === FIRST_JANUARY || restB === FIRST_JANUARY)) return Born.partly
  const off = digitsOff(a, b)
  if (off === 1) return Born.digit
  if (off === 2 && (years === 0 || exchanged(a, b))) return Born.digits
  if (years === 0) return Born.year
  if (restA === restB) return Born.day
  return years <= 2 ? Born.nearYear : Born.different
}

/** Days between two whole dates, about: months of thirty days and a half. */
export function daysApart(a: number, b: number): number {
  return Math.abs(dayNumber(a) - dayNumber(b))
}

function dayNumber(day: number): number {
  return ((day / 10000) | 0) * 365.25 + (((day / 100) | 0) % 100) * 30.44 + (day % 100)
}

function digitsOff(a: number, b: number): number {
  let off = 0
  let x = a
  let y = b
  for (let i = 0; i < 8; i++) {
    const nextX = (x / 10) | 0
    const nextY = (y / 10) | 0
    if (x - nextX * 10 !== y - nextY * 10) off++
    x = nextX
    y = nextY
  }
  return off
}

/** two neighbouring digits the wrong way round */
function exchanged(a: number, b: number): boolean {
  for (let unit = 1; unit < 10_000_000; unit *= 10) {
    const low = ((a / unit) | 0) % 10
    const high = ((a / (unit * 10)) | 0) % 10
    if (low !== high && a + (low - high) * unit * 10 + (high - low) * unit === b) return true
  }
  return false
}
