import { actorFor } from '../../people/index.ts'
import { type Actor, type Context, type House, newId, randomReference, system, type Tx } from '../../platform/index.ts'
import { keepDecisions } from '../../protocols/index.ts'
import type { HandedIn } from './accept.ts'
import { carrierOf, roomOf } from './carrier.ts'
import { type Examined, firstReason } from './examine.ts'
import { carryMessages } from './jobs/carry.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { tellOf } from './jobs/tell.ts'
import { withoutWords } from './kept-disclosure.ts'
import { prepared } from './prepared.ts'
import { type Carrying, handedInBefore, insertMessages, insertRecipients } from './store.ts'
import { forEach, Together } from './together.ts'
import type { RecipientState } from './types.ts'

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
  readonly found: Examined
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
      if (one.found.answer.action !== 'reject') before.set(one.digest, { id: one.id, reference: one.reference })
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
        fresh.map(({ person, sender, raw, found: { answer, seen }, ...one }, at) => ({
          id: one.id,
          at: one.at,
          reference: one.reference,
          sender: actorFor(person),
          address: sender,
          digest: one.digest,
          action: answer.action,
          state: answer.action === 'reject' ? 'refused' : answer.action === 'hold' ? 'held' : 'going',
          rules: rulesOf(answer),
          raw: answer.action === 'reject' ? undefined : raw,
          seen,
          protocol: person.protocol,
          decision: decisions.ids[at],
        })),
      ),
      insertRecipients(
        tx,
        fresh.flatMap(({ id, found: { answer, going } }) => {
          const state: RecipientState = answer.action === 'hold' ? 'held' : inHand.has(id) ? 'sending' : 'waiting'
          if (answer.action === 'reject') return []
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
              : { action: one.found.answer.action, recipients: one.found.seen.envelope.length, by: one.by },
        })),
      ),
    ])
    return answers
  }
  return house.database.transaction(system, work, { pipelined: true })
}

const rulesOf = ({ findings }: Examined['answer']): string[] => [
  ...new Set(findings.filter((finding) => finding.weight !== 'note').map(({ rule }) => rule)),
]

/** What goes by mail alone, and as it was checked. */
const carriedAtOnce = ({ found: { answer, going } }: Checked): boolean =>
  answer.action === 'deliver' && going.length > 0 && going.every((one) => one.way === 'mail')

const inHandOf = (one: Checked, decision: string | undefined): Carrying => ({
  row: {
    id: one.id,
    reference: one.reference,
    at: one.at,
    agency: one.person.agency,
    senderUser: one.person.id,
    senderName: one.person.name,
    senderAddress: one.sender,
    action: one.found.answer.action,
    state: 'going',
    rules: rulesOf(one.found.answer),
    protocol: one.person.protocol,
    decision: decision ?? null,
    version: 1,
    settledAt: null,
    settledName: null,
    settledWhy: null,
  },
  seen: one.found.seen,
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

function answerTo({ id, reference, found: { answer } }: Checked): Accepted {
  if (answer.action === 'reject') return { kind: 'rejected', id, reference, ...firstReason(answer) }
  return { kind: answer.action === 'hold' ? 'held' : 'going', id, reference, sentence: answer.sentence }
}

/** What the worker carries on: what goes by mail alone together, what goes another way too by itself. */
async function setGoing(tx: Tx, fresh: readonly Checked[]): Promise<void> {
  const together: string[] = []
  const asked: Promise<void>[] = []
  for (const { id, found } of fresh)
    if (found.answer.action === 'hold') asked.push(tellOf({ tx }, id, 'held'))
    else if (found.answer.action !== 'reject') {
      if (found.going.every((one) => one.way === 'mail')) together.push(id)
      else asked.push(tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` }))
    }
  if (together.length > 0) asked.push(tx.enqueue(carryMessages, { messages: together }))
  await Promise.all(asked)
}

type Kept = Parameters<typeof withoutWords>[0]

// Nothing goes without a recorded decision, and what does not go has one too (BEX-7). The record holds facts, not the message's words.
function keepAll(
  tx: Tx,
  now: Date,
  fresh: readonly Checked[],
): { ids: (string | undefined)[]; kept: Promise<unknown> } {
  const wanted = fresh.map((one) => toKeep(actorFor(one.person), one.found.seen))
  const list = wanted.filter((one) => one !== undefined).map((one) => ({ ...one, id: newId() }))
  const ids = list.map((one) => one.id)
  return {
    ids: wanted.map((one) => (one === undefined ? undefined : ids.shift())),
    kept: keepDecisions(tx, now, list),
  }
}

const toKeep = (actor: Actor, seen: Kept) => {
  const disclosure = withoutWords(seen)
  return disclosure === undefined || seen.decision === undefined
    ? undefined
    : { actor, disclosure, decision: seen.decision }
}

export async function keep(ctx: Context, seen: Kept): Promise<string | undefined> {
  const one = toKeep(ctx.actor, seen)
  return one === undefined ? undefined : (await keepDecisions(ctx.tx, ctx.now, [one]))[0]
}
