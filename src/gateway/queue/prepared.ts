import { type Sql, sha256Hex, sql, type Tx } from '../../platform/index.ts'

/** For transactions of statements that are always the same: their plans are made once, whatever they are asked with. */
export const planOnce = (tx: Tx): Promise<unknown> =>
  tx.query(sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`)

/**
 * Does not wait for the disk at the end of this transaction. Only for what a crash of the machine may undo without harm: a message taken into
 * hand is taken up again, and one that was sent is said to be uncertain, because the note that it was about to leave is always waited for.
 */
export const withoutWaiting = (tx: Tx): Promise<unknown> =>
  tx.query(sql`select set_config('synchronous_commit', 'off', true)`)

const names = new Map<string, string>()

/** The same transaction, whose statements the server plans once for each connection. For questions whose text is always the same. */
export const prepared = (tx: Tx): Tx => ({
  ...tx,
  query: (statement) => tx.query(named(statement)),
  maybe: (statement) => tx.maybe(named(statement)),
  one: (statement) => tx.one(named(statement)),
  run: (statement) => tx.run(named(statement)),
})

function named(statement: Sql): Sql {
  const { text } = statement
  const name = names.get(text) ?? `gateway-${sha256Hex(text).slice(0, 24)}`
  if (names.size < 300) names.set(text, name)
  return names.has(text) ? Object.assign(statement, { name }) : statement
}
