import type { Context, Tx } from '../platform/index.ts'
import type { Kind, Party } from '../protocols/index.ts'
import type { Entry } from './entry.ts'
import { channelFrom } from './rules/channel.ts'
import {
  type Asker,
  countRecipient,
  entriesAt,
  entryById,
  entryOfUser,
  findEntries,
  namesakes,
  type Wanted,
} from './store/directory.ts'
import { mailDomain } from './store/domains.ts'
import { userById } from './store/users.ts'

type Asking = Pick<Context, 'tx' | 'actor' | 'now'>
const askerOf = (ctx: Asking): Asker => ({ user: ctx.actor.id, today: ctx.now.toISOString().slice(0, 10) })

/** One entry in full; undefined when there is none. */
export const directoryEntry = (ctx: Asking, id: string): Promise<Entry | undefined> =>
  entryById(ctx.tx, askerOf(ctx), id)

/** Entries in which every word of the text is found; the worker's usual recipients come first. At most 50 unless said, 500 in any case. */
export const searchDirectory = (ctx: Asking, text: string, wanted: Omit<Wanted, 'text'> = {}): Promise<Entry[]> =>
  findEntries(ctx.tx, askerOf(ctx), { ...wanted, text })

/** Those to whom this worker has sent before, the most frequent first. */
export const usualRecipients = (ctx: Asking, limit = 10): Promise<Entry[]> =>
  findEntries(ctx.tx, askerOf(ctx), { usual: true, limit })

/** Others whose name could be taken for this entry's (CUM-13). */
export const lookAlikes = (ctx: Asking, entry: { id?: string; name: string }): Promise<Entry[]> =>
  namesakes(ctx.tx, askerOf(ctx), entry)

/** Who is reached at an e-mail address: one entry, none, or several who share it. */
export const entriesByAddress = (ctx: Asking, address: string): Promise<Entry[]> =>
  entriesAt(ctx.tx, askerOf(ctx), address.trim())

/** An entry as the party of a disclosure. The need to know is the sender's to add. */
export async function directoryParty(ctx: Asking, id: string): Promise<Party | undefined> {
  const entry = await directoryEntry(ctx, id)
  return entry === undefined ? undefined : partyFrom(entry)
}

/** The party behind an e-mail address; undefined when nobody or more than one person is known there. */
export async function directoryPartyByAddress(ctx: Asking, address: string): Promise<Party | undefined> {
  const found = await entriesByAddress(ctx, address)
  return found.length === 1 ? partyFrom(found[0]!) : undefined
}

/** The same for an entry at hand. The mobile number is never part of a party (BOU-14). */
export function partyFrom(entry: Entry): Party {
  const channel = channelFrom(entry.domain)
  return {
    name: entry.name,
    kind: entry.kind,
    ...some('role', entry.role),
    ...some('agency', entry.agencyName),
    ...some('address', entry.reachedAt),
    ...some('fax', entry.fax),
    ...some('telephone', entry.telephone),
    ...some('postal', entry.postal),
    ...(entry.list ? { list: true } : {}),
    ...some('prefers', entry.prefers),
    ...some('via', entry.via),
    ...some('channel', channel),
    ...some('trained', entry.trained),
    ...some('area', entry.area),
    ...(entry.authorised ? { authorised: true } : {}),
    ...some('clearance', entry.clearance),
  }
}

/** The signed-in worker as the sender of a disclosure. */
export async function senderParty(ctx: Asking): Promise<Party> {
  const person = await userById(ctx.tx, ctx.actor.id)
  const kind: Kind = person?.agencyKind ?? 'public'
  const entry = person === undefined ? undefined : await entryOfUser(ctx.tx, askerOf(ctx), person.id)
  if (person === undefined) return { name: ctx.actor.name, kind }
  const address = entry?.reachedAt ?? person.email
  const channel = entry?.domain ? channelFrom(entry.domain) : await channelOf(ctx.tx, address)
  return {
    name: person.name,
    kind,
    agency: person.agencyName,
    ...some('role', person.jobTitle),
    ...some('address', address),
    ...some('telephone', entry?.telephone),
    ...some('postal', entry?.postal),
    ...some('channel', channel),
    ...some('trained', person.trained),
    ...some('area', person.area),
    ...(person.authorised ? { authorised: true } : {}),
    clearance: person.clearance,
  }
}

/** What the domain of an address has proved; undefined when nothing is known of it. */
export async function channelOf(tx: Tx, address: string | undefined): Promise<Party['channel'] | undefined> {
  const domain = address?.split('@').at(-1)
  return domain === undefined ? undefined : channelFrom(await mailDomain(tx, domain))
}

/** Counts a sending, so that usual recipients come first and unusual ones are asked about. Only users are counted. */
export async function rememberRecipient(ctx: Asking, entry: string): Promise<void> {
  if (ctx.actor.kind === 'user' || ctx.actor.kind === 'program')
    await countRecipient(ctx.tx, ctx.actor.id, entry, ctx.now)
}

/** The numbers that may be shown to an audience: a child or young person, parent or carer sees the office alone (BOU-14). */
export function telephonesFor(
  entry: Entry,
  audience: Kind,
): readonly { readonly label: string; readonly number: string }[] {
  const hidden: readonly Kind[] = ['young-person', 'parent', 'carer', 'public']
  return [
    ...(entry.telephone === undefined ? [] : [{ label: 'Office', number: entry.telephone }]),
    ...(entry.mobile === undefined || hidden.includes(audience) ? [] : [{ label: 'Mobile', number: entry.mobile }]),
  ]
}

const some = <Name extends string, Value>(name: Name, value: Value | undefined): { [_ in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [_ in Name]?: Value }
