import { Readable } from 'node:stream'
import { Fault, type Handover, type House, type ManualWork, system, type Tx } from '../../platform/index.ts'
import { backFor, handedTogether } from '../returns/back-for.ts'
import { alone } from './alone.ts'
import { convertFor } from './convert.ts'
import { tellOf } from './jobs/tell.ts'
import { outgoing, traced } from './outgoing.ts'
import { prepared } from './prepared.ts'
import {
  type Carrying,
  changeRecipient,
  findMessage,
  markHanded,
  readRaw,
  readSeen,
  recipientsOf,
  restate,
} from './store.ts'
import { forEach, Together } from './together.ts'
import type { MessageRow, RecipientRow, Seen } from './types.ts'

/** Tries at a mail server that puts us off, before it goes another way: some twenty seconds. */
const mostTries = 4

/**
 * Carries one message on until each of its recipients stands in a final state or waits for a person. Safe to be asked twice and to be
 * killed at any moment: one process at a time holds a message, and what is written just before the bytes leave tells afterwards whether
 * they can have left.
 */
export async function deliver(work: ManualWork, id: string): Promise<void> {
  let again = false
  await alone(work.house, [id], async () => {
    const taken = await work.transaction((ctx) => takeUp(ctx, id), { act: 'gateway.delivering', subject: id })
    again = taken === undefined ? false : await sendOn(work, taken)
  })
  if (again) throw new Fault('gateway.put-off', 'The mail server put this message off; it is tried again.')
}

type Ctx = Parameters<Parameters<ManualWork['transaction']>[0]>[0]

/** Converts what is to be converted, and takes what goes by mail into hand. */
async function takeUp(ctx: Ctx, id: string): Promise<Carrying | undefined> {
  const row = await findMessage(ctx.tx, id, true)
  if (row === undefined) return undefined
  const seen = await readSeen(ctx, id)
  for (const one of await recipientsOf(ctx.tx, id)) {
    if (one.state === 'sending' && one.handedAt !== null) {
      const detail =
        'Safehaven was stopped after the message had begun to leave. It may have arrived: ask the recipient.'
      await changeRecipient(ctx.tx, one, { state: 'uncertain', detail }, ctx.now)
      await tellOf(ctx, id, 'uncertain')
    } else if (one.state === 'waiting' && one.way === 'transfer') {
      if (await convertFor(ctx, row, seen, one, one.detail)) await tellOf(ctx, id, 'converted')
      else await ask(ctx, one, 'No other way is open for this recipient.')
    } else if (one.state === 'waiting') {
      await changeRecipient(ctx.tx, one, { state: 'sending', handedAt: null }, ctx.now)
    }
  }
  await restate(ctx.tx, [id])
  const mail = (await recipientsOf(ctx.tx, id)).filter((one) => one.state === 'sending')
  if (mail.length === 0) return undefined
  const raw = await readRaw(ctx, id)
  return raw && { row, seen: () => seen, add: seen.add, raw, mail }
}

/** True: it is to be tried again. */
async function sendOn(work: ManualWork, taken: Carrying): Promise<boolean> {
  const { row } = taken
  let again = false
  await eachHandingOver(work.house, taken, async (mail, handover) => {
    const enough = work.attempt >= mostTries || work.last
    const left = await work.transaction((ctx) => conclude(ctx, row, taken.seen(), mail, handover, enough), {
      act: 'gateway.delivered',
      subject: row.id,
      detail: { outcome: handover.outcome, recipients: mail.length },
    })
    again ||= left
  })
  return again
}

/**
 * Hands the message over as often as its return addresses ask for, one after another; what came of each is written down before the next begins.
 * What the hop would say to everybody is not asked again for each.
 */
export async function eachHandingOver(
  house: House,
  taken: Carrying,
  conclude: (mail: readonly RecipientRow[], handover: Handover) => Promise<void>,
): Promise<void> {
  let same: Handover | undefined
  for (const mail of handedTogether(house.config, taken.mail)) {
    const places = mail.map((one) => one.place)
    const leaving = () => leavingTogether(house).ask({ message: taken.row.id, places })
    const handover = same ?? (await handOver(house, { ...taken, mail }, leaving))
    if (concernsAll(handover)) same = handover
    // Of a hop that stops answering nobody waits in vain once for each recipient: the others are put off.
    else if (handover.outcome === 'uncertain') same = { outcome: 'temporary', reply: handover.reply }
    await conclude(mail, handover)
  }
}

/** No connection, no encryption, no hop, or one that closes (421): nothing of the message has left, and nothing of it would for the others. */
const concernsAll = ({ outcome, reply }: Handover): boolean =>
  outcome === 'tls-failed' || outcome === 'no-relay' || (outcome === 'temporary' && !/^4(?!21)\d\d/.test(reply))

