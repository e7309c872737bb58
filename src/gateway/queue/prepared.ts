import { type Sql, sha256Hex, type Tx } from '../../platform/index.ts'

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
