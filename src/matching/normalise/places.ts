import { fold, plainOf, remembered } from './text.ts'

const UK = /^([a-z]{1,2})(\d[a-z\d]?)(\d[a-z]{2})$/

export interface Postcode {
  /** without spaces */
  readonly full: string
  /** the district: `da5` of `da51aa`, first three digits of a numeric one */
  readonly outward: string
  readonly area: string
}

/** Upper or lower case, with or without its space; wrong ones are kept as they stand. Undefined when empty. */
export const parsePostcode = remembered((text: string): Postcode | undefined => {
  const full = plainOf(text, 12)
  if (full === '') return undefined
  const uk = UK.exec(full)
  if (uk) return { full, outward: uk[1]! + uk[2]!, area: uk[1]! }
  if (/^\d+$/.test(full)) return { full, outward: full.slice(0, 3), area: full.slice(0, 1) }
  const cut = full.length > 4 ? full.length - 3 : full.length
  return { full, outward: full.slice(0, cut), area: /^[a-z]*/.exec(full)![0].slice(0, 2) }
})

const SHORT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    st: 'street',
    str: 'street',
    rd: 'road',
    ave: 'avenue',
    av: 'avenue',
    ln: 'lane',
    cl: 'close',
    ct: 'court',
    cres: 'crescent',
    cr: 'crescent',
    dr: 'drive',
    gdns: 'gardens',
    gdn: 'gardens',
    pl: 'place',
    sq: 'square',
    tce: 'terrace',
    terr: 'terrace',
    hse: 'house',
    apt: 'flat',
    apartment: 'flat',
    unit: 'flat',
    pk: 'park',
  }),
)

export interface Street {
  /** house number, flat first when there is one; empty when none */
  readonly number: string
  /** letters of street or house name without spaces */
  readonly street: string
}

/** House number and street from a line of an address; what follows the first comma after the street is left out. */
export function parseStreet(text: string): Street {
  const plain = fold(text)
  let number = ''
  let street = ''
  let from = -1
  for (let at = 0; at <= plain.length; at++) {
    const code = at < plain.length ? plain.charCodeAt(at) : COMMA
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (from < 0) from = at
      continue
    }
    if (from >= 0) {
      const word = plain.slice(from, at)
      const first = plain.charCodeAt(from)
      from = -1
      if (first <= 57) number = number === '' ? word : `${number} ${word}`
      else {
        const long = SHORT.get(word) ?? word
        if (long !== 'flat') street += long
      }
    }
    if (street !== '' && (code === COMMA || code === SEMICOLON || code === NEWLINE)) break
  }
  return { number, street: street.slice(0, 60) }
}

const COMMA = 44
const SEMICOLON = 59
const NEWLINE = 10

/** Name of a place, trade or school without spaces and marks. */
export const parsePlace = remembered((text: string): string => plainOf(text, 60))
