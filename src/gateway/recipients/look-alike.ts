/** Addresses that look like one that the sender knows, and are another. */
import { domainName, skeleton } from '../../protocols/index.ts'

export interface Contact {
  readonly address: string
  readonly name?: string
  readonly role?: string
}

/** The known contact that this address resembles without being it: a letter apart, or the same to the eye. */
export function resembles(address: string, contacts: readonly Contact[]): Contact | undefined {
  const [local, domain] = parts(address)
  if (domain === '') return undefined
  let found: Contact | undefined
  for (const contact of contacts) {
    const [theirLocal, theirDomain] = parts(contact.address)
    if (theirLocal === local && theirDomain === domain) return undefined
    if (found !== undefined) continue
    const sameDomain = theirDomain === domain
    if (sameDomain && theirLocal.length > 4 && near(local, theirLocal)) found = contact
    else if (
      theirLocal === local &&
      !sameDomain &&
      (skeleton(domain) === skeleton(theirDomain) || near(domain, theirDomain))
    )
      found = contact
    else if (!sameDomain && skeleton(local) === skeleton(theirLocal) && skeleton(domain) === skeleton(theirDomain))
      found = contact
  }
  return found
}

/** Contacts with the same first name at other addresses: the several Daves of CUM-13. */
export function namesakes(
  name: string,
  address: string,
  contacts: readonly Contact[],
  firstName: (name: string, address: string) => string | undefined,
): Contact[] {
  const first = firstName(name, address)
  if (first === undefined) return []
  return contacts.filter(
    (contact) =>
      contact.address.toLowerCase() !== address.toLowerCase() &&
      firstName(contact.name ?? '', contact.address) === first,
  )
}

function parts(address: string): [string, string] {
  const at = address.lastIndexOf('@')
  if (at < 1) return [address.toLowerCase(), '']
  const domain = domainName(address.slice(at + 1))
  return [address.slice(0, at).toLowerCase(), 'domain' in domain ? domain.domain : address.slice(at + 1).toLowerCase()]
}

/** One letter added, dropped, changed, or two neighbours swapped. */
function near(left: string, right: string): boolean {
  if (left === right || Math.abs(left.length - right.length) > 1) return false
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) start++
  let a = left.length
  let b = right.length
  while (a > start && b > start && left[a - 1] === right[b - 1]) {
    a--
    b--
  }
  if (Math.max(a - start, b - start) <= 1) return true
  return a - start === 2 && b - start === 2 && left[start] === right[start + 1] && left[start + 1] === right[start]
}
