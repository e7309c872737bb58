import { sql, type Tx } from '../../platform/index.ts'

export interface Kept {
  readonly id: string
  readonly at: Date
  readonly sender: string
  readonly recipients: readonly string[]
  readonly tls: string | null
  readonly raw: Buffer
}

export async function keepMessage(tx: Tx, message: Kept): Promise<void> {
  await tx.run(sql`insert into demo.message (id, at, sender, recipients, tls, raw)
    values (${message.id}::uuid, ${message.at}, ${message.sender}, ${[...message.recipients]}::text[], ${message.tls}, ${message.raw})`)
}

/** Every mailbox that holds something, the one with the newest message first. */
export const mailboxes = (tx: Tx): Promise<{ address: string; messages: number; newest: Date }[]> =>
  tx.query(
    sql`select address, count(*) as messages, max(at) as newest from demo.message, unnest(recipients) address group by address order by max(at) desc, address limit 500`,
  )

/** The newest 200 messages in one mailbox. */
export const messagesOf = (tx: Tx, address: string): Promise<Kept[]> =>
  tx.query<Kept>(
    sql`select id, at, sender, recipients, tls, raw from demo.message where recipients @> ${[address]}::text[] order by at desc, id limit 200`,
  )

export const messageById = (tx: Tx, id: string): Promise<Kept | undefined> =>
  tx.maybe<Kept>(sql`select id, at, sender, recipients, tls, raw from demo.message where id = ${id}::uuid`)
