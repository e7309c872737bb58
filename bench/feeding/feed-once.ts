import { createReadStream } from 'node:fs'
import { actIn, type House, sql, system } from '../../src/platform/index.ts'
import { csv } from '../../src/register/feeds/csv.ts'
import { importFeed } from '../../src/register/import-feed.ts'
import { ownSeconds, serverSeconds } from './processor.ts'
import { timed } from './timed.ts'

/** What feeding a file once took. `told` is less than the rows of the file where it was given up; nothing is durable then. */
export interface Fed {
  readonly told: number
  readonly added: number
  readonly unchanged: number
  readonly flagged: number
  readonly givenUp: boolean
  readonly seconds: number
  readonly perSecond: number
  readonly cpu: { readonly node: number; readonly postgres: number }
  readonly logMb: number
  /** Seconds until the answers to each step's statements. */
  readonly steps: Readonly<Record<string, number>>
  /** How far it was, and after how many seconds. */
  readonly way: readonly (readonly [number, number])[]
}

/** Feeds the file into the register of `authority` in one transaction, for at most `limit` seconds. */
export async function feedOnce(
  house: House,
  { file, authority, limit }: { readonly file: string; readonly authority: string; readonly limit: number },
): Promise<Fed> {
  const { pool } = house.database
  const { dataDir } = house.config
  const steps = new Map<string, number>()
  const way: [number, number][] = []
  const begun = performance.now()
  const before = { own: ownSeconds(), server: serverSeconds(dataDir), log: await logAt(house) }
  const elapsed = (): number => (performance.now() - begun) / 1000
  let told = 0
  let givenUp = false
  let ending: NodeJS.Timeout | undefined
  const counts = { added: 0, unchanged: 0, flagged: 0 }
  try {
    await actIn(house, { actor: system, act: 'register.fed' }, async (ctx) => {
      const { pid } = await ctx.tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      const bytes = createReadStream(file, { highWaterMark: 1 << 18 })
      // Until it has ended: between two statements there is nothing to cancel.
      ending = setInterval(() => {
        if (elapsed() < limit) return
        givenUp = true
        bytes.destroy(new Error('The time is over.'))
        void pool.query('select pg_cancel_backend($1)', [pid]).catch(() => {})
      }, 500)
      const done = await importFeed(
        { ...ctx, tx: timed(ctx.tx, steps) },
        {
          feed: csv,
          bytes,
          authority: { id: authority, codes: [] },
          progress: (n) => {
            told = n
            if (n >= ((way.at(-1)?.[0] ?? 0) || 0) + 50_000) way.push([n, Math.round(elapsed())])
          },
        },
      )
      if (givenUp) throw new Error('The time is over.')
      Object.assign(counts, {
        added: done.counts.added,
        unchanged: done.counts.unchanged,
        flagged: done.counts.flagged,
      })
    })
  } catch (error) {
    if (!givenUp) throw error
  } finally {
    clearInterval(ending)
  }
  const seconds = elapsed()
  return {
    told,
    ...counts,
    givenUp,
    seconds: tenths(seconds),
    perSecond: givenUp ? 0 : Math.round(told / seconds),
    cpu: { node: Math.round(ownSeconds() - before.own), postgres: Math.round(serverSeconds(dataDir) - before.server) },
    logMb: Math.round(((await logAt(house)) - before.log) / 1e6),
    steps: Object.fromEntries([...steps].sort((one, other) => other[1] - one[1]).map(([step, n]) => [step, tenths(n)])),
    way,
  }
}

const tenths = (seconds: number): number => Number(seconds.toFixed(1))

async function logAt(house: House): Promise<number> {
  const { rows } = await house.database.pool.query(`select pg_current_wal_lsn() - '0/0'::pg_lsn as at`)
  return Number(rows[0].at)
}
