import { actorFor } from '../../people/index.ts'
import { type Context, type House, newId, randomReference, system, type Tx } from '../../platform/index.ts'
import { keepDecisions, keepDecisionTexts } from '../../protocols/index.ts'
import type { HandedIn } from './accept.ts'
import { carrierOf, roomOf } from './carrier.ts'
import { carryMessages } from './jobs/carry.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { tellOf } from './jobs/tell.ts'
import type { Judged } from './judged.ts'
import { withoutWords } from './kept-disclosure.ts'
import { prepared } from './prepared.ts'
import { type Carrying, handedInBefore, insertMessages, insertRecipients } from './store.ts'
import { forEach, Together } from './together.ts'
import type { RecipientState, Seen } from './types.ts'

export type Accepted =
  | {
      readonly kind: 'going' | 'held' | 'again'
      readonly id: string
      readonly reference: string
      readonly sentence: string
    }
  | {
      readonly kind: 'rejected'
      readonly id: string
      readonly reference: string
      readonly rule: string
      readonly sentence: string
    }

/** A message that was checked and is to be put down. */
export interface Checked extends HandedIn {
  readonly id: string
  readonly reference: string
  readonly at: Date
  readonly digest: string
  readonly found: Judged
  /** The bytes that leave, where they were written when it was checked. */
  readonly written?: Uint8Array
}

/** Puts down several messages in one transaction: each with its decision, its recipients, its audit entry and the job that carries it on. */
export const puttingDown = forEach((house: House) => new Together<Checked, Accepted>((list) => putDown(house, list)))

async function putDown(house: House, list: readonly Checked[]): Promise<Accepted[]> {
  const carrier = carrierOf(house)
  const inHand: Carrying[] = []
  try {
    const answers = await inOneTransaction(house, list, (one) => {
      const carried = carriedAtOnce(one) && carrier?.hasRoom(roomOf(one)) === true
      return carried ? (decision) => void inHand.push(inHandOf(one, decision)) : undefined
    })
    carrier?.carry(inHand)
    return answers
  } catch (error) {
    for (const one of inHand) carrier?.freeRoom(roomOf(one))
    throw error
  }
}

/** `takes`: what is told the decision of a message that this process carries on itself, and takes it into hand. */
function inOneTransaction(
  house: House,
  list: readonly Checked[],
  takes: (one: Checked) => ((decision: string | undefined) => void) | undefined,
): Promise<Accepted[]> {
  const now = house.clock.now()
  const work = async (bare: Tx) => {
    const tx = prepared(bare)
    const before = await handedInBefore(
      tx,
      list.map((one) => one.digest),
      now,
    )
    const fresh: Checked[] = []
    const answers = list.map((one): Accepted => {
      const known = before.get(one.digest)
      if (known !== undefined) return { kind: 'again', ...known, sentence: 'This message was taken before.' }
      fresh.push(one)
      if (one.found.action !== 'reject') before.set(one.digest, { id: one.id, reference: one.reference })
      return answerTo(one)
    })
    const inHand = new Set<string>()
    const decisions = keepAll(tx, now, fresh)
    for (const [at, one] of fresh.entries()) {
      const take = takes(one)
      if (take === undefined) continue
      inHand.add(one.id)
      take(decisions.ids[at])
    }
    // One behind the other, and asked for at one time.
    await Promise.all([
      decisions.kept,
      insertMessages(
        { tx, secrets: house.secrets },
        fresh.map(({ person, sender, raw, found: { action, rules, seen }, ...one }, at) => ({
          id: one.id,
          at: one.at,
          reference: one.reference,
          sender: actorFor(person),
          address: sender,
          digest: one.digest,
          action,
          state: action === 'reject' ? 'refused' : action === 'hold' ? 'held' : 'going',
          rules,
          raw: action === 'reject' ? undefined : raw,
          seen,
          protocol: person.protocol,
          decision: decisions.ids[at],
        })),
      ),
      insertRecipients(
        tx,
        fresh.flatMap(({ id, found: { action, going } }) => {
          const state: RecipientState = action === 'hold' ? 'held' : inHand.has(id) ? 'sending' : 'waiting'
          if (action === 'reject') return []
          return going.map(({ because, ...one }) => ({ ...one, message: id, state, detail: because }))
        }),
        now,
      ),
      setGoing(
        tx,
        fresh.filter((one) => !inHand.has(one.id)),
      ),
      house.record(
        tx,
        list.map((one, at) => ({
          at: now,
          actor: actorFor(one.person),
          act: 'gateway.received',
          outcome: 'done' as const,
          subject: answers[at]!.id,
          reference: randomReference(),
          detail:
            answers[at]!.kind === 'again'
              ? { again: true }
              : { action: one.found.action, recipients: one.found.recipients, by: one.by },
        })),
      ),
    ])
    return answers
  }
  return house.database.transaction(system, work, { pipelined: true, plannedOnce: true })
}

