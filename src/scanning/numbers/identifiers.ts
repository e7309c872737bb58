import { checkCard, checkIban, checkNhsNumber, checkNino, checkPostcode, checkUpn } from '../check-digits.ts'
import { labelKinds, nearestLabel, type Reading } from '../reading.ts'
import type { Mark, SpanType } from '../span.ts'
import { kind } from '../words.ts'

const notAfter = '(?![\\p{L}\\p{N}_])'
const postcode = new RegExp(`[A-Z]{1,2}\\d[A-Z\\d]?( {0,2}|\\u00a0)\\d[ABD-HJLNP-UW-Z]{2}${notAfter}`, 'iuy')
const nhs = new RegExp(`\\d{3}[ \\-\\u00a0]?\\d{3}[ \\-\\u00a0]?\\d{4}${notAfter}(?!-?\\d)(?!\\.\\d)`, 'uy')
const nhsPairs = /\d{3} ?\d{3} ?\d{2} ?\d{2}(?![\p{L}\p{N}])/uy
const upn = new RegExp(`[A-Z] ?\\d{11}[0-9A-Z]${notAfter}`, 'iuy')
const upnGrouped = new RegExp(`[A-Z](?: ?\\d{2,4}){3,5} ?[0-9A-Z]${notAfter}`, 'iuy')
const nino = new RegExp(`[A-Z]{2}([ -]?)\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?[A-D]${notAfter}`, 'iuy')
const ssn = new RegExp(`\\d{3}-\\d{2}-\\d{4}${notAfter}(?!-\\d)`, 'uy')
const ssnSpaced = new RegExp(`\\d{3} \\d{2} \\d{4}${notAfter}`, 'uy')
const card = new RegExp(
  `\\d{4}([ -]?)\\d{4}\\1\\d{4}\\1\\d{1,7}${notAfter}|\\d{4}([ -])\\d{6}\\2\\d{5}${notAfter}|\\d{12,19}${notAfter}`,
  'uy',
)
const iban = new RegExp(`[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?${notAfter}`, 'iuy')
const drivingLicence = new RegExp(`[A-Z9]{5}\\d[0156]\\d(?:[0-2]\\d|3[01])\\d[A-Z9]{2}[A-Z0-9]{3}${notAfter}`, 'iuy')
const vehicle = new RegExp(`[A-HJ-PR-Y]{2}\\d{2} ?[A-HJ-PR-Z]{3}${notAfter}`, 'uy')
const sortCode = new RegExp(
  `\\d{2}-\\d{2}-\\d{2}${notAfter}(?:[ ,]{1,3}(?:a/?c(?:count)?(?: (?:no|number))?\\.?:? )?\\d{8}${notAfter})?`,
  'iuy',
)
const ipv4 = /(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.]*\d)(?![\p{L}])/uy
const labelled = new RegExp(`[A-Z]{0,3}[ ]?\\d[A-Z0-9]{4,15}(?: \\d{2,6}){0,3}[A-Z]?${notAfter}`, 'iuy')

function at(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start
  return pattern.exec(text)?.[0]
}

function mark(type: SpanType, start: number, written: string, confidence: number): Mark {
  return { type, start, end: start + written.length, confidence }
}

/** The postcode that starts at `start`: BS 7666 shape. Run together in lower case it counts only when it is long. */
export function postcodeAt(text: string, start: number): Mark | undefined {
  const found = at(postcode, text, start)
  if (!found || !checkPostcode(found.replace(/[ \u00a0]+/, ' '))) return undefined
  const spaced = /[ \u00a0]/.test(found)
  const capital = found === found.toUpperCase()
  if (!spaced && !capital && found.length < 6) return undefined
  return mark('POSTCODE', start, found, capital ? 0.98 : 0.9)
}

