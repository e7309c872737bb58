/** What kind of thing in a text tells who a person is. */
export const spanTypes = [
  'PERSON',
  'LOCATION',
  'ORGANISATION',
  'DATE',
  'AGE',
  'PHONE',
  'EMAIL',
  'POSTCODE',
  'NHS_NUMBER',
  'UPN',
  'NINO',
  'URL',
  'IP_ADDRESS',
  'CREDIT_CARD',
  'BANK_ACCOUNT',
  'SSN',
  'DRIVING_LICENCE',
  'VEHICLE',
  /** A number labelled as an NHS number, a UPN, a passport …, that does not validate as one: somebody's all the same. */
  'IDENTIFIER',
  /** Initials or an agreed case reference, which CUM-25 allows. */
  'REFERENCE',
] as const

export type SpanType = (typeof spanTypes)[number]

/** One finding: offsets in UTF-16 units, `end` exclusive; confidence 0 to 1. */
export interface Span {
  readonly type: SpanType
  readonly start: number
  readonly end: number
  readonly text: string
  readonly confidence: number
}

/** A finding before its text is cut out. */
export interface Mark {
  readonly type: SpanType
  readonly start: number
  readonly end: number
  readonly confidence: number
  /** A LOCATION that is a street address and not a town or a country. */
  readonly address?: true
}
