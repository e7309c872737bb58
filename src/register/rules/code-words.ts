/** Legal statuses of the looked-after children return (SSDA903, LS). */
const LEGAL: Readonly<Record<string, string>> = {
  C1: 'Interim care order',
  C2: 'Full care order',
  D1: 'Freeing order',
  E1: 'Placement order',
  V2: 'Accommodated under section 20',
  V3: 'Short breaks, accommodated',
  V4: 'Short breaks, accommodated',
  L1: 'Under police protection',
  L2: 'Emergency protection order',
  L3: 'Under a child assessment order',
  J1: 'Remanded to the authority',
  J2: 'Detained under PACE, in the authority’s accommodation',
  J3: 'Youth rehabilitation order with residence',
}

/** Ethnicities of the census and of the return. */
const ETHNIC: Readonly<Record<string, string>> = {
  WBRI: 'White British',
  WIRI: 'White Irish',
  WIRT: 'Traveller of Irish heritage',
  WOTH: 'Any other White background',
  WROM: 'Gypsy or Roma',
  MWBC: 'White and Black Caribbean',
  MWBA: 'White and Black African',
  MWAS: 'White and Asian',
  MOTH: 'Any other mixed background',
  AIND: 'Indian',
  APKN: 'Pakistani',
  ABAN: 'Bangladeshi',
  AOTH: 'Any other Asian background',
  BCRB: 'Black Caribbean',
  BAFR: 'Black African',
  BOTH: 'Any other Black background',
  CHNE: 'Chinese',
  OOTH: 'Any other ethnic group',
  REFU: 'Not said: they would rather not',
  NOBT: 'Not obtained yet',
}

/** "Full care order (C2)"; a code that is no code of the return stays as its authority wrote it. */
export const legalWords = (code: string): string => inWords(LEGAL, code)
/** "Pakistani (APKN)"; words stay as they were written. */
export const ethnicWords = (code: string): string => inWords(ETHNIC, code)

function inWords(words: Readonly<Record<string, string>>, code: string): string {
  const known = words[code.trim().toUpperCase()]
  return known === undefined ? code : `${known} (${code})`
}
