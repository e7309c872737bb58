/** What people know about sender and recipients, for the pure check: the directory, the usual recipients, what the domains have proved. */
import {
  actorFor,
  channelOf,
  directoryPartyByAddress,
  type Entry,
  lookAlikes,
  type Person,
  senderParty,
  usualRecipients,
} from '../../people/index.ts'
import type { Context, House, Tx } from '../../platform/index.ts'
import { system } from '../../platform/index.ts'
import type { Party } from '../../protocols/index.ts'
import type { CheckOptions } from '../checking/index.ts'
import type { PartialDisclosure } from '../facts/index.ts'
import type { Contact } from '../recipients/index.ts'
import { writtenTo } from './lists.ts'
import { type Memory, NotRemembered, rememberedOf, writtenKey } from './memory.ts'
import { prepared } from './prepared.ts'
import { forEach, Together } from './together.ts'

export interface Handed {
  readonly person: Person
  /** MAIL FROM. */
  readonly sender: string
  /** RCPT TO. */
  readonly recipients: readonly string[]
  /** Whom the headers name. */
  readonly named: readonly { readonly name: string; readonly address: string }[]
  readonly facts?: PartialDisclosure
}

const mostContacts = 500

export interface Options {
  readonly options: CheckOptions
  readonly from: Party
  /** Addresses asked about, in small letters, whom the directory names: what a header calls them adds nothing. */
  readonly settled: readonly string[]
}

/** The options of the check for many messages at once: from what is remembered, and else in one transaction that only reads. */
export const optionsTogether = forEach(
  (house: House) =>
    new Together<Handed, Options>(async (list) => {
      const now = house.clock.now()
      const memory = await rememberedOf(house)
      const fromMemory = asked(undefined, now, memory)
      const found = await Promise.all(list.map((one) => gather(fromMemory, one).catch(isNotRemembered)))
      if (found.every((one) => one !== undefined)) return found
      return house.database.transaction(
        system,
        async (tx) => {
          const ask = asked(prepared(tx), now, memory)
          return Promise.all(list.map((one, at) => found[at] ?? gather(ask, one)))
        },
        { readOnly: true, pipelined: true, plannedOnce: true },
      )
    }),
)

function isNotRemembered(error: unknown): undefined {
  if (!(error instanceof NotRemembered)) throw error
}

/** The same for one message, in the caller's transaction. */
export const gatherOptions = (ctx: Pick<Context, 'tx' | 'now'>, handed: Handed): Promise<Options> =>
  gather(asked(ctx.tx, ctx.now, { once: (_key, ask) => ask!() }), handed)

type Ask = ReturnType<typeof asked>

/** Each question once: several messages ask the same. Without a transaction only what is remembered is answered. */
function asked(tx: Tx | undefined, now: Date, memory: Memory) {
  return (person: Person) => {
    const ctx = tx && { tx, now, actor: actorFor(person) }
    const once = <T>(key: string, ask: (asking: NonNullable<typeof ctx>) => Promise<T>): Promise<T> =>
      memory.once(key, ctx && (() => ask(ctx)))
    return {
      now,
      sender: () => once(`sender ${person.id}`, senderParty),
      usual: () => once(`usual ${person.id}`, (own) => usualRecipients(own, mostContacts)),
      written: () => once(writtenKey(person.id), (own) => writtenTo(own.tx, person.id, mostContacts)),
      channel: (address: string) => once(`channel ${address.split('@').at(-1)}`, (own) => channelOf(own.tx, address)),
      // An entry says how often this sender has written to it, which is not asked for here.
      party: (address: string) => once(`party ${address}`, (own) => directoryPartyByAddress(own, address)),
      alike: (name: string) => once(`alike ${person.id} ${name}`, (own) => lookAlikes(own, { name })),
    }
  }
}

async function gather(ask: Ask, handed: Handed): Promise<Options> {
  const { person, sender, recipients, named, facts = {} } = handed
  const known = ask(person)
  const names = new Map(named.map(({ address, name }) => [address.toLowerCase(), name]))
  // In one order, whether a header names them or the envelope alone.
  const addresses = [...new Set([...names.keys(), ...recipients.map((one) => one.toLowerCase())])].sort()
  // Asked for at one time, so that the answers come in one go.
  const [from, ofSender, usual, written, parties, channels] = await Promise.all([
    known.sender(),
    known.channel(sender),
    known.usual(),
    known.written(),
    Promise.all(addresses.map((address) => known.party(address))),
    Promise.all(addresses.map((address) => known.channel(address))),
  ])
  const channel = from.channel ?? ofSender
  const nameAt = (at: number): string => parties[at]?.name ?? names.get(addresses[at]!) ?? ''
  const alike = await Promise.all(addresses.map((_, at) => (nameAt(at) === '' ? [] : known.alike(nameAt(at)))))
  const contacts = new Map<string, Contact>()
  const know = (entry: Entry) => {
    const address = entry.reachedAt ?? entry.address
    if (address !== undefined) contacts.set(address.toLowerCase(), { address, name: entry.name })
  }
  for (const entry of usual) know(entry)
  for (const { address } of written)
    if (!contacts.has(address.toLowerCase())) contacts.set(address.toLowerCase(), { address })
  const to = addresses.map((address, at): Partial<Party> => {
    const proved = parties[at]?.channel ?? channels[at]
    const { name: _listed, ...rest } = parties[at] ?? {}
    for (const entry of alike[at] ?? []) if ((entry.reachedAt ?? entry.address)?.toLowerCase() !== address) know(entry)
    return { ...rest, address, ...(proved === undefined ? {} : { channel: proved }), ...stated(facts, address) }
  })
  return {
    options: {
      protocol: person.protocol,
      day: known.now.toISOString().slice(0, 10),
      facts: { ...facts, from: { ...from, ...(channel === undefined ? {} : { channel }) }, to },
      known: { contacts: [...contacts.values()] },
      recipients,
      sender,
    },
    from,
    settled: addresses.filter((_, at) => parties[at]?.name !== undefined),
  }
}

const stated = (facts: PartialDisclosure, address: string): Partial<Party> => {
  const found = facts.to?.find((party) => party.address?.toLowerCase() === address)
  return found?.needToKnow === undefined ? {} : { needToKnow: found.needToKnow }
}
