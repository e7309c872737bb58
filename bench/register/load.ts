import { once } from 'node:events'
import type { Pool, PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import { KEY_VERSION, keysFor, normalise, termsFor } from '../../src/matching/index.ts'
import { asPerson } from '../../src/register/rules/as-person.ts'
import { chanceFrom } from '../people/random.ts'
import { children, type Held } from './children.ts'
import { TermCounts } from './count-terms.ts'

export const AUTHORITIES = ['kirkvale', 'marlow-dene', 'thornmere', 'sallowby', 'wrenhaugh']

/** Rows on their way into a table. */
class Copying {
  readonly #stream: ReturnType<typeof from> & NodeJS.WritableStream
  #lines: string[] = []
  #size = 0
  constructor(client: PoolClient, target: string) {
    this.#stream = client.query(from(`copy ${target} from stdin`)) as never
  }
  async line(text: string): Promise<void> {
    this.#lines.push(text)
    this.#size += text.length
    if (this.#size < 1 << 17) return
    const go = this.#stream.write(this.#lines.join(''))
    this.#lines = []
    this.#size = 0
    if (!go) await once(this.#stream, 'drain')
  }
  async end(): Promise<void> {
    this.#stream.end(this.#lines.join(''))
    await once(this.#stream, 'finish')
  }
}

/** Registers that can grow: the same seed always grows the same way. */
export interface Growing {
  readonly held: Iterator<Held>
  readonly terms: TermCounts
  size: number
}

export const growing = (seed: number): Growing => ({
  held: children(seed, chanceFrom(seed ^ 0x5eed), AUTHORITIES.length),
  terms: new TermCounts(),
  size: 0,
})

/**
 * Lets the registers grow to `upTo` entries, by COPY straight into the tables, indexes made afterwards; terms and standings are brought up to
 * date. Gives the seconds of each part.
 */
export async function loadEntries(
  pool: Pool,
  grown: Growing,
  upTo: number,
  say: (words: string) => void,
): Promise<Record<string, number>> {
  const seconds: Record<string, number> = {}
  let since = performance.now()
  const lap = (name: string): void => {
    seconds[name] = Math.round((performance.now() - since) / 100) / 10
    since = performance.now()
    say(`${name}: ${seconds[name]} s`)
  }
  const dropped = await dropIndexes(pool)
  const [one, two, three] = [await pool.connect(), await pool.connect(), await pool.connect()]
  try {
    for (const client of [one, two, three])
      await client.query(`set session_replication_role = replica; set synchronous_commit = off`)
    const entries = new Copying(
      one,
      'register.entry (id, authority, local_id, parts, record, prepared, named, shielded, changed_at)',
    )
    const keys = new Copying(two, 'register.match_key (k, entry_id)')
    const filed = new Copying(three, 'register.filed_under (entry_id, keys, version)')
    const before = grown.size
    while (grown.size < upTo) {
      const { authority, localId, entry } = grown.held.next().value as Held
      const id = ++grown.size
      const name = AUTHORITIES[authority]!
      const prepared = normalise(asPerson(entry, name, localId))
      for (const { kind, key } of termsFor(prepared)) grown.terms.add(kind, key)
      const text = JSON.stringify(entry).replaceAll('\\', '\\\\')
      const { buffer, byteOffset, byteLength } = prepared.words
      const words = Buffer.from(buffer, byteOffset, byteLength).toString('hex')
      await entries.line(
        `${id}\t${name}\t${localId}\t{"csv":{"entry":${text}}}\t${text}\t\\\\x${words}\t${entry.names?.length ? 't' : 'f'}\tf\t2026-11-20\n`,
      )
      const under = keysFor(prepared)
      await keys.line(under.map((key) => `${key}\t${id}\n`).join(''))
      await filed.line(`${id}\t{${under.join(',')}}\t${KEY_VERSION}\n`)
      if (id % 500_000 === 0)
        say(`${id} entries, ${Math.round((id - before) / ((performance.now() - since) / 1000))} a second`)
    }
    await Promise.all([entries.end(), keys.end(), filed.end()])
    lap('copied')
    await one.query(`set maintenance_work_mem = '2GB'; set max_parallel_maintenance_workers = 2`)
    for (const statement of dropped) await one.query(statement)
    lap('indexed')
    await keepTerms(one, grown.terms)
    await one.query(`select setval(pg_get_serial_sequence('register.entry', 'id'), ${upTo})`)
    await one.query(`insert into register.standing (authority, entries, fed_at) select authority, count(*), now() from register.entry group by authority
      on conflict (authority) do update set entries = excluded.entries, fed_at = excluded.fed_at`)
    lap('terms counted')
    await one.query('vacuum (freeze, analyze) register.entry')
    await one.query('vacuum (freeze, analyze) register.match_key')
    await one.query('vacuum (freeze, analyze) register.filed_under')
    await one.query('vacuum (analyze) register.term')
    await one.query('checkpoint')
    lap('vacuumed')
  } finally {
    one.release(true)
    two.release(true)
    three.release(true)
  }
  return seconds
}

/** Drops what slows a bulk load down; gives the statements that make it again. The unique constraint stays for last and is an index here. */
async function dropIndexes(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; def: string }>(
    `select indexname as name, indexdef as def from pg_indexes where schemaname = 'register' and tablename in ('entry', 'match_key', 'filed_under')
       and indexname not in (select conname from pg_constraint where connamespace = 'register'::regnamespace)`,
  )
  for (const { name } of rows) await pool.query(`drop index register.${name}`)
  return rows.map(({ def }) => def)
}

async function keepTerms(client: PoolClient, terms: TermCounts): Promise<void> {
  await client.query('truncate register.term')
  const copying = new Copying(client, 'register.term (kind, key, n)')
  for (const row of terms.rows()) await copying.line(`${row.join('\t')}\n`)
  await copying.end()
}
