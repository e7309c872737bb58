import sql, { type Sql } from 'sql-template-tag'
import type { Actor } from './actor.ts'
import type { Context, House } from './context.ts'

/** What every job states. `payload` holds ids, never what a person's record says: it stays in the queue's table. */
interface JobBase<Payload> {
  /** "room.verb", such as "transfer.deliver". */
  readonly name: string
  /** The act that is recorded when it has run. */
  readonly audit: string
  /** A zod schema, or anything that parses or throws. */
  readonly payload: { parse(value: unknown): Payload }
  /** How often it is tried before it counts as failed for good; 12 (about three hours) unless said. */
  readonly attempts?: number
  /** Jobs of one queue run one after another. */
  readonly queue?: string
  /** Runs by itself: "5 minutes" (a divisor of 60), "1 hour", "day at 02:30" (UTC). Its payload is then parsed from {}. */
  readonly every?: string
}

/** Runs in one transaction, together with its audit entry and the mark that it has run: what it writes, it writes once. */
export interface PlainJob<Payload> extends JobBase<Payload> {
  readonly manual?: false
  run(ctx: Context, payload: Payload): Promise<void>
}

/** Runs outside a transaction, for long acts in the outside world; takes transactions of its own. It may run twice: it must look before it acts. */
export interface ManualJob<Payload> extends JobBase<Payload> {
  readonly manual: true
  run(work: ManualWork, payload: Payload): Promise<void>
}

export interface ManualWork {
  readonly house: House
  readonly actor: Actor
  readonly now: Date
  /** Which try this is, from 1. */
  readonly attempt: number
  /** True when no further try follows. */
  readonly last: boolean
  /** One transaction with its audit entry; `act` is the job's own unless said. */
  transaction<T>(
    work: (ctx: Context) => Promise<T>,
    act?: { act?: string; subject?: string; detail?: object },
  ): Promise<T>
}

export type Job<Payload = unknown> = PlainJob<Payload> | ManualJob<Payload>

// Only the worker reads a job's payload, so jobs of every payload stand in one list.
// biome-ignore lint/suspicious/noExplicitAny: the shape is checked where the job is written
export type AnyJob = Job<any>

export interface EnqueueOptions {
  /** Not before this instant, by the house's clock. */
  readonly runAt?: Date
  /** A later enqueue under the same key replaces the one that waits. */
  readonly key?: string
}

export function job<Payload>(definition: PlainJob<Payload>): PlainJob<Payload>
export function job<Payload>(definition: ManualJob<Payload>): ManualJob<Payload>
export function job<Payload>(definition: Job<Payload>): Job<Payload> {
  return definition
}

/**
 * The statement that enqueues. The house's clock may be turned by hand while the queue goes by the database's, so the wait is
 * handed over as a duration, and the intended instant kept beside the payload.
 */
export function enqueueStatement<Payload>(
  wanted: Job<Payload>,
  payload: Payload,
  now: Date,
  options: EnqueueOptions,
): Sql {
  const wait = options.runAt === undefined ? 0 : Math.max(0, options.runAt.getTime() - now.getTime())
  const envelope = { payload, due: new Date(now.getTime() + wait).toISOString() }
  return sql`select platform.enqueue(${wanted.name}, ${JSON.stringify(envelope)}::json, ${wait}::bigint, ${options.key ?? null}::text,
    ${wanted.attempts ?? 12}::int, ${wanted.queue ?? null}::text)`
}
