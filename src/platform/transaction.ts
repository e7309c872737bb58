import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { TransactionOptions, Tx } from './database.ts'
import { enqueueStatement } from './job.ts'
import { Fault } from './problems.ts'
import { type Turns, turnsOn } from './turns.ts'

/** The role, without rights of its own over tables, as which every transaction runs. */
export const APPLICATION_ROLE = 'safehaven_app'

/**
 * The statement that begins a transaction as an actor: the role without rights of its own, and the settings that the row
 * security of every room reads. One round trip; the values are quoted here because a batch takes no parameters.
 */
export function beginAs(actor: Actor, options: TransactionOptions): string {
  const mode = [
    options.isolation === undefined ? '' : `isolation level ${options.isolation}`,
    options.readOnly === true ? 'read only' : '',
  ].filter((part) => part !== '')
  const settings = [
    settingsOf(actor),
    `set_config('statement_timeout', '${options.statementTimeout ?? 30_000}', true)`,
    ...(options.plannedOnce === true ? ["set_config('plan_cache_mode', 'force_generic_plan', true)"] : []),
    ...(options.withoutWaiting === true ? ["set_config('synchronous_commit', 'off', true)"] : []),
  ]
  return `begin ${mode.join(' ')}; select ${settings.join(', ')}; set local role ${APPLICATION_ROLE}`
}

/** The settings that row security reads, to be selected within a transaction. */
export const settingsOf = (actor: Actor): string =>
  [
    ['safehaven.user', actor.id],
    ['safehaven.agency', actor.agency ?? ''],
    ['safehaven.role', actor.role ?? actor.kind],
  ]
    .map(([name, value]) => `set_config(${quote(name!)}, ${quote(value!)}, true)`)
    .join(', ')

// standard_conforming_strings is on; backslashes take the escape form, and PostgreSQL holds no NUL.
function quote(value: string): string {
  const plain = value.replaceAll('\0', '').replaceAll("'", "''")
  return plain.includes('\\') ? ` E'${plain.replaceAll('\\', '\\\\')}'` : `'${plain}'`
}

export function openTx(client: PoolClient, clock: Clock, turns: Pick<Turns, 'take'> = turnsOn(client)): Tx {
  let depth = 0
  const asked = (statement: Sql) => turns.take(() => client.query(withoutNul(statement)))
  const rows = async <Row extends object>(statement: Sql): Promise<Row[]> => (await asked(statement)).rows as Row[]
  const maybe = async <Row extends object>(statement: Sql): Promise<Row | undefined> => {
    const found = await rows<Row>(statement)
    if (found.length > 1) throw new Fault('platform.not-one', 'More than one record was found where one was expected.')
    return found[0]
  }
  return {
    query: rows,
    maybe,
    async one<Row extends object>(statement: Sql) {
      const found = await maybe<Row>(statement)
      if (found === undefined)
        throw new Fault('platform.not-one', 'The record does not exist, or you may not see it.', { status: 404 })
      return found
    },
    async run(statement, heard) {
      if (heard === undefined) return (await asked(statement)).rowCount ?? 0
      const listen = ({ message = '' }: { message?: string | undefined }): void => heard(message)
      return turns.take(async () => {
        client.on('notice', listen)
        try {
          return (await client.query(withoutNul(statement))).rowCount ?? 0
        } finally {
          client.off('notice', listen)
        }
      })
    },
    async copyIn(target, source, format = 'text') {
      const { from } = await import('pg-copy-streams')
      return turns.take(async () => {
        const into = client.query(from(`copy ${target} from stdin with (format ${format})`))
        await pipeline(source instanceof Readable ? source : Readable.from(source), into)
        return into.rowCount
      })
    },
    async enqueue(job, payload, options = {}) {
      await asked(enqueueStatement(job, payload, clock.now(), options))
    },
    async savepoint(work) {
      const name = `work_${++depth}`
      await turns.take(() => client.query(`savepoint ${name}`))
      try {
        const result = await work()
        await turns.take(() => client.query(`release savepoint ${name}`))
        return result
      } catch (error) {
        await turns.take(() => client.query(`rollback to savepoint ${name}; release savepoint ${name}`), true)
        throw error
      } finally {
        depth--
      }
    },
  }
}

// PostgreSQL refuses U+0000 in text with an error that reads like a fault of ours; it carries no meaning, so it goes.
function withoutNul(statement: Sql): Sql {
  if (!statement.values.some((value) => typeof value === 'string' && value.includes('\0'))) return statement
  return sql(
    statement.strings,
    ...statement.values.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value)),
  )
}
