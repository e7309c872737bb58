/** The n-th NHS number of the range kept for tests (999…), with its modulus-11 check digit; numbers without one are passed over. */
export function testNhsNumber(n: number): string {
  for (let serial = (n * 49) % 1_000_000; ; serial = (serial + 1) % 1_000_000) {
    const nine = `999${String(serial).padStart(6, '0')}`
    let sum = 0
    for (let at = 0; at < 9; at++) sum += Number(nine[at]) * (10 - at)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${nine}${check}`
  }
}

const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** A unique pupil number: check letter, authority (3), school (4), year (2), serial (3). */
export function pupilNumber(authority: string, school: number, year: number, serial: number): string {
  const digits = `${authority}${String(4000 + (school % 1000))}${String(year % 100).padStart(2, '0')}${String(serial % 1000).padStart(3, '0')}`
  let sum = 0
  for (let at = 0; at < 12; at++) sum += Number(digits[at]) * (at + 2)
  return `${LETTERS[sum % 23]}${digits}`
}
