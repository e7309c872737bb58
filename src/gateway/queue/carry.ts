import {
  type Handover,
  type House,
  type ManualWork,
  type Recorded,
  randomReference,
  system,
  type Tx,
} from '../../platform/index.ts'
import { alone } from './alone.ts'
import { conclude, eachHandingOver, verdictOn } from './deliver.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { rememberSent } from './memory.ts'
import { prepared } from './prepared.ts'
import { type Carrying, concludeSent, takeUpMany } from './store.ts'
import { forEach, Together } from './together.ts'
import type { MessageRow, RecipientRow } from './types.ts'

/**
 * A message taken into hand is taken up again after a crash of the machine, and one that was sent is said to be uncertain, because the note that
 * it was about to leave is always waited for.
 */
const unwaited = { withoutWaiting: true } as const

/**
 * Carries several messages on at once, each as `deliver` does one: what is usual in few transactions, and what is not by itself. Safe to be asked
 * twice and to be killed at any moment.
 */
export async function carry(work: ManualWork, ids: readonly string[]): Promise<void> {
  const { house } = work
  await alone(house, ids, async (own) => {
    const carryUp = async (tx: Tx) => {
      const now = house.clock.now()
      const found = await takeUpMany({ tx, secrets: house.secrets, now }, own)
      for (const id of found.left) await byItself(tx, id)
      await house.record(
        tx,
        found.taken.map(({ row }) => entry(now, row.id, 'gateway.delivering')),
      )
      return found.taken
    }
    const taken = await house.database.transaction(system, carryUp, unwaited)
    await Promise.all(taken.map((one) => carryOne(work, one)))
  })
}

/** Carries one message on that is in hand: `sending`, locked by this process, and not yet noted as leaving. Never throws. */
export async function carryOne(work: ManualWork, one: Carrying): Promise<void> {
  const { house } = work
  const { row } = one
  try {
    let again = false
    await eachHandingOver(house, one, async (mail, handover) => {
      const whole = handover.outcome === 'accepted' && handover.refused.length === 0
      if (whole) return await concluding(house).ask({ row, mail, handover })
      const left = await work.transaction((ctx) => conclude(ctx, row, one.seen(), mail, handover, false), {
        act: 'gateway.delivered',
        subject: row.id,
        detail: { outcome: handover.outcome, recipients: mail.length },
      })
      again ||= left
    })
    if (again) await house.database.transaction(system, (tx) => byItself(tx, row.id))
  } catch (error) {
    // It keeps its place, and is looked at by itself: what has begun to leave is then said to be uncertain.
    house.log.fault('a message could not be carried on with others', error, { message: row.id })
    await house.database
      .transaction(system, (tx) => byItself(tx, row.id))
      .catch((failure) => house.log.fault('a message waits to be taken up again', failure, { message: row.id }))
  }
}

const concluding = forEach(
  (house: House) =>
    new Together<{ row: MessageRow; mail: readonly RecipientRow[]; handover: Handover }, void>(async (list) => {
      const now = house.clock.now()
      const sent = list.map(({ row, mail, handover }) => ({
        message: row.id,
        places: mail.map(({ place }) => place),
        detail: verdictOn(mail[0]!, handover).detail,
      }))
      const entries = list.map(({ row, mail }) =>
        entry(now, row.id, 'gateway.delivered', { outcome: 'accepted', recipients: mail.length }),
      )
      await house.database.transaction(
        system,
        (tx) => Promise.all([concludeSent(prepared(tx), sent, now), house.record(prepared(tx), entries)]),
        { ...unwaited, pipelined: true, plannedOnce: true },
      )
      for (const { row, mail } of list)
        rememberSent(
          house,
          row.senderUser,
          mail.map(({ address }) => address),
        )
      return list.map(() => undefined)
    }),
)

const entry = (at: Date, subject: string, act: string, detail?: object): Recorded => ({
  at,
  actor: system,
  act,
  subject,
  outcome: 'done',
  reference: randomReference(),
  ...(detail === undefined ? {} : { detail }),
})

const byItself = (tx: Tx, message: string): Promise<void> =>
  tx.enqueue(deliverMessage, { message }, { key: `gateway.deliver:${message}` })
