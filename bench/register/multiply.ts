/**
 * Many million entries out of one million: `node --import tsx bench/register/multiply.ts --folder DIR --times 14`, on a folder (or a copy of
 * one) that measure.ts has loaded; afterwards measure.ts measures it with `--reuse --sizes 14000000`. Each child stands so many times, under
 * other local ids. Keys that four or more entries share (names, places, houses) stay as they are, so that what is common grows as it would;
 * the others are made other keys. What it is for: size and time. Recall is not judged on it, for a child found is one of so many alike.
 *
 * Keys are written in the order of the index, range by range, so that neither a sort nor an index made afterwards needs room of its own.
 */
import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { binaries, startServer } from './server.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    times: { type: 'string', default: '5' },
    server: { type: 'string', default: 'debian' },
  },
})
const times = Number(values.times)
if (values.folder === undefined || !(Number.isInteger(times) && times >= 2 && times <= 100)) {
  console.error('Give --folder, a folder that measure.ts has loaded, and --times, a whole number from 2 to 100.')
  process.exit(2)
}
const folder = values.folder
/** Keys are whole numbers below 2^52; a range is what shares the six bits at the top. */
const RANGES = 64
const WIDTH = 2 ** 46
const ROOM_LEFT = 3e9
const begun = performance.now()
const say = (words: string): void => console.log(`${Math.round((performance.now() - begun) / 1000)} s: ${words}`)

const server = await startServer(binaries(values.server as 'debian' | 'embedded'), join(folder, 'cluster'), [
  'shared_buffers=2GB',
  'max_wal_size=2GB',
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
])
const client = new pg.Client(server.at('bench'))
await client.connect()
try {
  await client.query(
    `set work_mem = '1500MB'; set maintenance_work_mem = '1GB'; set session_replication_role = replica`,
  )
  const { rows } = await client.query<{ top: string; n: string; least: string; most: string }>(
    `select (select max(id) from register.entry) as top, (select count(*) from register.entry) as n,
            (select min(k) from register.match_key) as least, (select max(k) from register.match_key) as most`,
  )
  const { top, n, least, most } = rows[0]!
  if (top !== n) throw new Error(`The entries of ${folder} are not numbered 1 to ${n}: it was multiplied before.`)
  if (Number(least) < 0 || Number(most) >= 2 ** 52) throw new Error('The keys are not whole numbers below 2^52.')
  await multiplyKeys(Number(n))
  await multiplyEntries(Number(n))
  for (const table of ['entry', 'match_key', 'filed_under', 'standing'])
    await client.query(`vacuum (freeze, analyze) register.${table}`)
  await client.query('checkpoint')
  say('done')
} finally {
  await client.end()
  await server.stop()
}

/** In one transaction with the making of the table, so that nothing goes through the log. */
async function multiplyKeys(one: number): Promise<void> {
  await client.query(`begin;
    create table register.many (like register.match_key including defaults);
    create index many_k on register.many (k, entry_id)`)
  for (let range = 0; range < RANGES; range++) {
    roomLeft()
    const { rowCount } = await client.query(
      `insert into register.many (k, entry_id)
       select case when shared or c = 0 then k else k # ((c * 812345678901) & ${WIDTH - 1}) end, entry_id + c * $4::bigint
       from (select k, entry_id, count(*) over (partition by k) >= 4 as shared
             from register.match_key where k >= $1::bigint and k < $2::bigint) as one
       cross join generate_series(0::bigint, $3::bigint - 1) as c order by 1, 2`,
      [range * WIDTH, (range + 1) * WIDTH, times, one],
    )
    say(`keys ${range + 1} of ${RANGES}: ${rowCount}`)
  }
  await client.query(`drop table register.match_key;
    alter table register.many rename to match_key;
    alter index register.many_k rename to match_key_k;
    alter table register.match_key enable row level security;
    create policy system_only on register.match_key using (platform.acting_as_system()) with check (platform.acting_as_system());
    grant select, insert, update, delete on register.match_key to safehaven_app;
    commit`)
}

async function multiplyEntries(one: number): Promise<void> {
  // measure.ts loads without the table of what each entry is filed under, which the house keeps: its size counts too
  await client.query(`insert into register.filed_under (entry_id, keys)
    select entry_id, array_agg(k) from register.match_key where entry_id <= ${one} and not exists (select from register.filed_under) group by entry_id`)
  say('filed under')
  for (let c = 1; c < times; c++) {
    roomLeft()
    await client.query(
      `insert into register.entry (id, authority, local_id, parts, record, prepared, named, shielded, changed_at) overriding system value
       select id + $1::bigint, authority, local_id || '~' || $2::text, parts, record, prepared, named, shielded, changed_at
       from register.entry where id <= $3::bigint`,
      [c * one, c, one],
    )
    await client.query(
      `insert into register.filed_under (entry_id, keys) select entry_id + $1::bigint, keys from register.filed_under where entry_id <= $2::bigint`,
      [c * one, one],
    )
    say(`entries ${c + 1} of ${times}`)
  }
  await client.query(`select setval(pg_get_serial_sequence('register.entry', 'id'), ${one * times})`)
  await client.query('update register.standing set entries = entries * $1::bigint', [times])
}

function roomLeft(): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < ROOM_LEFT) throw new Error(`Less than ${ROOM_LEFT / 1e9} GB are left in ${folder}.`)
}
