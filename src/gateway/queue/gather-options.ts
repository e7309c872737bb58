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
import { planOnce, prepared } from './prepared.ts'
import { writtenTo } from './store.ts'
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
}

/** The options of the check for many messages at once, in one transaction that only reads. */
export const optionsTogether = forEach(
  (house: House) =>
    new Together<Handed, Options>((list) =>
      house.database.transaction(
        system,
        async (tx) => {
          const ask = asked(prepared(tx), house.clock.now())
          const planned = planOnce(tx)
          const all = Promise.all(list.map((one) => gather(ask, one)))
          await planned
          return all
        },
        { readOnly: true, pipelined: true },
      ),
    ),
)

/** The same for one message, in the caller's transaction. */
export const gatherOptions = (ctx: Pick<Context, 'tx' | 'now'>, handed: Handed): Promise<Options> =>
  gather(asked(ctx.tx, ctx.now), handed)

type Ask = ReturnType<typeof asked>

/** Each question once within a transaction: several messages of one moment ask the same. */
function asked(tx: Tx, now: Date) {
  const known = new Map<string, Promise<unknown>>()
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const found = (known.get(key) as Promise<T> | undefined) ?? ask()
    known.set(key, found)
    return found
  }
  return (person: Person) => {
    const ctx = { tx, now, actor: actorFor(person) }
    return {
      now,
      sender: () => once(`sender ${person.id}`, () => senderParty(ctx)),
      usual: () => once(`usual ${person.id}`, () => usualRecipients(ctx, mostContacts)),
      written: () => once(`written ${person.id}`, () => writtenTo(tx, person.id, mostContacts)),
      channel: (address: string) => once(`channel ${address.split('@').at(-1)}`, () => channelOf(tx, address)),
      party: (address: string) => once(`party ${address}`, () => directoryPartyByAddress(ctx, address)),
      alike: (name: string) => once(`alike ${person.id} ${name}`, () => lookAlikes(ctx, { name })),
    }
  }
}

async function gather(ask: Ask, handed: Handed): Promise<Options> {
  const { person, sender, recipients, named, facts = {} } = handed
  const known = ask(person)
  const names = new Map(named.map(({ address, name }) => [address.toLowerCase(), name]))
  const addresses = [...new Set([...names.keys(), ...recipients.map((one) => one.toLowerCase())])]
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
  }
}

const stated = (facts: PartialDisclosure, address: string): Partial<Party> => {
  const found = facts.to?.find((party) => party.address?.toLowerCase() === address)
  return found?.needToKnow === undefined ? {} : { needToKnow: found.needToKnow }
}
