/** A name as one source wrote it. `full` is for sources that do not divide it; parts and `full` may stand together. */
export interface NameInput {
  readonly given?: string | undefined
  readonly family?: string | undefined
  readonly full?: string | undefined
}

/** One address, now or at any time. `text` is the line or lines with house number and street. */
export interface AddressInput {
  readonly text?: string | undefined
  readonly number?: string | undefined
  readonly locality?: string | undefined
  readonly region?: string | undefined
  readonly postcode?: string | undefined
}

/**
 * What is known of one person. Every part may be missing or several: aliases, former addresses, doubtful birthdays.
 * Dates are text as found: `2015-03-09`, `09/03/2015`, `20150309`, `2015-03`, `2015`, `March 2015`.
 */
export interface PersonInput {
  readonly names?: readonly NameInput[] | undefined
  readonly born?: readonly string[] | undefined
  readonly sex?: string | undefined
  readonly addresses?: readonly AddressInput[] | undefined
  /** NHS number, UPN, local number: `type` keeps different numberings apart */
  readonly identifiers?: readonly { readonly type: string; readonly value: string }[] | undefined
  /** mother, father, carer: for an unborn child the mother is the surest thing known */
  readonly kin?: readonly NameInput[] | undefined
  /** telephone numbers and e-mail addresses */
  readonly contacts?: readonly string[] | undefined
  readonly birthPlace?: string | undefined
  readonly occupation?: string | undefined
  readonly school?: string | undefined
}

/**
 * A person made ready for comparing: a self-contained run of 32-bit words, laid out in `layout.ts`. Holds hashes and
 * letters of names, no pointers, so that a million of them lie in one shared buffer.
 */
export interface PreparedPerson {
  readonly words: Int32Array
}
