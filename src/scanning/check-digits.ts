const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** Ten digits whose last is the modulus-11 check digit (NHS Data Dictionary, NHS NUMBER). Spaces and hyphens allowed. */
export function checkNhsNumber(written: string): boolean {
  const digits = written.replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < 9; at++) sum += Number(digits[at]) * (10 - at)
  const check = 11 - (sum % 11)
  return check !== 10 && (check === 11 ? 0 : check) === Number(digits[9])
}

/** A check letter and twelve digits, or eleven and a letter when temporary (DfE, Unique Pupil Numbers guidance). */
export function checkUpn(written: string): boolean {
  const upn = written.replace(/\s/g, '').toUpperCase()
  if (!/^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(upn)) return false
  let sum = 0
  for (let at = 1; at < 13; at++) {
    const character = upn[at]!
    const value = /\d/.test(character) ? Number(character) : upnLetters.indexOf(character)
    sum += value * (at + 1)
  }
  return upnLetters[sum % 23] === upn[0]
}

/** National Insurance number (HMRC, NIM39110): prefix letters allowed, six digits, suffix A to D. */
export function checkNino(written: string): boolean {
  const nino = written.replace(/[\s-]/g, '').toUpperCase()
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(nino)
}

/** The shape of a UK postcode (BS 7666); whether it is in use is not asked. */
export function checkPostcode(written: string): boolean {
  return /^(?:GIR ?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2})$/i.test(
    written.trim(),
  )
}

/** Luhn's check of a payment card number. */
export function checkCard(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const value = Number(digits[digits.length - 1 - at])
    sum += at % 2 === 0 ? value : value > 4 ? value * 2 - 9 : value * 2
  }
  return sum % 10 === 0
}

/** ISO 13616 check of an IBAN. */
export function checkIban(written: string): boolean {
  const iban = written.replace(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4))
    for (const figure of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(figure)) % 97
  return rest === 1
}
