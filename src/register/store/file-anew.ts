import { Readable } from 'node:stream'
import { KEY_VERSION } from '../../matching/index.ts'
import { sql, type Tx } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'
import { fileKeys, roomForKeys } from './file-keys.ts'

export interface ToFileAnew {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly record: Entry
}

/** Some of those that are filed by an earlier version of the keys, and are not being fed at this moment. */
export const filedByEarlier = (tx: Tx, atMost: number): Promise<ToFileAnew[]> =>
  tx.query<ToFileAnew>(sql`select id, authority, local_id as "localId", record from register.filed_under join register.entry on id = entry_id
    where filed_under.version < ${KEY_VERSION} limit ${atMost} for update of entry skip locked`)

/** Whether some are filed by an earlier version of the keys still, so that a search may not meet them. */
export async function someFiledByEarlier(tx: Tx): Promise<boolean> {
  const { some } = await tx.one<{ some: boolean }>(
    sql`select exists (select from register.filed_under where version < ${KEY_VERSION}) as some`,
  )
  return some
}

/** Files entries under the keys given, and keeps the words that they were made of. The entries say the same as before, so their versions stay. */
export async function fileUnder(
  tx: Tx,
  entries: readonly { readonly id: number; readonly prepared: Buffer; readonly keys: readonly bigint[] }[],
): Promise<void> {
  if (entries.length === 0) return
  await tx.run(sql`create temporary table if not exists anew (entry_id bigint, prepared bytea, keys bigint[]) on commit drop;
    truncate anew;
    ${roomForKeys}`)
  const lines = entries.map(
    ({ id, prepared, keys }) => `${id}\t\\\\x${prepared.toString('hex')}\t{${keys.join(',')}}\n`,
  )
  await tx.copyIn('anew (entry_id, prepared, keys)', Readable.from(lines))
  await tx.run(sql`update register.entry set prepared = anew.prepared from anew
    where entry.id = anew.entry_id and entry.prepared <> anew.prepared`)
  await tx.run(sql`with told as (
      select entry_id, anew.keys, filed_under.keys as before from anew join register.filed_under using (entry_id)),
    kept as (update register.filed_under set keys = told.keys, version = ${KEY_VERSION} from told where filed_under.entry_id = told.entry_id)
    insert into key_waiting (entry_id, keys, before) select entry_id, keys, before from told where keys is distinct from before`)
  await fileKeys(tx, new Set(entries.map(({ id }) => String(id))))
}
