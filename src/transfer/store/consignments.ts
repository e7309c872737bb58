import { type Context, sql, type Tx } from '../../platform/index.ts'
import type { Consignment } from '../consignment.ts'

const purpose = 'transfer.consignment'
type Storing = Pick<Context, 'tx' | 'secrets' | 'now'>

/** Freezes what is sent. False when this disclosure was taken already. */
export async function insertConsignment({ tx, secrets, now }: Storing, consignment: Consignment): Promise<boolean> {
  const { id, sender, decision } = consignment
  const sealed = secrets.seal(purpose, JSON.stringify(consignment), id)
  const inserted = await tx.run(sql`
    insert into transfer.consignment (disclosure, sender_user, sender_name, sender_agency, sealed, level, protocol, at)
    values (${id}, ${sender.userId}, ${sender.name}, ${sender.agency}, ${sealed}, ${decision.level},
      ${JSON.stringify(decision.protocol)}, ${now})
    on conflict (disclosure) do nothing`)
  return inserted === 1
}

/** What is sent, or undefined where it is not for this actor. */
export async function findConsignment(
  { tx, secrets }: Omit<Storing, 'now'>,
  id: string,
): Promise<Consignment | undefined> {
  const row = await tx.maybe<{ sealed: Buffer }>(sql`select sealed from transfer.consignment where disclosure = ${id}`)
  return row && (JSON.parse(secrets.open(purpose, row.sealed, id).toString('utf8')) as Consignment)
}

/** Freezes anew what is sent, after it was stopped before any of it had gone and decided again. */
export async function replaceConsignment({ tx, secrets, now }: Storing, consignment: Consignment): Promise<void> {
  const { id, sender, decision } = consignment
  await tx.run(sql`update transfer.consignment set sealed = ${secrets.seal(purpose, JSON.stringify(consignment), id)},
    sender_user = ${sender.userId}, sender_name = ${sender.name}, level = ${decision.level},
    protocol = ${JSON.stringify(decision.protocol)}, at = ${now} where disclosure = ${id}`)
}

/**
 * What a worker has sent, and what others of their agency have sent since a moment; the worker's own first, each the last first: the ids of the disclosures.
 */
export const sentBy = async (
  tx: Tx,
  { user, agency, since }: { readonly user: string; readonly agency: string; readonly since: Date },
  limit: number,
): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      sql`select disclosure as id from transfer.consignment where sender_user = ${user} or (sender_agency = ${agency} and at >= ${since})
        order by sender_user = ${user} desc, at desc, disclosure limit ${limit}`,
    )
  ).map(({ id }) => id)