/** Gives the message to the next hop. `leaving` is awaited when the hop has said that it takes the content, before the first byte of it. */
async function handOver(
  house: House,
  { row, add, raw, written, mail }: Carrying,
  leaving: () => Promise<void>,
): Promise<Handover> {
  const back = backFor(house.config, house.secrets, {
    ...row,
    addresses: mail.map((one) => one.address),
    inside: mail.every((one) => one.route === 'internal-email'),
    raw,
  })
  const asWritten = written !== undefined && Object.keys(back.set).length === 0
  const bytes = asWritten
    ? traced(written, row, house)
    : await outgoing(raw, row, { ...add, set: { ...back.set, ...add.set } }, house)
  return house.mail.send({
    from: back.from,
    to: mail.map((one) => one.address),
    raw: () => Readable.from(afterNote(leaving, bytes), { objectMode: false }),
    tls: 'required',
    ...(back.report === undefined ? {} : { report: back.report }),
  })
}

/** Notes that messages are about to leave; several in one transaction. */
export const leavingTogether = forEach(
  (house: House) =>
    new Together<{ message: string; places: readonly number[] }, void>((list) => {
      const mark = async (tx: Tx) => {
        const marked = await markHanded(prepared(tx), list, house.clock.now())
        if (list.some(({ message, places }) => marked.get(message) !== places.length))
          throw new Fault('gateway.moved-on', 'Somebody else has taken this message on meanwhile.')
        return list.map(() => undefined)
      }
      return house.database.transaction(system, mark, { pipelined: true, plannedOnce: true })
    }),
)

async function* afterNote(leaving: () => Promise<void>, bytes: Buffer): AsyncGenerator<Buffer> {
  await leaving()
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

export async function conclude(
  ctx: Ctx,
  row: MessageRow,
  seen: Seen,
  mail: readonly RecipientRow[],
  handover: Handover,
  enough: boolean,
): Promise<boolean> {
  let again = false
  const places = new Set(mail.map(({ place }) => place))
  for (const one of await recipientsOf(ctx.tx, row.id)) {
    if (one.state !== 'sending' || !places.has(one.place)) continue
    const verdict = verdictOn(one, handover)
    switch (verdict.kind) {
      case 'sent':
        await changeRecipient(ctx.tx, one, { state: 'sent', detail: verdict.detail }, ctx.now)
        break
      case 'refused':
        await changeRecipient(ctx.tx, one, { state: 'refused', detail: verdict.detail }, ctx.now)
        await tellOf(ctx, row.id, 'refused')
        break
      case 'uncertain':
        await changeRecipient(ctx.tx, one, { state: 'uncertain', detail: verdict.detail }, ctx.now)
        await tellOf(ctx, row.id, 'uncertain')
        break
      case 'put-off':
        if (!enough) {
          await changeRecipient(ctx.tx, one, { state: 'waiting', handedAt: null, detail: verdict.detail }, ctx.now)
          again = true
        } else await otherwise(ctx, row, seen, one, verdict.detail)
        break
      case 'not-secure':
        await otherwise(ctx, row, seen, one, verdict.detail)
        break
    }
  }
  await restate(ctx.tx, [row.id])
  return again
}

/** At once by the next way that the protocol holds open, and the sender is told; or the sender is asked. Never a silent queue. */
async function otherwise(ctx: Ctx, row: MessageRow, seen: Seen, one: RecipientRow, why: string): Promise<void> {
  if (await convertFor(ctx, row, seen, one, why)) await tellOf(ctx, row.id, 'rerouted')
  else await ask(ctx, one, why)
}

async function ask(ctx: Ctx, one: RecipientRow, why: string): Promise<void> {
  const detail = `${why} Nothing was sent. Try again, choose another recipient, or withdraw the message.`
  await changeRecipient(ctx.tx, one, { state: 'held', handedAt: null, detail }, ctx.now)
  await tellOf(ctx, one.message, 'stuck')
}

type Verdict = { readonly kind: 'sent' | 'refused' | 'uncertain' | 'put-off' | 'not-secure'; readonly detail: string }

export function verdictOn({ address }: RecipientRow, handover: Handover): Verdict {
  const { outcome, reply } = handover
  const refusals = outcome === 'accepted' || outcome === 'refused' ? handover.refused : []
  const refusal = refusals.find((one) => one.address.toLowerCase() === address.toLowerCase())
  if (refusal !== undefined)
    return /^4/.test(refusal.reply)
      ? { kind: 'put-off', detail: `The mail server put it off: ${refusal.reply}` }
      : { kind: 'refused', detail: `The mail server refused the address: ${refusal.reply}` }
  switch (outcome) {
    case 'accepted':
      return { kind: 'sent', detail: `Taken over by the mail server (${handover.tls ?? 'encrypted'}): ${reply}` }
    case 'refused':
      return { kind: 'refused', detail: `The mail server refused it: ${reply}` }
    case 'uncertain':
      return {
        kind: 'uncertain',
        detail: `The connection was lost after the message had gone (${reply}). It may have arrived: ask the recipient.`,
      }
    case 'tls-failed':
      return { kind: 'not-secure', detail: `No encrypted connection could be made: ${reply}` }
    case 'temporary':
      return { kind: 'put-off', detail: `The mail server could not be reached or did not take it: ${reply}` }
    case 'no-relay':
      return { kind: 'not-secure', detail: reply }
  }
}
