/** What people know about sender and recipients, for the pure check: the directory, the usual recipients, what the domains have proved. */
import {
  channelOf,
  directoryPartyByAddress,
  type Entry,
  lookAlikes,
  type Person,
  senderParty,
  usualRecipients,
} from '../../people/index.ts'
import type { Context } from '../../platform/index.ts'
import { type Party, type Protocol, protocolNamed } from '../../protocols/index.ts'
import type { MailOptions, PartialDisclosure } from '../facts/index.ts'
import type { Reading } from '../reading/index.ts'
import type { Contact } from '../recipients/index.ts'
import { writtenTo } from './store.ts'

export interface Handed {
  readonly person: Person
  /** MAIL FROM. */
  readonly sender: string
  /** RCPT TO. */
  readonly recipients: readonly string[]
  readonly reading: Reading
  readonly facts?: PartialDisclosure
}

const mostContacts = 500

/** The options of `checkMail` for a message that this sender handed in. `ctx.actor` is the sender. */
export async function gatherOptions(ctx: Context, handed: Handed): Promise<MailOptions & { from: Party }> {
  const { person, sender, recipients, reading, facts = {} } = handed
  const protocol: Protocol = protocolNamed(person.protocol)
  const from = await senderParty(ctx)
  const channel = from.channel ?? (await channelOf(ctx.tx, sender))
  const named = reading.outcome === 'read' ? reading.message.envelope : reading.envelope
  const headers = named === undefined ? [] : [...named.to, ...named.cc, ...named.bcc]
  const names = new Map(headers.map(({ address, name }) => [address.toLowerCase(), name]))
  const addresses = new Set([...names.keys(), ...recipients.map((one) => one.toLowerCase())])
  const to: Partial<Party>[] = []
  const contacts = new Map<string, Contact>()
  const know = (entry: Entry) => {
    const address = entry.reachedAt ?? entry.address
    if (address !== undefined) contacts.set(address.toLowerCase(), { address, name: entry.name })
  }
  for (const entry of await usualRecipients(ctx, mostContacts)) know(entry)
  for (const { address } of await writtenTo(ctx.tx, person.id, mostContacts))
    if (!contacts.has(address.toLowerCase())) contacts.set(address.toLowerCase(), { address })
  for (const address of addresses) {
    const party = await directoryPartyByAddress(ctx, address)
    const proved = party?.channel ?? (await channelOf(ctx.tx, address))
    const { name: listed, ...rest } = party ?? {}
    to.push({ ...rest, address, ...(proved === undefined ? {} : { channel: proved }), ...stated(facts, address) })
    const name = listed ?? names.get(address)
    if (name !== undefined && name !== '')
      for (const entry of await lookAlikes(ctx, { name }))
        if ((entry.reachedAt ?? entry.address)?.toLowerCase() !== address) know(entry)
  }
  return {
    protocol,
    day: ctx.now.toISOString().slice(0, 10),
    facts: { ...facts, from: { ...from, ...(channel === undefined ? {} : { channel }) }, to },
    known: { contacts: [...contacts.values()] },
    recipients,
    sender,
    from,
  }
}

const stated = (facts: PartialDisclosure, address: string): Partial<Party> => {
  const found = facts.to?.find((party) => party.address?.toLowerCase() === address)
  return found?.needToKnow === undefined ? {} : { needToKnow: found.needToKnow }
}
