import { fold } from './text.ts'

const UK = /^([a-z]{1,2})(\d[a-z\d]?)(\d[a-z]{2})$/

export interface Postcode {
  /** without spaces */
  readonly full: string
  /** the district: `da5` of `da51aa`, first three digits of a numeric one */
  readonly outward: string
  readonly area: string
}

/** Upper or lower case, with or without its space; wrong ones are kept as they stand. Undefined when empty. */
export function parsePostcode(text: string): Postcode | undefined {
  const full = fold(text)
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 12)
  if (full === '') return undefined
  const uk = UK.exec(full)
  if (uk) return { full, outward: uk[1]! + uk[2]!, area: uk[1]! }
  if (/^\d+$/.test(full)) return { full, outward: full.slice(0, 3), area: full.slice(0, 1) }
  const cut = full.length > 4 ? full.length - 3 : full.length
  return { full, outward: full.slice(0, cut), area: /^[a-z]*/.exec(full)![0].slice(0, 2) }
}

const SHORT: Readonly<Record<string, string>> = {
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
}

export interface Street {
  /** house number, flat first when there is one; empty when none */
  readonly number: string
  /** letters of street or house name without spaces */
  readonly street: string
}

/** House number and street from a line of an address; what follows the first comma after the street is left out. */
export function parseStreet(text: string): Street {
  const numbers: string[] = []
  let street = ''
  for (const part of fold(text).split(/[,;\n]/)) {
    if (street !== '') break
    for (const word of part.split(/[^a-z0-9]+/)) {
      if (word === '') continue
      const code = word.charCodeAt(0)
      if (code >= 48 && code <= 57) numbers.push(word)
      else {
        const long = SHORT[word] ?? word
        if (long !== 'flat') street += long
      }
    }
  }
  return { number: numbers.join(' '), street: street.slice(0, 60) }
}

/** Name of a place, trade or school without spaces and marks. */
export function parsePlace(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 60)
}
