import { type Context, newId, sql, type Tx } from '../../platform/index.ts'

/** Somebody disagrees with what an entry says under an item; kept by one agency beside the information (BEX-56). */
export interface Disagreement {
  readonly id: string
  readonly entry: number
  readonly agency: string
  readonly agencyName: string
  readonly item: string
  readonly who: string
  readonly words: string
  readonly keptBy: string
  readonly at: Date
  readonly settledAt: Date | null
  readonly settledBy: string | null
  readonly settledWords: string | null
}

const COLUMNS = sql`id, entry_id as entry, agency, agency_name as "agencyName", item, who, words, kept_by_name as "keptBy", at,
  settled_at as "settledAt", settled_by_name as "settledBy", settled_words as "settledWords"`

/** Needs to stand past the wall; the caller has seen to it that the entry was shown to the actor. */
export async function keepDisagreement(
  ctx: Context,
  one: Pick<Disagreement, 'entry' | 'item' | 'who' | 'words'>,
): Promise<string> {
  const id = newId()
  await ctx.tx.run(sql`insert into register.disagreement (id, entry_id, agency, agency_name, item, who, words, kept_by, kept_by_name, at)
    values (${id}, ${one.entry}, ${ctx.actor.agency ?? ''}, ${ctx.actor.agencyName ?? ctx.actor.agency ?? ''}, ${one.item}, ${one.who}, ${one.words},
      ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.now})`)
  return id
}

/** What is not settled of these entries, the oldest first, whoever keeps it. Needs to stand past the wall. */
export const openDisagreements = (tx: Tx, entries: readonly number[]): Promise<Disagreement[]> =>
  entries.length === 0
    ? Promise.resolve([])
    : tx.query<Disagreement>(sql`select ${COLUMNS} from register.disagreement
        where entry_id = any(${[...entries]}::bigint[]) and settled_at is null order by at, id`)

/** What the actor's agency keeps or is told of one entry, those that are open first; row security shows no other. */
export const disagreementsOf = (tx: Tx, entry: number): Promise<Disagreement[]> =>
  tx.query<Disagreement>(
    sql`select ${COLUMNS} from register.disagreement where entry_id = ${entry} order by settled_at is not null, at, id`,
  )

export const disagreementById = (tx: Tx, id: string): Promise<Disagreement | undefined> =>
  tx.maybe<Disagreement>(sql`select ${COLUMNS} from register.disagreement where id = ${id}`)

/** Ends one, with how; by the agency that keeps it alone. False when it is settled already. */
export const settleDisagreement = async (ctx: Context, id: string, words: string): Promise<boolean> =>
  (await ctx.tx.run(sql`update register.disagreement set settled_at = ${ctx.now}, settled_by_name = ${ctx.actor.name}, settled_words = ${words}
    where id = ${id} and agency = ${ctx.actor.agency ?? ''} and settled_at is null`)) === 1
