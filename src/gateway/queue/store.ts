import { type Actor, type Context, join, may, sql, type Tx } from '../../platform/index.ts'
import type { Route } from '../../protocols/index.ts'
import type { Additions, MessageRow, MessageState, RecipientRow, RecipientState, Seen, Way } from './types.ts'

type Sealing = Pick<Context, 'tx' | 'secrets'>

export const MESSAGE = sql`id, reference, at, agency, sender_user as "senderUser", sender_name as "senderName", sender_address as "senderAddress", action, state, rules,
  protocol, decision, version, settled_at as "settledAt", settled_name as "settledName", settled_why as "settledWhy"`
const RECIPIENT = sql`message, place, address, way, route, state, handed_at as "handedAt", detail, consignment, changed_at as "changedAt"`

export interface NewMessage {
  readonly id: string
  readonly at: Date
  readonly reference: string
  readonly sender: Actor
  readonly address: string
  readonly digest: string
  readonly action: MessageRow['action']
  readonly state: MessageState
  readonly rules: readonly string[]
  readonly raw: Buffer | undefined
  /** `Seen`, as JSON. */
  readonly seen: string
  readonly protocol: string
  readonly decision: string | undefined
}

export async function insertMessages({ tx, secrets }: Sealing, list: readonly NewMessage[]): Promise<void> {
  if (list.length === 0) return
  const rows = list.map(
    ({ id, sender, raw, ...one }) =>
      sql`(${id}::uuid, ${one.reference}, ${one.at}::timestamptz, ${sender.agency}, ${sender.id}, ${sender.name}, ${one.address}, ${one.digest},
        ${one.action}, ${one.state}, ${[...one.rules]}::text[], ${raw === undefined ? null : secrets.seal('gateway.raw', raw, id)}::bytea,
        ${secrets.seal('gateway.seen', one.seen, id)}::bytea, ${one.protocol}, ${one.decision ?? null}::uuid)`,
  )
  await tx.run(sql`insert into gateway.message (id, reference, at, agency, sender_user, sender_name, sender_address, digest, action, state, rules,
      sealed_raw, sealed_seen, protocol, decision) values ${join(rows)}`)
}

export interface NewRecipient {
  readonly place: number
  readonly address: string
  readonly way: Way
  readonly route: Route | null
  readonly state: RecipientState
  readonly detail: string
}

export async function insertRecipients(
  tx: Tx,
  list: readonly (NewRecipient & { readonly message: string })[],
  now: Date,
): Promise<void> {
  if (list.length === 0) return
  const rows = list.map(
    (one) =>
      sql`(${one.message}::uuid, ${one.place}::int, ${one.address}, ${one.way}, ${one.route}, ${one.state}, ${one.detail}, ${now}::timestamptz)`,
  )
  await tx.run(
    sql`insert into gateway.recipient (message, place, address, way, route, state, detail, changed_at) values ${join(rows)}`,
  )
}

/**
 * The messages handed in before with the same bytes, by the same sender, for the same recipients, in the last day, by their digest. Holds a
 * lock on each digest until the end of the transaction, taken in one order, so that two who hand in the same wait for one another.
 */
export async function handedInBefore(
  tx: Tx,
  digests: readonly string[],
  now: Date,
): Promise<Map<string, { id: string; reference: string }>> {
  const wanted = [...new Set(digests)].sort()
  await tx.query(
    sql`select pg_advisory_xact_lock(d.lock) from (select hashtextextended(u.digest, 70) as lock from unnest(${wanted}::text[]) as u (digest) order by 1) d`,
  )
  const rows = await tx.query<{
    id: string
    reference: string
    digest: string
  }>(sql`select id, reference, digest from gateway.message
    where digest = any(${wanted}::text[]) and state not in ('refused', 'withdrawn') and at > ${new Date(now.getTime() - 86_400_000)}`)
  return new Map(rows.map(({ digest, ...row }) => [digest, row]))
}

export const findMessage = (tx: Tx, id: string, lock = false): Promise<MessageRow | undefined> =>
  tx.maybe<MessageRow>(
    lock
      ? sql`select ${MESSAGE} from gateway.message where id = ${id}::uuid for update`
      : sql`select ${MESSAGE} from gateway.message where id = ${id}::uuid`,
  )

/** The sender's own; and for those who release, their agency's. */
export const mayRead = (actor: Actor, row: MessageRow): boolean =>
  row.senderUser === actor.id || (row.agency === actor.agency && may(actor, 'gateway.release'))

