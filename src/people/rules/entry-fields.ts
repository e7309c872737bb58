import { domainOf, isMixedScript, isWebmail } from '../../protocols/index.ts'

/** What is wrong with an entry that somebody wants to keep: sentences by field, empty when nothing is. */
export function checkEntry(entry: {
  readonly address?: string | undefined
  readonly fax?: string | undefined
  readonly telephone?: string | undefined
  readonly mobile?: string | undefined
  readonly postal?: string | undefined
  readonly list?: boolean | undefined
  readonly listOwner?: string | undefined
  readonly listCheckedOn?: string | undefined
  readonly prefers?: string | undefined
  readonly prefersAgreedWith?: string | undefined
  readonly via?: string | undefined
}): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (entry.address !== undefined) {
    const found = domainOf(entry.address)
    if ('bad' in found) wrong.address = found.bad
    else if (isMixedScript(found.domain))
      wrong.address = 'This address mixes alphabets, so that it may only look like another. Type it letter by letter.'
  }
  for (const field of ['fax', 'telephone', 'mobile'] as const)
    if (entry[field] !== undefined && !/^\+?[\d ()-]{6,25}(?: ?(?:ext|x)\.? ?\d{1,6})?$/i.test(entry[field]))
      wrong[field] = 'Enter a telephone number, such as 01632 960110'
  if (entry.list === true && entry.listOwner === undefined)
    wrong.listOwner = 'Say who owns the list and answers for who is on it'
  if (entry.list === true && entry.listCheckedOn === undefined)
    wrong.listCheckedOn = 'Enter the day on which somebody last checked who is on the list'
  if (entry.prefers !== undefined && entry.prefersAgreedWith === undefined)
    wrong.prefersAgreedWith = 'Say who agreed this route with them'
  if (entry.prefers === 'secure-email' && entry.address !== undefined && wrong.address === undefined) {
    const found = domainOf(entry.address)
    if ('domain' in found && isWebmail(found.domain))
      wrong.prefers = 'A webmail address is never secure. Agree another route'
  }
  if (
    Object.keys(wrong).length === 0 &&
    ![entry.address, entry.fax, entry.telephone, entry.postal].some((way) => way !== undefined)
  )
    wrong.address = 'Give at least one way to reach them: an address, a telephone, a fax or a postal address'
  return wrong
}
