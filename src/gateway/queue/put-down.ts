import { actorFor } from '../../people/index.ts'
import { type Actor, type Context, type House, randomReference, system, type Tx } from '../../platform/index.ts'
import { keepDecisions } from '../../protocols/index.ts'
import type { HandedIn } from './accept.ts'
import { type Examined, firstReason } from './examine.ts'
import { carryMessages } from './jobs/carry.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { tellOf } from './jobs/tell.ts'
import { withoutWords } from './kept-disclosure.ts'
import { handedInBefore, insertMessages, insertRecipients } from './store.ts'
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
  readonly digest: string
  readonly found: Examined
}

/** Puts down several messages in one transaction: each with its decision, its recipients, its audit entry and the job that carries it on. */
export const puttingDown = forEach((house: House) => new Together<Checked, Accepted>((list) => putDown(house, list)))

function putDown(house: House, list: readonly Checked[]): Promise<Accepted[]> {
  const now = house.clock.now()
  return house.database.transaction(system, async (tx) => {
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
    const decisions = await keepAll(tx, now, fresh)
    await insertMessages(
      { tx, secrets: house.secrets, now },
      fresh.map(({ person, sender, raw, found: { answer, seen }, ...one }, at) => ({
        id: one.id,
        reference: one.reference,
        sender: actorFor(person),
        address: sender,
        digest: one.digest,
        action: answer.action,
        state: answer.action === 'reject' ? 'refused' : answer.action === 'hold' ? 'held' : 'going',
        rules: [...new Set(answer.findings.filter((finding) => finding.weight !== 'note').map(({ rule }) => rule))],
        raw: answer.action === 'reject' ? undefined : raw,
        seen,
        protocol: person.protocol,
        decision: decisions[at],
      })),
    )
    await insertRecipients(
      tx,
      fresh.flatMap(({ id, found: { answer, going } }) => {
        const state: RecipientState = answer.action === 'hold' ? 'held' : 'waiting'
        if (answer.action === 'reject') return []
        return going.map(({ because, ...one }) => ({ ...one, message: id, state, detail: because }))
      }),
      now,
    )
    await setGoing(tx, fresh)
    await house.record(
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
    )
    return answers
  })
}

function answerTo({ id, reference, found: { answer } }: Checked): Accepted {
  if (answer.action === 'reject') return { kind: 'rejected', id, reference, ...firstReason(answer) }
  return { kind: answer.action === 'hold' ? 'held' : 'going', id, reference, sentence: answer.sentence }
}

/** What goes by mail alone is carried on together; what goes another way too, by itself. */
async function setGoing(tx: Tx, fresh: readonly Checked[]): Promise<void> {
  const together: string[] = []
  for (const { id, found } of fresh)
    if (found.answer.action === 'hold') await tellOf({ tx }, id, 'held')
    else if (found.answer.action !== 'reject') {
      if (found.going.every((one) => one.way === 'mail')) together.push(id)
      else await tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` })
    }
  if (together.length > 0) await tx.enqueue(carryMessages, { messages: together })
}

type Kept = Parameters<typeof withoutWords>[0]

// Nothing goes without a recorded decision, and what does not go has one too (BEX-7). The record holds facts, not the message's words.
async function keepAll(tx: Tx, now: Date, fresh: readonly Checked[]): Promise<(string | undefined)[]> {
  const wanted = fresh.map((one) => toKeep(actorFor(one.person), one.found.seen))
  const ids = await keepDecisions(
    tx,
    now,
    wanted.filter((one) => one !== undefined),
  )
  return wanted.map((one) => (one === undefined ? undefined : ids.shift()))
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
