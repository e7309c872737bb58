import { type House, sql, system } from '../platform/index.ts'
import { type EntryText, entryColumns } from './leaf.ts'

const BATCH = 2_000

/** Every sealed entry after `from` in the chain's order, each with its leaf and chain (hex), for keeping elsewhere and checking there. */
export async function* exportLog(
  house: House,
  from = 0,
): AsyncGenerator<EntryText & { seq: number; leaf: string; chain: string }> {
  let seq = from
  for (;;) {
    const rows = await house.database.transaction(system, (tx) =>
      tx.query<
        EntryText & { seq: number; leaf: string; chain: string }
      >(sql`select l.seq, encode(l.leaf, 'hex') as leaf, encode(l.chain, 'hex') as chain, ${entryColumns}
        from audit.link l join audit.entry e on e.id = l.entry where l.seq > ${seq} order by l.seq limit ${BATCH}`),
    )
    yield* rows
    if (rows.length < BATCH) return
    seq = rows.at(-1)!.seq
  }
}