export const recipientsOf = (tx: Tx, message: string): Promise<RecipientRow[]> =>
  tx.query<RecipientRow>(
    sql`select ${RECIPIENT} from gateway.recipient where message = ${message}::uuid order by place`,
  )

export async function readSeen({ tx, secrets }: Sealing, id: string): Promise<Seen> {
  const { sealed } = await tx.one<{ sealed: Buffer }>(
    sql`select sealed_seen as sealed from gateway.message where id = ${id}::uuid`,
  )
  return JSON.parse(secrets.open('gateway.seen', sealed, id).toString('utf8')) as Seen
}

export async function readRaw({ tx, secrets }: Sealing, id: string): Promise<Buffer | undefined> {
  const { sealed } = await tx.one<{ sealed: Buffer | null }>(
    sql`select sealed_raw as sealed from gateway.message where id = ${id}::uuid`,
  )
  return sealed === null ? undefined : secrets.open('gateway.raw', sealed, id)
}

/** Writes what a message is found to be now, after its sender or a manager said more. */
export async function replaceSeen(
  { tx, secrets }: Sealing,
  row: MessageRow,
  change: { action: MessageRow['action']; rules: readonly string[]; seen: Seen; decision: string | undefined },
): Promise<void> {
  await tx.run(sql`update gateway.message set action = ${change.action}, rules = ${[...change.rules]}::text[],
    sealed_seen = ${secrets.seal('gateway.seen', JSON.stringify(change.seen), row.id)}, decision = coalesce(${change.decision ?? null}::uuid, decision),
    version = version + 1 where id = ${row.id}::uuid`)
}

export async function settleMessage(
  tx: Tx,
  id: string,
  by: { actor: Actor; why: string; now: Date; state: MessageState },
): Promise<void> {
  const gone = by.state === 'withdrawn'
  await tx.run(sql`update gateway.message set state = ${by.state}, settled_at = ${by.now}, settled_by = ${by.actor.id}, settled_name = ${by.actor.name},
    settled_why = ${by.why}, sealed_raw = case when ${gone} then null else sealed_raw end, version = version + 1 where id = ${id}::uuid`)
}

export interface RecipientChange {
  readonly state: RecipientState
  readonly detail?: string
  readonly way?: Way
  readonly route?: Route | null
  readonly handedAt?: Date | null
  readonly consignment?: string
}

/** Changes a recipient that still stands where it stood; false when somebody else moved it on. */
export async function changeRecipient(
  tx: Tx,
  before: RecipientRow,
  change: RecipientChange,
  now: Date,
): Promise<boolean> {
  const way = change.way ?? before.way
  const route = change.route === undefined ? before.route : change.route
  const handedAt = change.handedAt === undefined ? before.handedAt : change.handedAt
  return (
    (await tx.run(sql`update gateway.recipient set state = ${change.state}, detail = ${change.detail ?? before.detail}, way = ${way}, route = ${route},
      handed_at = ${handedAt}, consignment = ${change.consignment ?? before.consignment}, changed_at = ${now}
      where message = ${before.message}::uuid and place = ${before.place} and state = ${before.state}`)) === 1
  )
}

export async function removeRecipient(tx: Tx, row: RecipientRow): Promise<void> {
  await tx.run(
    sql`delete from gateway.recipient where message = ${row.message}::uuid and place = ${row.place} and state = 'held'`,
  )
}

/** The moment before the first byte leaves, of several messages. Gives how many lines of each were marked. */
export async function markHanded(
  tx: Tx,
  list: readonly { readonly message: string; readonly places: readonly number[] }[],
  now: Date,
): Promise<Map<string, number>> {
  const lines = list.flatMap(({ message, places }) => places.map((place) => ({ message, place })))
  const marked = await tx.query<{
    message: string
  }>(sql`update gateway.recipient r set handed_at = ${now}, changed_at = ${now}
    from unnest(${lines.map((one) => one.message)}::uuid[], ${lines.map((one) => one.place)}::int[]) as l (message, place)
    where r.message = l.message and r.place = l.place and r.state = 'sending' and r.handed_at is null returning r.message`)
  const counts = new Map<string, number>()
  for (const { message } of marked) counts.set(message, (counts.get(message) ?? 0) + 1)
  return counts
}

