// The pool as the job queue has it. An outage of the database ends the queue's workers for good, or the whole program when it falls on a
// full minute; here it is waited for.
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { isAway } from './reconnect.ts'

// "The database system is starting up": what the queue asks again about, for half an hour.
const ASKED_AGAIN = '57P03'

/** What the queue asks through a connection fails so that it asks again; what it asks of the pool itself waits until the server is back, or `stopped`. */
export function patientPool(pool: Pool, stopped: () => boolean): Pool {
  const query = async (...asked: unknown[]): Promise<unknown> => {
    for (;;)
      try {
        return await (pool.query as (...args: unknown[]) => unknown).apply(pool, asked)
      } catch (error) {
        if (!isAway(error)) throw error
        if (stopped()) return { rows: [], rowCount: 0 }
        await pause(500)
      }
  }
  const connect = (done?: unknown): unknown =>
    typeof done === 'function' ? pool.connect(done as never) : pool.connect().then(patientClient, askAgain)
  return standIn(pool, { query, connect })
}

const patientClient = (client: PoolClient): PoolClient =>
  standIn(client, {
    query: (...asked: unknown[]) => {
      const answer = (client.query as (...args: unknown[]) => unknown).apply(client, asked)
      return answer instanceof Promise ? answer.catch(askAgain) : answer
    },
  })

function askAgain(cause: unknown): never {
  throw isAway(cause) ? Object.assign(new Error('the database is away', { cause }), { code: ASKED_AGAIN }) : cause
}

const standIn = <T extends object>(real: T, instead: Record<string, unknown>): T =>
  new Proxy(real, {
    get(target, key) {
      if (typeof key === 'string' && key in instead) return instead[key]
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