/** An NHS number: ten digits that pass the check, and are in a range given out or labelled as one. */
export function nhsNumberAt(reading: Reading, token: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[token]!
  const label = nearestLabel(reading, token, 8, labelKinds)
  const found = at(nhs, text, start) ?? ((label & kind.nhsLabel) !== 0 ? at(nhsPairs, text, start) : undefined)
  if (!found) return undefined
  const asked = (label & kind.nhsLabel) !== 0
  if (!checkNhsNumber(found.replace(/\u00a0/g, ' '))) return asked ? mark('IDENTIFIER', start, found, 0.8) : undefined
  if (asked) return mark('NHS_NUMBER', start, found, 0.99)
  if ((label & (kind.numberLabel | kind.phoneLabel)) !== 0 || found.startsWith('0')) return undefined
  // 400–499 and 600–799 England and Wales, 320–399 Northern Ireland, 999 for tests; 943 is the textbooks' example
  const given = /^(4|6|7|3[2-9]|999|943)/.test(found)
  return mark('NHS_NUMBER', start, found, (given ? 0.85 : 0.7) + (found.length > 10 ? 0.1 : 0))
}

/** A UPN with a right check letter; one that is labelled and wrong is somebody's number all the same. */
export function upnAt(reading: Reading, token: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[token]!
  const label = nearestLabel(reading, token, 8, labelKinds)
  const asked = (label & kind.upnLabel) !== 0
  const found = at(upn, text, start) ?? (asked ? at(upnGrouped, text, start) : undefined)
  if (!found) return undefined
  if (checkUpn(found)) return mark('UPN', start, found, 0.99)
  return asked && found.replace(/ /g, '').length === 13 ? mark('IDENTIFIER', start, found, 0.8) : undefined
}

/** A National Insurance number of valid prefix and suffix. */
export function ninoAt(reading: Reading, token: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[token]!
  const found = at(nino, text, start)
  if (!found) return undefined
  if (checkNino(found)) return mark('NINO', start, found, 0.98)
  const asked = (nearestLabel(reading, token, 8, labelKinds) & kind.ninoLabel) !== 0
  return asked ? mark('IDENTIFIER', start, found, 0.8) : undefined
}

/** A number of another kind that starts at `token`, a figure: SSN, card, IP address, sort code and account. */
export function otherFigureAt(reading: Reading, token: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[token]!
  const length = tokens.end[token]! - start
  if (length === 3) {
    const social = at(ssn, text, start)
    if (social) return mark('SSN', start, social, 0.9)
    if (/\b(ssn|social security)\b/i.test(text.slice(Math.max(0, start - 40), start))) {
      const spaced = at(ssnSpaced, text, start)
      if (spaced) return mark('SSN', start, spaced, 0.85)
    }
  }
  if (length === 9 && /\b(ssn|social security)\b/i.test(text.slice(Math.max(0, start - 40), start)))
    return mark('SSN', start, text.slice(start, start + 9), 0.85)
  if (length === 4 || length >= 12) {
    const number = at(card, text, start)
    if (number && checkCard(number.replace(/\D/g, '')) && /^[3-6]/.test(number))
      return mark('CREDIT_CARD', start, number, 0.95)
  }
  if (length <= 3) {
    const address = at(ipv4, text, start)
    if (address) return mark('IP_ADDRESS', start, address, 0.9)
  }
  if (length === 2) {
    const code = at(sortCode, text, start)
    if (code && (code.length > 8 || /\b(?:sort|s\/c)/i.test(text.slice(Math.max(0, start - 24), start))))
      return mark('BANK_ACCOUNT', start, code, 0.9)
  }
  return undefined
}

/** An identifier that starts with letters: IBAN, driving licence, vehicle. */
export function lettersAndFiguresAt(reading: Reading, token: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[token]!
  const account = at(iban, text, start)
  if (account && checkIban(account)) return mark('BANK_ACCOUNT', start, account, 0.99)
  const licence = at(drivingLicence, text, start)
  if (licence) return mark('DRIVING_LICENCE', start, licence, 0.9)
  const plate = at(vehicle, text, start)
  if (plate && (nearestLabel(reading, token, 8, labelKinds) & kind.numberLabel) === 0)
    return mark('VEHICLE', start, plate, 0.75)
  return undefined
}

/** A number that a label calls a passport's, an NHS number's or a UPN's, whatever its shape. */
export function labelledAt(reading: Reading, token: number): Mark | undefined {
  const label = nearestLabel(reading, token, 3, labelKinds)
  if ((label & (kind.nhsLabel | kind.upnLabel | kind.papersLabel)) === 0) return undefined
  const start = reading.tokens.start[token]!
  const found = at(labelled, reading.text, start)
  return found && found.replace(/\D/g, '').length >= 6 ? mark('IDENTIFIER', start, found, 0.7) : undefined
}
