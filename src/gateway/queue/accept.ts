import { actorFor, type Person } from '../../people/index.ts'
import { actIn, type Context, type House, newId, randomReference, sha256Hex } from '../../platform/index.ts'
import { keepDecision } from '../../protocols/index.ts'
import { readMessage } from '../reading/index.ts'
import { examine, firstReason } from './examine.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { tellOf } from './jobs/tell.ts'
import { withoutWords } from './kept-disclosure.ts'
import { handedInBefore, insertMessage, insertRecipients } from './store.ts'
import type { RecipientState } from './types.ts'

export interface HandedIn {
  readonly person: Person
  /** MAIL FROM, which is the person's own address. */
  readonly sender: string
  /** RCPT TO. */
  readonly recipients: readonly string[]
  readonly raw: Buffer
  /** What signed in: a mail program, or an agency's own mail server. */
  readonly by: 'user' | 'relay'
}

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

/**
 * Reads, checks, and puts down what becomes of a message, all in one transaction with its audit entry. When it returns, the message is
 * on disk, and so is what was decided; when it throws, nothing is. Bytes that were handed in before are not taken a second time.
 */
export async function accept(house: House, handed: HandedIn): Promise<Accepted> {
  const recipients = [...new Map(handed.recipients.map((one) => [one.toLowerCase(), one])).values()]
  const reading = readMessage(handed.raw)
  const sender = actorFor(handed.person)
  return actIn(house, { actor: sender, act: 'gateway.received' }, async (ctx) => {
    const digest = digestOf(handed, recipients)
    const before = await handedInBefore(ctx.tx, digest, ctx.now)
    if (before !== undefined) {
      ctx.about(before.id, { again: true })
      return { kind: 'again', id: before.id, reference: before.reference, sentence: 'This message was taken before.' }
    }
    const { answer, options, going, seen } = await examine(
      ctx,
      { person: handed.person, sender: handed.sender, recipients, reading },
      { facts: {} },
    )
    const id = newId()
    const reference = randomReference()
    const { action } = answer
    const decision = await keep(ctx, seen)
    ctx.about(id, { action, recipients: recipients.length, by: handed.by })
    await insertMessage(ctx, {
      id,
      reference,
      sender,
      address: handed.sender,
      digest,
      action,
      state: action === 'reject' ? 'refused' : action === 'hold' ? 'held' : 'going',
      rules: [...new Set(answer.findings.filter((one) => one.weight !== 'note').map((one) => one.rule))],
      raw: action === 'reject' ? undefined : handed.raw,
      seen,
      protocol: options.protocol.id,
      decision,
    })
    if (action === 'reject') return { kind: 'rejected', id, reference, ...firstReason(answer) }
    const state: RecipientState = action === 'hold' ? 'held' : 'waiting'
    const list = going.map(({ because, ...one }) => ({ ...one, state, detail: because }))
    await insertRecipients(ctx.tx, id, list, ctx.now)
    if (action === 'hold') await tellOf(ctx, id, 'held')
    else await ctx.tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` })
    return { kind: action === 'hold' ? 'held' : 'going', id, reference, sentence: answer.sentence }
  })
}

/** Nothing goes without a recorded decision, and what does not go has one too (BEX-7). The record holds facts, not the message's words. */
export async function keep(
  ctx: Context,
  { disclosure, decision }: Parameters<typeof withoutWords>[0],
): Promise<string | undefined> {
  if (disclosure === undefined || decision === undefined) return undefined
  return keepDecision(ctx.tx, ctx.now, ctx.actor, withoutWords({ disclosure })!, decision)
}

const digestOf = ({ sender, raw }: HandedIn, recipients: readonly string[]): string =>
  sha256Hex(
    `${sender}\n${recipients
      .map((one) => one.toLowerCase())
      .sort()
      .join('\n')}\n${sha256Hex(raw)}`,
  )
