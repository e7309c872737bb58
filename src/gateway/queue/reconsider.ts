import { actorFor, userById } from '../../people/index.ts'
import { type Context, may } from '../../platform/index.ts'
import { NEEDS, type Need } from '../../protocols/index.ts'
import { checkMail, type MailFinding } from '../facts/index.ts'
import { type Message, readMessage, serialise } from '../reading/index.ts'
import { keep } from './accept.ts'
import { examine, firstReason } from './examine.ts'
import { gatherOptions } from './gather-options.ts'
import { deliverMessage } from './jobs/deliver.ts'
import {
  findMessage,
  insertRecipients,
  mayRead,
  readRaw,
  readSeen,
  recipientsOf,
  removeRecipient,
  renumber,
  replaceRaw,
  replaceSeen,
  restate,
  settleMessage,
  withdrawHeld,
} from './store.ts'
import type { MessageRow, Stated } from './types.ts'

export type Settling =
  | { readonly kind: 'going' | 'held' }
  /** It must not go so; nothing was changed. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'changed' | 'not-held' | 'missing' }

interface Change {
  readonly version: number
  readonly why: string
  state(before: Stated): Stated
  /** Those who shall get it instead of those who wait; absent: the same. */
  readonly recipients?: readonly string[]
}

/** What the sender confirms: needs met, and why each recipient needs to know. Then it is checked again, and goes if nothing is left. */
export function confirmMessage(
  ctx: Context,
  id: string,
  said: { version: number; confirmed: readonly Need[]; needToKnow: string | undefined },
): Promise<Settling> {
  return reconsider(ctx, id, {
    version: said.version,
    why: 'Confirmed by the sender',
    state: ({ facts }) => ({
      facts: {
        ...facts,
        confirmed: NEEDS.filter((need) => said.confirmed.includes(need) || facts.confirmed?.includes(need)),
        ...(said.needToKnow === undefined ? {} : { to: [{ address: '*', needToKnow: said.needToKnow }] }),
      },
    }),
  })
}

/** Other recipients instead of those who wait. What was confirmed counted for the others, so it is asked again. */
export const changeRecipients = (
  ctx: Context,
  id: string,
  said: { version: number; recipients: readonly string[] },
): Promise<Settling> =>
  reconsider(ctx, id, {
    version: said.version,
    why: 'Recipients changed by the sender',
    recipients: said.recipients,
    state: ({ facts: { confirmed: _confirmed, to: _to, ...facts } }) => ({ facts }),
  })

/** A manager lets it go, and says why. Not the sender's own to do; what must not go stays where it is. */
export async function releaseMessage(
  ctx: Context,
  id: string,
  said: { version: number; why: string },
): Promise<Settling> {
  const row = await findMessage(ctx.tx, id)
  if (row === undefined || !may(ctx.actor, 'gateway.release') || row.agency !== ctx.actor.agency)
    return { kind: 'missing' }
  if (row.senderUser === ctx.actor.id)
    return { kind: 'refused', sentence: 'Nobody releases their own message. Ask a colleague who may.' }
  const { id: by, name } = ctx.actor
  return reconsider(ctx, id, {
    version: said.version,
    why: said.why,
    state: ({ facts }) => ({ facts, released: { by, name, why: said.why } }),
  })
}

/** Nothing of it goes any more to those who wait; its bytes are dropped when nobody has got it. */
export async function withdrawMessage(ctx: Context, id: string, said: { version: number }): Promise<Settling> {
  const row = await held(ctx, id, said.version)
  if (!('id' in row)) return row
  const waiting = (await recipientsOf(ctx.tx, id)).filter((one) => one.state === 'held')
  await withdrawHeld(ctx.tx, id, ctx.now)
  const all = (await recipientsOf(ctx.tx, id)).every((one) => one.state === 'withdrawn')
  ctx.about(id, { recipients: waiting.length })
  await settleMessage(ctx.tx, id, {
    actor: ctx.actor,
    why: 'Withdrawn',
    now: ctx.now,
    state: all ? 'withdrawn' : 'done',
  })
  return { kind: 'going' }
}

async function held(ctx: Context, id: string, version: number): Promise<MessageRow | Settling> {
  const row = await findMessage(ctx.tx, id, true)
  if (row === undefined || !mayRead(ctx.actor, row)) return { kind: 'missing' }
  if (row.state !== 'held') return { kind: 'not-held' }
  return row.version === version ? row : { kind: 'changed' }
}

