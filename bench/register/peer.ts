import type { Pool } from 'pg'
import { hundredth, type Question } from './ask.ts'
import { personIn } from './children.ts'

export interface PeerFound {
  readonly recall1: number
  readonly recall5: number
  readonly median: number
  readonly p99: number
}

/** The names of the same entries under pg_trgm's index, with birthday and postcodes beside them for ranking anew. */
export async function makePeer(pool: Pool): Promise<void> {
  await pool.query(`create extension if not exists pg_trgm;
    drop table if exists public.peer;
    set maintenance_work_mem = '1GB';
    create unlogged table public.peer as select local_id,
      (select string_agg(concat_ws(' ', n ->> 'given', n ->> 'family'), ' ') from jsonb_array_elements(record -> 'names') n) as name,
      record -> 'born' ->> 'date' as born,
      array(select a ->> 'postcode' from jsonb_array_elements(coalesce(record -> 'addresses', '[]')) a) as postcodes
      from register.entry;
    create index on public.peer using gin (name gin_trgm_ops);
    create index on public.peer (born)`)
  await pool.query('vacuum analyze public.peer')
}

/** The best 25 by how alike the names are, ranked anew with birthday and postcode: how pg_trgm is used for this work. */
export async function askPeer(pool: Pool, asked: readonly Question[]): Promise<PeerFound> {
  const times: number[] = []
  let first = 0
  let five = 0
  for (const { person, known } of asked) {
    const name = [known.given, known.family, ...(known.aliases ?? [])].filter((one) => one !== undefined).join(' ')
    const begun = performance.now()
    const { rows } = await pool.query<{ local_id: string }>({
      name: 'peer',
      text: `select local_id from (select local_id, born, postcodes, similarity(name, $1) as alike from public.peer where name % $1 order by alike desc limit 100) best
        order by alike + case when born = $2 then 0.5 else 0 end + case when $3 = any(postcodes) then 0.3 else 0 end desc limit 5`,
      values: [name, known.born ?? '', known.postcode ?? ''],
    })
    times.push(performance.now() - begun)
    if (rows[0] !== undefined && personIn(rows[0].local_id) === person) first += 1
    if (rows.some((row) => personIn(row.local_id) === person)) five += 1
  }
  return {
    recall1: first / asked.length,
    recall5: five / asked.length,
    median: hundredth(times, 0.5),
    p99: hundredth(times, 0.99),
  }
}
