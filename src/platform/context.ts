import type { Actor } from './actor.ts'
import type { Blobs } from './blobs.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { randomReference } from './crypto.ts'
import type { Database, TransactionOptions, Tx } from './database.ts'
import type { Log } from './log.ts'
import type { MailOut } from './mail-out.ts'
import { errorCode } from './problems.ts'
import type { Replicas } from './replicas.ts'
import type { Secrets } from './secrets.ts'

/** What one request, job or command works with. Its transaction is its fate. */
export interface Context {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
  readonly config: Config
  readonly secrets: Secrets
  readonly blobs: Blobs
  readonly log: Log
  /** Where DATABASE_READ_URL names some. */
  readonly replicas?: Replicas
  /** Read out over the telephone, it finds this act in the log of acts. */
  readonly reference: string
  /** A further entry in the log of acts, beyond the one that the kit writes by itself. */
  audit(entry: ActEntry): void
  /** Adds to the entry that the kit writes: about whom or what, and with which facts (ids and counts, not content). */
  about(subject: string, detail?: object): void
}

export interface ActEntry {
  readonly act: string
  readonly subject?: string
  readonly detail?: object
}

/** An entry as it is written. */
export interface Recorded extends ActEntry {
  readonly at: Date
  readonly actor: Actor
  readonly reference: string
  readonly outcome: 'done' | 'refused' | 'invalid' | 'failed'
}

/** Writes entries of the log of acts in the transaction given; main hands in the one of the audit room. */
export type RecordActs = (tx: Tx, entries: readonly Recorded[]) => Promise<void>

/** Everything that is opened once, at the start. */
export interface House {
  readonly config: Config
  readonly clock: Clock
  readonly database: Database
  readonly secrets: Secrets
  readonly blobs: Blobs
  readonly mail: MailOut
  readonly log: Log
  readonly record: RecordActs
  /** Where DATABASE_READ_URL names some. */
  readonly replicas?: Replicas
}

export interface Doing extends ActEntry {
  readonly actor: Actor
  readonly reference?: string
  readonly transaction?: TransactionOptions
  /** For answers that mean no: work is undone and the entry says so. */
  readonly outcomeOf?: (result: unknown) => 'done' | 'refused' | 'invalid'
}

class Undone extends Error {
  readonly result: unknown
  constructor(result: unknown) {
    super('undone')
    this.result = result
  }
}

/**
 * Runs `work` in one transaction as the actor and writes what was done into the log of acts in that same transaction: no entry, no
 * answer. When the work throws, it is undone, an entry says that it failed, and the error goes on.
 */
export async function actIn<T>(house: House, doing: Doing, work: (ctx: Context) => Promise<T>): Promise<T> {
  const reference = doing.reference ?? randomReference()
  const now = house.clock.now()
  const own = { act: doing.act, subject: doing.subject, detail: doing.detail }
  const base = { at: now, actor: doing.actor, reference }
  const entryOf = (outcome: Recorded['outcome'], detail?: object): Recorded => ({
    ...base,
    act: own.act,
    ...(own.subject === undefined ? {} : { subject: own.subject }),
    ...(own.detail === undefined && detail === undefined ? {} : { detail: { ...own.detail, ...detail } }),
    outcome,
  })
  try {
    return await house.database.transaction(
      doing.actor,
      async (tx) => {
        const further: Recorded[] = []
        const ctx: Context = {
          tx,
          actor: doing.actor,
          now,
          config: house.config,
          secrets: house.secrets,
          blobs: house.blobs,
          log: house.log,
          ...(house.replicas === undefined ? {} : { replicas: house.replicas }),
          reference,
          audit: (entry) => void further.push({ ...base, ...entry, outcome: 'done' }),
          about(subject, detail) {
            own.subject = subject
            if (detail !== undefined) own.detail = { ...own.detail, ...detail }
          },
        }
        let outcome: Recorded['outcome'] = 'done'
        let result: T
        try {
          result =
            doing.outcomeOf === undefined
              ? await work(ctx)
              : await tx.savepoint(() => judged(work(ctx), doing.outcomeOf!))
        } catch (error) {
          if (!(error instanceof Undone)) throw error
          result = error.result as T
          outcome = doing.outcomeOf!(result)
          further.length = 0
        }
        await house.record(tx, [...further, entryOf(outcome)])
        return result
      },
      doing.transaction,
    )
  } catch (error) {
    await house.database
      .transaction(doing.actor, (tx) =>
        house.record(tx, [entryOf('failed', { code: errorCode(error) ?? 'unexpected' })]),
      )
      .catch((failure) => house.log.fault('a failed act could not be recorded', failure, { act: own.act, reference }))
    throw error
  }
}

async function judged<T>(running: Promise<T>, outcomeOf: (result: unknown) => Recorded['outcome']): Promise<T> {
  const result = await running
  if (outcomeOf(result) !== 'done') throw new Undone(result)
  return result
}
