import type { Sql, Tx } from '../../src/platform/index.ts'

/** What a step of feeding is called, by its statement. */
const STEPS: readonly (readonly [RegExp, string])[] = [
  [/for update$/, 'look up what is kept'],
  [/insert into register\.entry/, 'write entries'],
  [/insert into register\.match_key/, 'file keys'],
  [/delete from register\.match_key/, 'take old keys away'],
  [/^(truncate|create temporary|analyze)/, 'make room'],
  [/register\.enquiry_entry/, 'look for whom to tell'],
  [/register\.standing/, 'count what stands'],
  [/register\.term/, 'count terms'],
  [/register\.(feed|flaw)/, 'keep flaws'],
  [/update register\.entry/, 'note what was said again'],
]

/** The transaction with its seconds added up by step: the time until each answer. Node makes the next batch ready meanwhile. */
export function timed(tx: Tx, seconds: Map<string, number>): Tx {
  const clocked = async <T>(step: string, work: Promise<T>): Promise<T> => {
    const begun = performance.now()
    try {
      return await work
    } finally {
      seconds.set(step, (seconds.get(step) ?? 0) + (performance.now() - begun) / 1000)
    }
  }
  const stepOf = ({ sql }: Sql): string => STEPS.find(([said]) => said.test(sql.trim()))?.[1] ?? 'the rest'
  return {
    ...tx,
    query: (statement) => clocked(stepOf(statement), tx.query(statement)),
    maybe: (statement) => clocked(stepOf(statement), tx.maybe(statement)),
    one: (statement) => clocked(stepOf(statement), tx.one(statement)),
    run: (statement, heard) => clocked(stepOf(statement), tx.run(statement, heard)),
    copyIn: (target, source, format) => clocked('copy in', tx.copyIn(target, source, format)),
  } as Tx
}
