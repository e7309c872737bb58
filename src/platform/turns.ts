import type { PoolClient } from 'pg'
import { Fault } from './problems.ts'

/** One statement after another on one connection, however many are asked for at one time: pg 9 will not queue them any more. */
export interface Turns {
  /** What waits behind a statement that fails, fails with it, as in a transaction that PostgreSQL has given up; unless `always`. */
  take<T>(ask: () => Promise<T>, always?: boolean): Promise<T>
  /** After this nothing is asked any more: who asks late would ask in somebody else's transaction. */
  end(statement: 'commit' | 'rollback'): Promise<unknown>
}

export function turnsOn(client: Pick<PoolClient, 'query'>): Turns {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let over = false
  const inTurn = <T>(ask: () => Promise<T>, always: boolean): Promise<T> => {
    waiting += 1
    const next = waiting === 1 ? ask() : always ? last.then(ask, ask) : last.then(ask)
    last = next
    const done = (): void => {
      waiting -= 1
    }
    next.then(done, done)
    return next
  }
  return {
    take: (ask, always = false) =>
      over
        ? Promise.reject(new Fault('platform.too-late', 'The transaction is over; nothing more is done within it.'))
        : inTurn(ask, always),
    end(statement) {
      over = true
      return inTurn(() => client.query(statement), statement === 'rollback')
    },
  }
}

/** A pipeline sends them at one time on purpose. */
export const allAtOnce: Pick<Turns, 'take'> = { take: (ask) => ask() }