/** What goes by mail alone, and as it was checked. */
const carriedAtOnce = ({ found: { action, going } }: Checked): boolean =>
  action === 'deliver' && going.length > 0 && going.every((one) => one.way === 'mail')

const inHandOf = (one: Checked, decision: string | undefined): Carrying => ({
  row: {
    id: one.id,
    reference: one.reference,
    at: one.at,
    agency: one.person.agency,
    senderUser: one.person.id,
    senderName: one.person.name,
    senderAddress: one.sender,
    action: one.found.action,
    state: 'going',
    rules: one.found.rules,
    protocol: one.person.protocol,
    decision: decision ?? null,
    version: 1,
    settledAt: null,
    settledName: null,
    settledWhy: null,
  },
  add: one.found.add,
  seen: () => JSON.parse(one.found.seen) as Seen,
  raw: one.raw,
  ...(one.written === undefined ? {} : { written: one.written }),
  mail: one.found.going.map(({ because, ...going }) => ({
    ...going,
    message: one.id,
    state: 'sending',
    handedAt: null,
    detail: because,
    consignment: null,
    changedAt: one.at,
  })),
})

function answerTo({ id, reference, found: { action, reason, sentence } }: Checked): Accepted {
  if (action === 'reject') return { kind: 'rejected', id, reference, ...reason }
  return { kind: action === 'hold' ? 'held' : 'going', id, reference, sentence }
}

/** What the worker carries on: what goes by mail alone together, what goes another way too by itself. */
async function setGoing(tx: Tx, fresh: readonly Checked[]): Promise<void> {
  const together: string[] = []
  const asked: Promise<void>[] = []
  for (const { id, found } of fresh)
    if (found.action === 'hold') asked.push(tellOf({ tx }, id, 'held'))
    else if (found.action !== 'reject') {
      if (found.going.every((one) => one.way === 'mail')) together.push(id)
      else asked.push(tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` }))
    }
  if (together.length > 0) asked.push(tx.enqueue(carryMessages, { messages: together }))
  await Promise.all(asked)
}

// Nothing goes without a recorded decision, and what does not go has one too (BEX-7). The record holds facts, not the message's words.
function keepAll(
  tx: Tx,
  now: Date,
  fresh: readonly Checked[],
): { ids: (string | undefined)[]; kept: Promise<unknown> } {
  const list = fresh.map(
    ({ person, found: { decision } }) => decision && { ...decision, id: newId(), actor: actorFor(person) },
  )
  return {
    ids: list.map((one) => one?.id),
    kept: keepDecisionTexts(
      tx,
      now,
      list.filter((one) => one !== undefined),
    ),
  }
}

export async function keep(ctx: Context, { disclosure, decision }: Seen): Promise<string | undefined> {
  const facts = withoutWords({ disclosure })
  if (facts === undefined || decision === undefined) return undefined
  return (await keepDecisions(ctx.tx, ctx.now, [{ actor: ctx.actor, disclosure: facts, decision }]))[0]
}