export interface Carrying {
  readonly row: MessageRow
  readonly seen: () => Seen
  /** What the gateway adds. */
  readonly add: Additions
  readonly raw: Buffer
  /** The message as it was written anew when it was checked, but for header fields that are set when it leaves. */
  readonly written?: Uint8Array
  readonly mail: readonly RecipientRow[]
}

/**
 * Takes into hand those of these messages that go by mail to all who wait for them; `left`: what is under way otherwise. The caller holds
 * the locks of the messages.
 */
export async function takeUpMany(
  { tx, secrets, now }: Sealing & { now: Date },
  ids: readonly string[],
): Promise<{ taken: Carrying[]; left: string[] }> {
  const rows = await tx.query<MessageRow & { raw: Buffer | null; seen: Buffer }>(
    sql`select ${MESSAGE}, sealed_raw as raw, sealed_seen as seen from gateway.message where id = any(${[...ids]}::uuid[]) for update`,
  )
  const lines = await tx.query<RecipientRow>(
    sql`select ${RECIPIENT} from gateway.recipient where message = any(${[...ids]}::uuid[]) order by message, place`,
  )
  const taken: Carrying[] = []
  const left: string[] = []
  for (const { raw, seen, ...row } of rows) {
    const open = lines.filter((one) => one.message === row.id && (one.state === 'waiting' || one.state === 'sending'))
    if (open.length === 0) continue
    if (raw === null || open.some((one) => one.state === 'sending' || one.way === 'transfer')) left.push(row.id)
    else {
      const read = JSON.parse(secrets.open('gateway.seen', seen, row.id).toString('utf8')) as Seen
      taken.push({
        row,
        raw: secrets.open('gateway.raw', raw, row.id),
        seen: () => read,
        add: read.add,
        mail: open.map((one) => ({ ...one, state: 'sending', handedAt: null })),
      })
    }
  }
  if (taken.length > 0)
    await tx.run(sql`update gateway.recipient set state = 'sending', handed_at = null, changed_at = ${now}
      where message = any(${taken.map(({ row }) => row.id)}::uuid[]) and state = 'waiting'`)
  return { taken, left }
}

/** What was taken over for all to whom it was handed over together. */
export async function concludeSent(
  tx: Tx,
  list: readonly { readonly message: string; readonly places: readonly number[]; readonly detail: string }[],
  now: Date,
): Promise<void> {
  const lines = list.flatMap(({ message, places, detail }) => places.map((place) => ({ message, place, detail })))
  const part = <Key extends keyof (typeof lines)[number]>(key: Key) => lines.map((one) => one[key])
  // One behind the other, and asked for at one time.
  await Promise.all([
    tx.run(sql`update gateway.recipient r set state = 'sent', detail = l.detail, changed_at = ${now}
    from unnest(${part('message')}::uuid[], ${part('place')}::int[], ${part('detail')}::text[]) as l (message, place, detail)
    where r.message = l.message and r.place = l.place and r.state = 'sending'`),
    restate(tx, [...new Set(part('message'))]),
  ])
}

/** The state of the whole follows from its recipients'. */
export async function restate(tx: Tx, messages: readonly string[]): Promise<void> {
  await tx.run(sql`update gateway.message m set state = (select case
      when bool_or(r.state in ('waiting', 'sending')) then 'going' when bool_or(r.state = 'held') then 'held'
      when bool_and(r.state = 'withdrawn') then 'withdrawn' else 'done' end from gateway.recipient r where r.message = m.id)
    where id = any(${[...messages]}::uuid[]) and exists (select from gateway.recipient r where r.message = m.id)`)
}

/** Writes the bytes anew, after their addresses were changed. */
export async function replaceRaw({ tx, secrets }: Sealing, id: string, raw: Buffer): Promise<void> {
  await tx.run(
    sql`update gateway.message set sealed_raw = ${secrets.seal('gateway.raw', raw, id)} where id = ${id}::uuid`,
  )
}

export const withdrawHeld = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update gateway.recipient set state = 'withdrawn', detail = 'Withdrawn.', changed_at = ${now}
    where message = ${id}::uuid and state = 'held'`)

/** Those who have it already keep their line; their place is the one in the disclosure as it is now. */
export async function renumber(tx: Tx, id: string, addresses: readonly string[]): Promise<void> {
  await tx.run(sql`update gateway.recipient set place = place + 100000 where message = ${id}::uuid and place < 100000`)
  for (const [place, address] of addresses.entries())
    await tx.run(sql`update gateway.recipient set place = ${place}
      where message = ${id}::uuid and place >= 100000 and lower(address) = lower(${address})`)
}
