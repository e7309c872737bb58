import type { Pool, PoolClient } from 'pg'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import { openPool, type Tx } from './database.ts'
import type { Log } from './log.ts'
import { errorCode } from './problems.ts'
import { describe, refusal, unfit } from './replica-fit.ts'
import { beginAs, openTx } from './transaction.ts'

/** Servers that follow the primary and are asked in its stead where that is safe. */
export interface Replicas {
  /**
   * Runs `work` as `actor` in a read-only transaction on one of them, each in its turn. Undefined, within half a second, where none can answer, or
   * where `work` finds that it has not replayed enough and says so by `undefined`: then the primary is asked.
   */
  read<T extends object>(actor: Actor, work: (tx: Tx) => Promise<T | undefined>): Promise<T | undefined>
  /** How each stands, in the order of the setting. */
  standing(): readonly ReplicaStanding[]
  close(): Promise<void>
}

export interface ReplicaStanding {
  /** `behind`: it follows, but what was asked of it lately it had not replayed yet. */
  readonly state: 'ready' | 'behind' | 'away' | 'refused'
  /** Why it is not asked, and what to do. */
  readonly because?: string
  /** What it had not replayed when it was last looked at. */
  readonly bytesBehind?: number
}

export interface ReplicaTimes {
  /** Milliseconds in which one must have answered whole. */
  readonly answerWithin?: number
  /** Milliseconds after which each is looked at again. */
  readonly lookEvery?: number
}

const ANSWER_WITHIN = 500
const LOOK_EVERY = 2_000
/** Milliseconds that one may lag before it is said in the log: replaying takes a moment after every feed. */
const WORTH_SAYING = 10_000
/** Milliseconds that one whose searches fail, though it says that it is well, is left alone at most. */
const LONGEST_REST = 60_000
/** What a replica gives up because replaying needed the rows: the next search may fare better. */
const PASSING = new Set(['40001', '40P01'])

interface Replica {
  readonly name: string
  readonly pool: Pool
  standing: ReplicaStanding
  behindSince: number | undefined
  /** Searches that failed one after another, and until when it is left alone for that. */
  failures: number
  restUntil: number
  said: ReplicaStanding['state'] | undefined
}

/** Opens pools to the replicas at these addresses and looks at each in the background, at once and then every other second, as long as they are open. */
export async function openReplicas(
  urls: readonly string[],
  primary: Pool,
  clock: Clock,
  log: Log,
  { answerWithin = ANSWER_WITHIN, lookEvery = LOOK_EVERY }: ReplicaTimes = {},
): Promise<Replicas> {
  const replicas: Replica[] = []
  for (const url of urls) {
    const where = { connectionString: url, connectionTimeoutMillis: answerWithin, application_name: 'safehaven search' }
    replicas.push({
      name: nameOf(url),
      pool: await openPool(where),
      standing: { state: 'away', because: 'It has not been looked at yet.' },
      behindSince: undefined,
      failures: 0,
      restUntil: 0,
      said: undefined,
    })
  }
  let turn = 0
  let closed = false

  function stand(one: Replica, standing: ReplicaStanding): void {
    one.standing = standing
    const { state, because } = standing
    if (closed || state === one.said || (state === 'ready' && one.said === undefined)) return
    if (state === 'behind' && performance.now() - one.behindSince! < WORTH_SAYING) return
    one.said = state
    if (state === 'ready') log.info('searches go to this read replica again', { replica: one.name })
    else log.warn('searches go to the primary instead of this read replica', { replica: one.name, state, because })
  }

  async function look(one: Replica): Promise<void> {
    try {
      const [here, there] = await Promise.all([describe(primary), within(one, (client) => describe(client))])
      const because = unfit(there, here)
      const bytesBehind = Math.max(0, Number(BigInt(here.at) - BigInt(there.at)))
      if (because !== undefined) return stand(one, { state: 'refused', because })
      if (performance.now() < one.restUntil) return
      // Whether it has replayed enough is found by the searches; between two of them nothing waits for it.
      if (bytesBehind === 0) one.behindSince = undefined
      stand(one, one.behindSince === undefined ? { state: 'ready', bytesBehind } : { ...BEHIND, bytesBehind })
    } catch (error) {
      const because = refusal(error)
      stand(one, because === undefined ? AWAY : { state: 'refused', because })
    }
  }

  /** What this one answers in time; its connection is cut where it does not. */
  async function within<T>(one: Replica, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const began = performance.now()
    const client = await one.pool.connect()
    let cut: Error | undefined
    const onError = (error: Error): void => {
      cut = error
    }
    client.on('error', onError)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error('The replica does not answer in time.')),
        Math.max(0, answerWithin - (performance.now() - began)),
      )
    })
    const running = work(client)
    running.catch(() => {})
    try {
      return await Promise.race([running, late])
    } catch (error) {
      cut ??= error as Error
      throw error
    } finally {
      clearTimeout(timer)
      // One that is cut may still say that it broke.
      if (cut === undefined) client.off('error', onError)
      client.release(cut)
    }
  }

  const looking = new Map<Replica, Promise<void>>()
  const lookAll = (): void => {
    for (const one of replicas)
      if (!looking.has(one))
        looking.set(
          one,
          look(one).finally(() => looking.delete(one)),
        )
  }
  lookAll()
  const timer = setInterval(lookAll, lookEvery).unref()

  return {
    standing: () => replicas.map((one) => one.standing),
    async read(actor, work) {
      const able = replicas.filter(({ standing: { state } }) => state === 'ready' || state === 'behind')
      const one = able[turn++ % Math.max(able.length, 1)]
      if (one === undefined) return undefined
      try {
        const begin = beginAs(actor, { readOnly: true, statementTimeout: answerWithin })
        const found = await within(one, async (client) => {
          await client.query(begin)
          const answer = await work(openTx(client, clock))
          await client.query('commit')
          return answer
        })
        one.failures = 0
        if (found === undefined) {
          one.behindSince ??= performance.now()
          stand(one, { ...one.standing, ...BEHIND })
        } else if (one.behindSince !== undefined) {
          one.behindSince = undefined
          stand(one, { state: 'ready' })
        }
        return found
      } catch (error) {
        if (PASSING.has(errorCode(error) ?? '')) return undefined
        one.restUntil = performance.now() + Math.min(LONGEST_REST, lookEvery * 2 ** one.failures++)
        stand(one, AWAY)
        return undefined
      }
    },
    async close() {
      closed = true
      clearInterval(timer)
      await Promise.all(looking.values())
      await Promise.all(replicas.map((one) => one.pool.end()))
    },
  }
}

/** Which server it is, without user and password. */
const nameOf = (url: string): string => {
  const { host, searchParams } = new URL(url)
  return searchParams.get('host') ?? host
}

const AWAY: ReplicaStanding = {
  state: 'away',
  because:
    'It does not answer, or not in time. It is looked at every other second and asked again as soon as it answers.',
}
const BEHIND: ReplicaStanding = {
  state: 'behind',
  because: 'It has not yet replayed the latest change of the registers. Searches that need it go to the primary.',
}
