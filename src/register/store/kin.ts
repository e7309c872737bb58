import { sql, type Tx } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'

/** An entry as it stands, without having been weighed. */
export interface Row {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly record: Entry
  readonly shielded: boolean
  readonly version: number
  readonly prepared: Buffer
}

/** Unborn children of these persons, as their mothers' registers have them, by the mother's entry. Needs to stand past the wall. */
export const unbornOf = (tx: Tx, mothers: readonly number[]): Promise<(Row & { readonly mother: number })[]> =>
  mothers.length === 0
    ? Promise.resolve([])
    : tx.query(sql`select mother, child.id, child.authority, child.local_id as "localId", child.record, child.shielded, child.version, child.prepared
    from register.unborn_of(${[...mothers]}::bigint[]) join register.entry child on child.id = unborn_of.child order by child.id`)

/**
 * Which of the people whom these entries name among their family are shielded from this user, as "authority local id": a child who is shown
 * must not give away a sister who is not. Needs to stand past the wall.
 */
export async function shieldedKin(
  tx: Tx,
  entries: readonly { readonly authority: string; readonly record: Entry }[],
  username: string,
): Promise<ReadonlySet<string>> {
  const kin = entries.flatMap(({ authority, record }) => (record.relationships ?? []).map(({ to }) => [authority, to]))
  if (kin.length === 0) return new Set()
  const rows = await tx.query<{ face: string }>(sql`select authority || ' ' || local_id as face from register.entry
    where shielded and not (record -> 'shielded' -> 'visibleTo' ? ${username})
      and (authority, local_id) in (select * from unnest(${kin.map(([one]) => one!)}::text[], ${kin.map(([, to]) => to!)}::text[]))`)
  return new Set(rows.map(({ face }) => face))
}
