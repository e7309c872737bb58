/** How an entry's version stands in ETag. */
export const etagOf = (version: number): string => `"${version}"`

/** What a caller says that the entry must be for its act to be done. */
export interface Condition {
  /** If-Match: the versions that it may stand at; "any": it must be there. */
  readonly match?: readonly number[] | 'any'
  /** If-None-Match: * — it must not be there yet. */
  readonly absent?: true
}

/** Reads If-Match and If-None-Match (RFC 9110, 13.1); a sentence where they cannot be meant. A weak tag matches nothing. */
export function conditionFrom(headers: Readonly<Record<string, string | undefined>>): Condition | string {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers
  if (noneMatch !== undefined && noneMatch.trim() !== '*')
    return 'If-None-Match is understood as *: write only what is not there yet.'
  const absent = noneMatch === undefined ? {} : { absent: true as const }
  if (match === undefined) return absent
  if (match.trim() === '*') return { match: 'any', ...absent }
  const tags = match.split(',').map((tag) => tag.trim())
  if (tags.some((tag) => !/^(?:W\/)?"[^"]*"$/.test(tag)))
    return 'If-Match holds the ETag as it was given, in quotation marks, such as "3".'
  return { match: tags.flatMap((tag) => (/^"\d{1,9}"$/.test(tag) ? [Number(tag.slice(1, -1))] : [])), ...absent }
}

/** Why the condition does not hold of an entry at this version (undefined: not in the register), or undefined when it does. */
export function unmet({ match, absent }: Condition, version: number | undefined): string | undefined {
  if (absent === true && version !== undefined)
    return `The entry is in the register already, at version ${version}. Read it, and write with If-Match.`
  if (match === undefined) return undefined
  if (version === undefined)
    return 'The entry is not in the register, or not any more. Write it without If-Match to add it.'
  if (match === 'any' || match.includes(version)) return undefined
  return `The entry has moved on to version ${version}. Read it again, lay your change over it, and write with that version in If-Match.`
}
