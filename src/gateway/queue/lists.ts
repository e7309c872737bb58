import { sql, type Tx } from '../../platform/index.ts'
import { MESSAGE } from './store.ts'
import type { MessageRow, RecipientState } from './types.ts'

/** Messages that a stopped machine left half-way. */
export const unfinished = (tx: Tx, before: Date, limit = 500): Promise<{ id: string }[]> =>
  tx.query(
    sql`select distinct message as id from gateway.recipient where state in ('waiting', 'sending') and changed_at < ${before} limit ${limit}`,
  )

/** To whom this sender has written through the gateway before, the newest first. */
export const writtenTo = (tx: Tx, sender: string, limit: number): Promise<{ address: string }[]> =>
  tx.query(sql`select r.address from gateway.recipient r join gateway.message m on m.id = r.message
    where m.sender_user = ${sender} and r.state in ('sent', 'converted') group by r.address order by max(m.at) desc limit ${limit}`)

export interface Listed extends MessageRow {
  readonly addresses: string[]
  readonly states: RecipientState[]
}

const LISTED = sql`select ${MESSAGE}, coalesce((select array_agg(r.address order by r.place) from gateway.recipient r where r.message = m.id), '{}') as addresses,
  coalesce((select array_agg(r.state order by r.place) from gateway.recipient r where r.message = m.id), '{}') as states from gateway.message m`

export const ownMessages = (tx: Tx, user: string, limit: number): Promise<Listed[]> =>
  tx.query<Listed>(sql`${LISTED} where m.sender_user = ${user} order by m.at desc limit ${limit}`)

/** Held messages of an agency, but for those of one user. */
export const heldOf = (tx: Tx, agency: string, but: string, limit: number): Promise<Listed[]> =>
  tx.query<Listed>(
    sql`${LISTED} where m.agency = ${agency} and m.state = 'held' and m.sender_user <> ${but} order by m.at limit ${limit}`,
  )
