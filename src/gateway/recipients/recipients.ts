/** Facts about everyone who would receive a message. Facts only: what follows from them is for the protocol. */
import { addressFacts, type Party, type Protocol } from '../../protocols/index.ts'
import type { Address, Envelope } from '../reading/index.ts'
import { type Contact, namesakes, resembles } from './look-alike.ts'
import { nameWords } from './names.ts'

export type Field = 'to' | 'cc' | 'bcc'

export interface Recipient {
  readonly address: string
  readonly name: string
  readonly field: Field
  readonly domain: string
  /** Same domain as the sender, which is not webmail. */
  readonly internal: boolean
  /** The address counts as secure under the protocol; whether the channel is depends on the sender's too. */
  readonly secure: boolean
  readonly webmail: boolean
  readonly generic: boolean
  readonly list: boolean
  /** Why the address cannot be used, in a sentence: malformed, mixed alphabets, or looking like a secure domain. */
  readonly bad?: string
  /** It resembles this known contact and is another address. */
  readonly resembles?: Contact
  /** Others known to the sender who share the first name. */
  readonly namesakes: readonly Contact[]
  /** Undefined where nobody keeps a list of contacts. */
  readonly neverSeen?: boolean
}

export interface Known {
  /** Whom the sender has written to before, and the directory. Absent: nothing is known. */
  readonly contacts?: readonly Contact[]
  /** Addresses that are distribution lists. */
  readonly lists?: readonly string[]
}

/** Everyone named in To, Cc and Bcc, and `others`: those whom only the envelope names. Doubles are dropped. */
export function everyone(envelope: Envelope, others: readonly string[] = []): { address: Address; field: Field }[] {
  const found = new Map<string, { address: Address; field: Field }>()
  const add = (address: Address, field: Field) => {
    const key = address.address.toLowerCase()
    if (!found.has(key)) found.set(key, { address, field })
  }
  for (const field of ['to', 'cc', 'bcc'] as const) for (const address of envelope[field]) add(address, field)
  for (const address of others) add({ name: '', address }, 'bcc')
  return [...found.values()]
}

export function recipientFacts(
  { address, field }: { address: Address; field: Field },
  party: Party,
  sender: Party,
  protocol: Protocol,
  day: string,
  known: Known,
): Recipient {
  const facts = addressFacts(party, protocol, day)
  const from = addressFacts(sender, protocol, day)
  const contacts = known.contacts
  const alike = contacts === undefined ? undefined : resembles(address.address, contacts)
  return {
    address: address.address,
    name: address.name,
    field,
    domain: facts.domain,
    internal: facts.state === 'known' && from.state === 'known' && facts.domain === from.domain && !from.webmail,
    secure: facts.secure,
    webmail: facts.webmail,
    generic: facts.generic,
    list: party.list === true || isList(address.address, known.lists ?? []),
    ...(facts.bad === undefined ? {} : { bad: facts.bad }),
    ...(alike === undefined ? {} : { resembles: alike }),
    namesakes: contacts === undefined ? [] : namesakes(address.name, address.address, contacts, firstName),
    ...(contacts === undefined
      ? {}
      : { neverSeen: !contacts.some((contact) => contact.address.toLowerCase() === address.address.toLowerCase()) }),
  }
}

/** A distribution list by its name, its domain or because it is known to be one. */
export function isList(address: string, lists: readonly string[]): boolean {
  const lower = address.toLowerCase()
  if (lists.some((list) => list.toLowerCase() === lower)) return true
  const at = lower.lastIndexOf('@')
  const local = lower.slice(0, at)
  const domain = lower.slice(at + 1)
  return (
    /^(?:dl|list|grp|group|all|everyone|allstaff)[-_.]|[-_](?:list|dl|all|group|members|distribution|announce|discuss)$|^(?:all|everyone|allstaff|everybody)$|distribution|mailing-?list/.test(
      local,
    ) ||
    /^(?:lists?|groups?|listserv)\.|(?:^|\.)(?:googlegroups\.com|groups\.io|jiscmail\.ac\.uk|yahoogroups\.com)$/.test(
      domain,
    )
  )
}

function firstName(name: string, address: string): string | undefined {
  const reversed = /^\s*[^,]+,\s*(.+)$/.exec(name)?.[1]
  const words = nameWords(reversed ?? name)
  return words[0] ?? nameWords(address.split('@')[0] ?? '')[0]
}
