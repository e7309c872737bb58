import { type Context, newId, sql, type Tx } from '../../platform/index.ts'

/** What an auditor found on looking at how somebody asks. It covers what stood out up to `upTo`. */
export interface LookedAt {
  readonly asker: string
  readonly upTo: Date
  readonly found: string
  readonly by: string
  readonly at: Date
}

export const keepLookedAt = (
  ctx: Context,
  { asker, upTo, found }: Pick<LookedAt, 'asker' | 'upTo' | 'found'>,
): Promise<number> =>
  ctx.tx.run(sql`insert into register.looked_at (id, agency, asker, up_to, found, by_id, by_name, at)
    values (${newId()}, ${ctx.actor.agency ?? ''}, ${asker}, ${upTo}, ${found}, ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.now})`)

/** What was found in one agency, the last first; of one asker alone where one is named. */
export const lookedAtIn = (tx: Tx, agency: string, asker?: string, limit = 100): Promise<LookedAt[]> =>
  tx.query<LookedAt>(sql`select asker, up_to as "upTo", found, by_name as by, at from register.looked_at
    where agency = ${agency} and (${asker ?? null}::text is null or asker = ${asker ?? null}) order by up_to desc, at desc limit ${limit}`)

/** A check that stood out: when, why, and the reason that was given. Not whom it was about. */
export interface StoodOut {
  readonly id: string
  readonly at: Date
  readonly flag: string
  readonly purpose: string
  readonly askerName: string
  readonly seen: boolean
}

/** Everything of one asker that stood out since a day, the last first; `seen` where somebody has looked at it. */
export const stoodOut = (tx: Tx, agency: string, asker: string, since: Date): Promise<StoodOut[]> =>
  tx.query<StoodOut>(sql`select id, at, flag, purpose, asker_name as "askerName",
      at <= coalesce((select max(up_to) from register.looked_at one where one.agency = ${agency} and one.asker = ${asker}), '-infinity') as seen
    from register.enquiry where agency = ${agency} and asker = ${asker} and flag is not null and at > ${since} order by at desc limit 200`)
