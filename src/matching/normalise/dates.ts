import { remembered } from './text.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A birthday as eight digits `yyyymmdd`; 00 for a month or day that is not known; 0 when no year can be read.
 * Impossible days such as `1852-02-53` are kept as written: the wrong digit is what comparing is for.
 */
export const parseBirthday = remembered((text: string): number => {
  const t = text.trim().toLowerCase().slice(0, 40)
  if (t === '') return 0
  let m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?$/.exec(t) ?? /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(t)
  if (m) return date(m[1], m[2], m[3])
  if (/^\d{8}$/.test(t)) {
    const year = Number(t.slice(0, 4))
    return year >= 1500 && year <= 2200 ? Number(t) : date(t.slice(4), t.slice(2, 4), t.slice(0, 2))
  }
  m = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(t)
  if (m) return date(century(m[3]!), m[2], m[1])
  m = /^(\d{4})[-/](\d{1,2})$/.exec(t)
  if (m) return date(m[1], m[2], '0')
  m = /^(\d{1,2})[/-](\d{4})$/.exec(t)
  if (m) return date(m[2], m[1], '0')
  const words = /^(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([a-z]{3,9})[ ,-]+(\d{4}|\d{2})$/.exec(t)
  if (words) {
    const month = MONTHS.indexOf(words[2]!.slice(0, 3)) + 1
    if (month > 0) return date(century(words[3]!), String(month), words[1] ?? '0')
  }
  m = /(?:^|\D)(1[5-9]\d\d|2[01]\d\d)(?:\D|$)/.exec(t)
  return m ? date(m[1], '0', '0') : 0
})

function date(y: string | undefined, m: string | undefined, d: string | undefined): number {
  return Number(y) * 10000 + Number(m) * 100 + Number(d)
}

/** Two digits mean a child or a living adult: up to 35 is this century. */
function century(year: string): string {
  return year.length === 4 ? year : (Number(year) > 35 ? '19' : '20') + year
}
