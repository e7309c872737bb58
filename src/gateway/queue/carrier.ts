import { actIn, type House, type ManualWork, system } from '../../platform/index.ts'
import { carryOne } from './carry.ts'
import { deliverMessage } from './jobs/deliver.ts'
import { unfinished } from './lists.ts'
import { Locks } from './locks.ts'
import type { Carrying } from './store.ts'

/** Bytes of messages that are carried from memory; what comes beyond them is carried from the database, by the worker. */
const mostBytes = 64 * 1024 * 1024
/** Milliseconds that those under way have to come to their end when Safehaven is stopped. */
const lastWait = 5_000

/**
 * Carries on what this process itself has put down and checked, from memory and at once. The database holds all of it, so that nothing is lost
 * with the memory: what a process had in hand when it ended is taken up at the next start, and by the worker in any case.
 */
export class Carrier {
  private readonly house: House
  private readonly locks: Locks
  private readonly under = new Set<Promise<void>>()
  private bytes = 0

  constructor(house: House) {
    this.house = house
    this.locks = new Locks(house)
  }

  /** Whether there is room for a message of so many bytes; it is then kept for it. */
  hasRoom(bytes: number): boolean {
    if (this.bytes + bytes > mostBytes) return false
    this.bytes += bytes
    return true
  }

  freeRoom(bytes: number): void {
    this.bytes -= bytes
  }

  /** After the transaction that put them down `sending` is committed. */
  carry(list: readonly Carrying[]): void {
    for (const one of list) {
      const carried = this.one(one).finally(() => {
        this.freeRoom(roomOf(one))
        this.under.delete(carried)
      })
      this.under.add(carried)
    }
  }

  /** Hands the worker what a process that is no more had in hand. */
  async takeUpAgain(): Promise<void> {
    await actIn(this.house, { actor: system, act: 'gateway.resumed' }, async (ctx) => {
      const found = await unfinished(ctx.tx, new Date(ctx.now.getTime() + 1), 10_000)
      for (const { id } of found)
        await ctx.tx.enqueue(deliverMessage, { message: id }, { key: `gateway.deliver:${id}` })
      ctx.about('gateway', { resumed: found.length })
    })
  }

  async stop(): Promise<void> {
    if (carriers.get(this.house) === this) carriers.delete(this.house)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, lastWait)
    })
    await Promise.race([Promise.all(this.under), late])
    clearTimeout(timer)
    this.locks.close()
  }

  private async one(one: Carrying): Promise<void> {
    const { id } = one.row
    try {
      if (!(await this.locks.take(id))) return
    } catch (error) {
      this.house.log.fault('a message waits to be taken up again', error, { message: id })
      return
    }
    await carryOne(workOf(this.house), one)
    this.locks.giveBack(id)
  }
}

const workOf = (house: House): ManualWork => ({
  house,
  actor: system,
  now: house.clock.now(),
  attempt: 1,
  last: false,
  transaction: (run, act = {}) => actIn(house, { actor: system, ...act, act: act.act ?? 'gateway.delivered' }, run),
})

const carriers = new WeakMap<House, Carrier>()

/** Memory that a message in hand takes. */
export const roomOf = ({ raw, written }: Pick<Carrying, 'raw' | 'written'>): number =>
  raw.length + (written?.length ?? 0)

/** The one that carries for this process, where it has one. */
export const carrierOf = (house: House): Carrier | undefined => carriers.get(house)

/** From now on what is put down here is carried on by this process itself. What an earlier one left is taken up first. */
export async function openCarrier(house: House): Promise<Carrier> {
  const carrier = new Carrier(house)
  await carrier.takeUpAgain()
  carriers.set(house, carrier)
  return carrier
}
