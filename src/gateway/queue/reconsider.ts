import { actorFor, userById } from '../../people/index.ts'
import { type Context, may } from '../../platform/index.ts'
import { NEEDS, type Need } from '../../protocols/index.ts'
import { checkers } from '../checking/index.ts'
import type { MailFinding } from '../facts/index.ts'
import { bindingHold, firstReason } from './examine.ts'
import { gatherOptions } from './gather-options.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { keep } from './put-down.ts'
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
  /** A manager's release, which lifts no hold that binds. */
  readonly releases?: true
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
    releases: true,
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
  const person = await userById(ctx.tx, row.senderUser)
  if (raw === undefined || person === undefined) return { kind: 'missing' }
  const rows = await recipientsOf(ctx.tx, id)
  const waiting = rows.filter((one) => one.state === 'held')
  const envelope = change.recipients ?? waiting.map((one) => one.address)
  const addressed = waiting.map((one) => one.address)
  const bytes =
    change.recipients === undefined
      ? raw
      : Buffer.from(
          await checkers().withMessage(raw, (message) =>
            message.ask({ kind: 'readdress', before: addressed, after: envelope }),
          ),
        )
  const asSender: Context = { ...ctx, actor: actorFor(person) }
  const stated = forEveryone(change.state(before.stated), envelope)
  const { outcome, answer, going, seen } = await checkers().withMessage(bytes, async (message) => {
    const handed = {
      person,
      sender: row.senderAddress,
      recipients: envelope,
      named: message.named,
      facts: stated.facts,
    }
    const { options, from } = await gatherOptions(asSender, handed)
    const party = { party: from, agencyName: person.agencyName }
    const found = await message.ask({
      kind: 'check',
      options,
      recipients: envelope,
      sender: row.senderAddress,
      from: party,
      stated,
    })
    return { ...found, outcome: message.outcome }
  })
  ctx.about(id, { action: answer.action, recipients: going.length })
  if (answer.action === 'reject' || outcome !== 'read')
    return { kind: 'refused', sentence: `${firstReason(answer).rule}: ${answer.sentence}` }
  const bound = bindingHold(answer)
  if (change.releases === true && bound !== undefined)
    return { kind: 'refused', sentence: `${bound.rule}: ${bound.sentence} Nobody can release that.` }
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
  const list = going.map(({ because, ...one }) => ({ ...one, message: id, state, detail: because }) as const)
  await insertRecipients(ctx.tx, list, ctx.now)
  if (answer.action === 'hold') return { kind: 'held' }
  await settleMessage(ctx.tx, id, { actor: ctx.actor, why: change.why, now: ctx.now, state: 'going' })
  await restate(ctx.tx, [id])
  await ctx.tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` })
  return { kind: 'going' }
}

const forEveryone = (stated: Stated, envelope: readonly string[]): Stated => {
  const why = stated.facts.to?.[0]?.needToKnow
  if (why === undefined) return stated
  return { ...stated, facts: { ...stated.facts, to: envelope.map((address) => ({ address, needToKnow: why })) } }
}

/** Which confirmation would settle which of the findings that ask for a person, and which only a manager can. */
export async function whatSettles(
  ctx: Context,
  row: MessageRow,
): Promise<{ asked: { need: Need; findings: MailFinding[] }[]; left: MailFinding[] }> {
  const raw = await readRaw(ctx, row.id)
  const person = await userById(ctx.tx, row.senderUser)
  const seen = await readSeen(ctx, row.id)
  if (raw === undefined || person === undefined) return { asked: [], left: [] }
  const asSender: Context = { ...ctx, actor: actorFor(person) }
  const waiting = (await recipientsOf(ctx.tx, row.id)).filter((one) => one.state === 'held')
  const recipients = waiting.map((one) => one.address)
  return checkers().withMessage(raw, async (message) => {
    const handed = { person, sender: row.senderAddress, recipients, named: message.named, facts: seen.stated.facts }
    const { options } = await gatherOptions(asSender, handed)
    const holds = (confirmed: readonly Need[]): Promise<readonly MailFinding[]> => {
      const facts = { ...options.facts, confirmed: [...(options.facts?.confirmed ?? []), ...confirmed] }
      return message.ask({ kind: 'holds', options: { ...options, facts } })
    }
    let open = await holds([])
    const asked: { need: Need; findings: MailFinding[] }[] = []
    for (const need of ['recipient-check', 'list-checked', 'thread-check'] as const) {
      const rest = new Set((await holds([...asked.map((one) => one.need), need])).map(key))
      const findings = open.filter((one) => !rest.has(key(one)))
      if (findings.length === 0) continue
      asked.push({ need, findings })
      open = open.filter((one) => rest.has(key(one)))
    }
    return { asked, left: [...open] }
  })
}

const key = (one: MailFinding): string => `${one.rule}|${one.part}|${one.start}|${one.text}`
