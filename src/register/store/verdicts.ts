import { listAgencies } from '../../people/index.ts'
import { type Context, newId, sql, type Tx } from '../../platform/index.ts'

/** What was last said of two entries. */
export interface Verdict {
  readonly same: boolean
  /** Who said it, with their agency. */
  readonly by: string
  readonly at: Date
  readonly because: string
}

/** The last word on every pair among these entries, by "lower:higher" id. Needs to stand past the wall. */
export async function latestVerdicts(tx: Tx, ids: readonly number[]): Promise<Map<string, Verdict>> {
  if (ids.length < 2) return new Map()
  const rows = await tx.query<Verdict & { pair: string; agency: string }>(sql`
    select distinct on (one, other) one || ':' || other as pair, same, said_by_name as by, agency, said_at as at, because from register.verdict
    where one = any(${[...ids]}::bigint[]) and other = any(${[...ids]}::bigint[]) order by one, other, said_at desc, id desc`)
  const agencies = rows.length === 0 ? [] : await listAgencies(tx)
  const nameOf = (id: string): string => agencies.find((one) => one.id === id)?.name ?? id
  return new Map(rows.map(({ pair, by, agency, ...verdict }) => [pair, { ...verdict, by: `${by}, ${nameOf(agency)}` }]))
}

export async function keepVerdict(
  ctx: Context,
  { one, other, same, because }: { one: number; other: number; same: boolean; because: string },
): Promise<void> {
  await ctx.tx.run(sql`insert into register.verdict (id, one, other, same, because, said_by, said_by_name, agency, said_at)
    values (${newId()}, ${Math.min(one, other)}, ${Math.max(one, other)}, ${same}, ${because}, ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.actor.agency ?? ''}, ${ctx.now})`)
}
