import { KEY_VERSION } from '../../matching/index.ts'
import { sql, type Tx } from '../../platform/index.ts'

/** Of so many persons the keys wait until they are filed together: about ten million, 120 MB on disk. */
export const FILED_AT_ONCE = 250_000
const WORTH_COUNTING = 10_000

/** Makes room for the keys of persons who were written and are not filed yet; it goes with the transaction. */
export const roomForKeys = sql`create temporary table if not exists key_waiting (entry_id bigint, keys bigint[], before bigint[]) on commit drop`

/**
 * The end of the statement that writes: lets the keys of `incoming` wait for those in `written (id, local_id, version)` whose keys are others than they
 * are filed under.
 */
export const letKeysWait = sql`
  told as (select id, incoming.keys, (select filed_under.keys from register.filed_under where written.version > 1 and entry_id = written.id) as before
    from written join incoming using (local_id)),
  kept as (insert into register.filed_under (entry_id, keys, version) select id, keys, ${KEY_VERSION} from told where keys is distinct from before
    on conflict (entry_id) do update set keys = excluded.keys, version = excluded.version)
  insert into key_waiting (entry_id, keys, before) select id, keys, before from told where keys is distinct from before`

/** Keys are 52-bit numbers, spread evenly. */
const KEYS_END = 2 ** 52
/** What reading and sorting takes of the whole, and what taking away does where there is something to take away; roughly, for whoever looks on. */
const SORTING = 0.3
const TAKING_AWAY = 0.4

/**
 * Files what waits, in the order of the index that is searched: neighbours in it lie on one page, which is then read, written and logged once for all of
 * them. One by one, each of the forty keys of a person goes to another page. `progress` hears how far it is, from 0 to 1, while PostgreSQL is at it:
 * each statement says so of a few of the persons.
 */
export async function fileKeys(tx: Tx, waiting: Set<string>, progress?: (share: number) => void): Promise<void> {
  if (waiting.size === 0) return
  await tx.query(sql`select set_config('work_mem', '128MB', true)`)
  // Without knowing how many there are, it would look up millions of keys one by one.
  if (waiting.size > WORTH_COUNTING) await tx.run(sql`analyze key_waiting`)
  const { changed } = await tx.one<{ changed: boolean }>(
    sql`select exists (select from key_waiting where before is not null) as changed`,
  )
  const { those, sorted, heard } = lookedOn(waiting.size, progress)
  if (changed)
    await tx.run(
      sql`delete from register.match_key using (
        select gone.k, entry_id from ${those} as key_waiting, unnest(before) as gone (k) where not gone.k = any(keys)) as gone
      where match_key.k = gone.k and match_key.entry_id = gone.entry_id`,
      heard(0, TAKING_AWAY, TAKING_AWAY),
    )
  const from = changed ? TAKING_AWAY : 0
  await tx.run(
    sql`insert into register.match_key (k, entry_id) select k, entry_id from (
      select come.k, entry_id from ${those} as key_waiting, unnest(keys) as come (k) where before is null or not come.k = any(before)
      order by come.k, entry_id offset 0) as sorted ${sorted}`,
    heard(from, from + (1 - from) * SORTING, 1),
  )
  await tx.run(sql`truncate key_waiting`)
  waiting.clear()
}

/** What is put into the statements that file so many persons, so that `progress` hears of it; nothing where nobody looks on. */
function lookedOn(persons: number, progress: ((share: number) => void) | undefined) {
  if (progress === undefined) return { those: sql`key_waiting`, sorted: sql``, heard: () => undefined }
  // Of every so many persons one is told of: some hundred times as they are read, and as often as their keys are written.
  const [read, written] = [oneIn(persons / 100), oneIn(persons / 5)]
  return {
    those: sql`(select * from key_waiting where entry_id & ${read - 1} <> 0 or register.filing(null) offset 0)`,
    sorted: sql`where entry_id & ${written - 1} <> 0 or register.filing(k)`,
    heard(begin: number, sorting: number, end: number) {
      let so = 0
      return (notice: string): void => {
        const [what, at] = notice.split(' ')
        if (what !== 'register.filing') return
        if (at === '') progress(begin + (sorting - begin) * Math.min((++so * read) / persons, 1))
        else progress(sorting + (end - sorting) * Math.min(Number(at) / KEYS_END, 1))
      }
    },
  }
}

/** The power of two below, at least 1. */
const oneIn = (n: number): number => 2 ** Math.max(0, Math.floor(Math.log2(Math.max(n, 1))))

/** Takes the keys of these entries away. */
export async function takeKeysAway(tx: Tx, entries: readonly number[]): Promise<void> {
  const ids = [...entries]
  await tx.run(sql`delete from register.match_key using (
      select gone.k, entry_id from register.filed_under, unnest(keys) as gone (k) where entry_id = any(${ids}::bigint[])) as gone
    where match_key.k = gone.k and match_key.entry_id = gone.entry_id`)
  await tx.run(sql`delete from register.filed_under where entry_id = any(${ids}::bigint[])`)
}
