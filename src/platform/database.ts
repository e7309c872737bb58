import type { Readable, Writable } from 'node:stream'
import type { Pool, PoolClient, PoolConfig } from 'pg'
import type { Sql } from 'sql-template-tag'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { EnqueueOptions, Job } from './job.ts'
import { errorCode, Fault } from './problems.ts'
import { borrow, isAway } from './reconnect.ts'
import { beginAs, openTx } from './transaction.ts'
import { allAtOnce, turnsOn } from './turns.ts'

/** One transaction. Everything done through it happens together, or not at all. */
export interface Tx {
  query<Row extends object>(statement: Sql): Promise<Row[]>
  /** The one row. Throws Fault `platform.not-one` when there are none or several. */
  one<Row extends object>(statement: Sql): Promise<Row>
  /** The row or undefined. Throws Fault `platform.not-one` when there are several. */
  maybe<Row extends object>(statement: Sql): Promise<Row | undefined>
  /** Runs a statement and gives the number of rows it touched. `heard` gets each notice that the statement raises while it runs. */
  run(statement: Sql, heard?: (notice: string) => void): Promise<number>
  /**
   * COPY … FROM STDIN of a bulk feed: `target` is "feed (id, name)". Gives the rows. PostgreSQL does not COPY into a table under row security: copy into
   * `create temporary table feed (like …) on commit drop`, and insert from there.
   */
  copyIn(
    target: string,
    source: Readable | AsyncIterable<string | Uint8Array>,
    format?: 'text' | 'csv',
  ): Promise<number>
  /** Asks for a job to be run after this transaction is committed. */
  enqueue<Payload>(job: Job<Payload>, payload: Payload, options?: EnqueueOptions): Promise<void>
  /** Undoes only its own work when `work` throws. */
  savepoint<T>(work: () => Promise<T>): Promise<T>
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readonly readOnly?: boolean
  /** Milliseconds that one statement may take; 30 000 unless said, 0 for no limit. */
  readonly statementTimeout?: number
  /** Statements asked for at one time are sent at one time, and answered in turn. When one fails, so do those behind it. */
  readonly pipelined?: boolean
  /** Its statements are always the same: their plans are made once, whatever they are asked with. */
  readonly plannedOnce?: boolean
  /**
   * Does not wait for the disk at its end. Only for what a crash of the machine may undo without harm.
   */
  readonly withoutWaiting?: boolean
}

export interface Database {
  /** Runs `work` as `actor`, under row security, and commits; rolls back when it throws. */
  transaction<T>(actor: Actor, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** The pool of the owner, past row security: for migrations, the job queue, and tests that tamper. */
  readonly pool: Pool
  readonly clock: Clock
  close(): Promise<void>
}

const INT8 = 20
const DATE = 1082

/** A pool. bigint comes as a number (a Fault past 2^53), date as "YYYY-MM-DD", timestamptz as Date, numeric as text. */
export async function openPool(where: PoolConfig): Promise<Pool> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    max: 20,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'safehaven',
    ...where,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? wholeNumber : oid === DATE ? String : pg.types.getTypeParser(oid, format as 'text')) as never,
    },
  })
  // An idle connection that breaks is replaced on the next use; without a listener it would end Node.
  pool.on('error', () => {})
  return pool
}

/** Opens a database over a pool of its own. */
export async function openDatabase(where: PoolConfig, clock: Clock): Promise<Database> {
  const pool = await openPool(where)
  return {
    pool,
    clock,
    close: () => pool.end(),
    transaction: (actor, work, options = {}) => inTransaction(pool, clock, actor, work, options),
  }
}

async function inTransaction<T>(
  pool: Pool,
  clock: Clock,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const client = await (options.pipelined === true ? borrow(pool) : begin(pool, beginAs(actor, options)))
  const turns = turnsOn(client)
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    if (options.pipelined === true) return await pipelined(client, actor, options, work, clock)
    const result = await work(openTx(client, clock, turns))
    await turns.end('commit')
    return result
  } catch (error) {
    await turns.end('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw readable(error)
  } finally {
    setPipeline(client, false)
    client.off('error', onError)
    client.release(broken)
  }
}

/** A connection in a new transaction. One whose server went away is exchanged for another: nothing had been asked of it yet. */
async function begin(pool: Pool, statement: ReturnType<typeof beginAs>): Promise<PoolClient> {
  for (;;) {
    const client = await borrow(pool)
    const onError = (): void => {}
    client.on('error', onError)
    try {
      await client.query(statement)
      client.off('error', onError)
      return client
    } catch (error) {
      client.off('error', onError)
      client.release(error as Error)
      if (!isAway(error)) throw readable(error)
    }
  }
}

/** What is asked for in one turn of the event loop is written to the server in one piece, the beginning with the first. */
async function pipelined<T>(
  client: PoolClient,
  actor: Actor,
  options: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
  clock: Clock,
): Promise<T> {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  let corked = false
  const cork = () => {
    if (corked) return
    corked = true
    stream.cork()
    process.nextTick(() => {
      corked = false
      stream.uncork()
    })
  }
  setPipeline(client, true)
  const asked: Pick<PoolClient, 'query'> = Object.create(client)
  asked.query = ((...statement: Parameters<PoolClient['query']>) => {
    cork()
    return client.query(...statement)
  }) as PoolClient['query']
  // It fails with the connection, or leaves a transaction in which nothing more can be done: so whatever follows it fails too.
  const begun = asked.query(beginAs(actor, options))
  begun.catch(() => {})
  try {
    const result = await work(openTx(asked as PoolClient, clock, allAtOnce))
    await begun
    await client.query('commit')
    return result
  } catch (error) {
    await begun
    throw error
  }
}

// The driver reads this for each statement; its types do not know it yet.
const setPipeline = (client: PoolClient, on: boolean): void => void Object.assign(client, { pipeline: on })

// The few errors of PostgreSQL that mean something to whoever reads them.
function readable(error: unknown): unknown {
  switch (errorCode(error)) {
    case '57014':
      return new Fault(
        'platform.too-slow',
        'This took too long and was stopped. Nothing was changed. Narrow it down, or try again later.',
        { status: 503, cause: error },
      )
    case '40001':
    case '40P01':
      return new Fault(
        'platform.crossed',
        'Somebody else changed the same record at the same moment. Nothing of yours was lost: try again.',
        { status: 409, cause: error },
      )
    default:
      return error
  }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new Fault('platform.number-too-large', 'A number in the database is too large to be read exactly.')
  return value
}

export type { PoolClient }
