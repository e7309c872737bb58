import { addTerm, createFrequencies, type Frequencies, TERMS } from '../matching/index.ts'
import { type Context, sql, type Tx } from '../platform/index.ts'

/** Counts are read again when the registers have grown or shrunk by this share: a name that is a tenth more common weighs 0.14 bits less. */
const GROWN = 0.1
/** Below this many entries the counts are small and read again at every hundredth. */
const SMALL = 10_000
/** Beyond this many entries, terms that occur less often than once in so many are left out: there would be no end of them. */
const LEAST_SHARE = 1_000_000
/** The counts travel in so many packed parts. */
const PARTS = 64

/** With when the counts last were made anew, in milliseconds; 0 for never. */
const kept = new WeakMap<object, { readonly frequencies: Frequencies; readonly countedAt: number }>()

/** How often names, birthdays and places occur in all registers together; kept for the house, read again as the registers grow or they were counted anew. */
export async function frequenciesNow(ctx: Pick<Context, 'tx' | 'secrets' | 'now'>): Promise<Frequencies> {
  const { n, at } = await ctx.tx.one<{ n: number; at: Date | null }>(
    sql`select coalesce(sum(entries), 0)::bigint as n, (select counted_at from register.term_count) as at from register.standing`,
  )
  if ((at?.getTime() ?? 0) !== kept.get(ctx.secrets)?.countedAt) return readFrequencies(ctx, n)
  return frequenciesFor(ctx, n)
}

/** The same, where it is known already how many entries all registers hold. */
export async function frequenciesFor(ctx: Pick<Context, 'tx' | 'secrets'>, population: number): Promise<Frequencies> {
  const known = kept.get(ctx.secrets)
  if (known !== undefined) {
    const before = known.frequencies.population
    const share = before < SMALL ? 0.01 : GROWN
    if (Math.abs(population - before) <= before * share) return known.frequencies
  }
  return readFrequencies(ctx, population)
}

async function readFrequencies(
  { tx, secrets }: Pick<Context, 'tx' | 'secrets'>,
  population: number,
): Promise<Frequencies> {
  const at = await tx.maybe<{ at: Date | null }>(sql`select counted_at as at from register.term_count`)
  const frequencies = await readCounts(tx, population)
  kept.set(secrets, { frequencies, countedAt: at?.at?.getTime() ?? 0 })
  return frequencies
}

async function readCounts(tx: Tx, population: number): Promise<Frequencies> {
  const sums = await tx.query<{ kind: number; n: number }>(
    sql`select kind, sum(n)::bigint as n from register.term group by kind`,
  )
  const least = Math.max(1, Math.floor(population / LEAST_SHARE))
  const parts = await tx.query<{ packed: Buffer }>(
    sql`select string_agg(int4send(key) || int4send(least(n, 2147483647)::int), ''::bytea) as packed
      from register.term where n > ${least} group by key & ${PARTS - 1}`,
  )
  const terms = parts.reduce((sum, { packed }) => sum + packed.length / 8, 0)
  const frequencies = createFrequencies(population, terms)
  for (const { kind, n } of sums) if (kind < TERMS) frequencies.totals[kind] = n
  for (const { packed } of parts)
    for (let at = 0; at < packed.length; at += 8)
      addTerm(frequencies.table, packed.readInt32BE(at), packed.readInt32BE(at + 4))
  return frequencies
}