async function reconsider(ctx: Context, id: string, change: Change): Promise<Settling> {
  const row = await held(ctx, id, change.version)
  if (!('id' in row)) return row
  const before = await readSeen(ctx, id)
  const raw = await readRaw(ctx, id)
  const read = raw === undefined ? undefined : readMessage(raw)
  const person = await userById(ctx.tx, row.senderUser)
  if (raw === undefined || read?.outcome !== 'read' || person === undefined) return { kind: 'missing' }
  const rows = await recipientsOf(ctx.tx, id)
  const waiting = rows.filter((one) => one.state === 'held')
  const envelope = change.recipients ?? waiting.map((one) => one.address)
  const bytes =
    change.recipients === undefined
      ? raw
      : readdressed(read.message, new Set(waiting.map((one) => one.address)), envelope)
  const reading = readMessage(bytes)
  const asSender: Context = { ...ctx, actor: actorFor(person) }
  const stated = forEveryone(change.state(before.stated), envelope)
  const handed = { person, sender: row.senderAddress, recipients: envelope, reading }
  const { answer, going, seen } = await examine(asSender, handed, stated)
  ctx.about(id, { action: answer.action, recipients: going.length })
  if (answer.action === 'reject' || reading.outcome !== 'read')
    return { kind: 'refused', sentence: `${firstReason(answer).rule}: ${answer.sentence}` }
  const decision = await keep(ctx, seen)
  const rules = [...new Set(answer.findings.filter((one) => one.weight !== 'note').map((one) => one.rule))]
  await replaceSeen(ctx, row, { action: answer.action, rules, seen, decision })
  if (bytes !== raw) await replaceRaw(ctx, id, bytes)
  for (const one of waiting) await removeRecipient(ctx.tx, one)
  await renumber(
    ctx.tx,
    id,
    seen.recipients.map(({ address }) => address),
  )
  const state = answer.action === 'hold' ? 'held' : 'waiting'
  const list = going.map(({ because, ...one }) => ({ ...one, state, detail: because }) as const)
  await insertRecipients(ctx.tx, id, list, ctx.now)
  if (answer.action === 'hold') return { kind: 'held' }
  await settleMessage(ctx.tx, id, { actor: ctx.actor, why: change.why, now: ctx.now, state: 'going' })
  await restate(ctx.tx, id)
  await ctx.tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` })
  return { kind: 'going' }
}

const forEveryone = (stated: Stated, envelope: readonly string[]): Stated => {
  const why = stated.facts.to?.[0]?.needToKnow
  if (why === undefined) return stated
  return { ...stated, facts: { ...stated.facts, to: envelope.map((address) => ({ address, needToKnow: why })) } }
}

/** The message with its addresses as they are now: nobody is named in it who does not get it. */
function readdressed(message: Message, before: ReadonlySet<string>, after: readonly string[]): Buffer {
  const { envelope } = message
  const gone = new Set([...before].map((one) => one.toLowerCase()))
  const wanted = new Map(after.map((one) => [one.toLowerCase(), one]))
  const kept = (list: readonly { name: string; address: string }[]) =>
    list.filter(({ address }) => !gone.has(address.toLowerCase()) || wanted.has(address.toLowerCase()))
  const named = new Set([...envelope.to, ...envelope.cc].map((one) => one.address.toLowerCase()))
  // Those who were blind copies stay unnamed.
  const added = after.filter((one) => !named.has(one.toLowerCase()) && !gone.has(one.toLowerCase()))
  const to = [...kept(envelope.to), ...added.map((address) => ({ name: '', address }))]
  const cc = kept(envelope.cc)
  const fields = message.root.fields.some((field) => field.key === 'cc')
  return serialise(message, {
    set: { To: written(to), ...(fields ? { Cc: written(cc) } : {}) },
  })
}

const written = (list: readonly { name: string; address: string }[]): string =>
  list.length === 0
    ? 'undisclosed-recipients:;'
    : list.map(({ name, address }) => (/^[A-Za-z0-9 .'-]+$/.test(name) ? `"${name}" <${address}>` : address)).join(', ')

/** Which confirmation would settle which of the findings that ask for a person, and which only a manager can. */
export async function whatSettles(
  ctx: Context,
  row: MessageRow,
): Promise<{ asked: { need: Need; findings: MailFinding[] }[]; left: MailFinding[] }> {
  const raw = await readRaw(ctx, row.id)
  const person = await userById(ctx.tx, row.senderUser)
  const seen = await readSeen(ctx, row.id)
  if (raw === undefined || person === undefined) return { asked: [], left: [] }
  const reading = readMessage(raw)
  const asSender: Context = { ...ctx, actor: actorFor(person) }
  const waiting = (await recipientsOf(ctx.tx, row.id)).filter((one) => one.state === 'held')
  const recipients = waiting.map((one) => one.address)
  const handed = { person, sender: row.senderAddress, recipients, reading, facts: seen.stated.facts }
  const { from: _from, ...options } = await gatherOptions(asSender, handed)
  const holds = (confirmed: readonly Need[]): MailFinding[] => {
    const facts = { ...options.facts, confirmed: [...(options.facts?.confirmed ?? []), ...confirmed] }
    return checkMail(reading, { ...options, facts }).findings.filter((one) => one.weight === 'hold')
  }
  const key = (one: MailFinding) => `${one.rule}|${one.part}|${one.start}|${one.text}`
  let open = holds([])
  const asked: { need: Need; findings: MailFinding[] }[] = []
  for (const need of ['recipient-check', 'list-checked', 'thread-check'] as const) {
    const rest = new Set(holds([...asked.map((one) => one.need), need]).map(key))
    const findings = open.filter((one) => !rest.has(key(one)))
    if (findings.length === 0) continue
    asked.push({ need, findings })
    open = open.filter((one) => rest.has(key(one)))
  }
  return { asked, left: open }
}
