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

const kept = new WeakMap<object, Frequencies>()

/** How often names, birthdays and places occur in all registers together; kept for the house, read again as the registers grow. */
export async function frequenciesNow(ctx: Pick<Context, 'tx' | 'secrets' | 'now'>): Promise<Frequencies> {
  const { n } = await ctx.tx.one<{ n: number }>(
    sql`select coalesce(sum(entries), 0)::bigint as n from register.standing`,
  )
  return frequenciesFor(ctx, n)
}

/** The same, where it is known already how many entries all registers hold. */
export async function frequenciesFor(ctx: Pick<Context, 'tx' | 'secrets'>, population: number): Promise<Frequencies> {
  const known = kept.get(ctx.secrets)
  if (known !== undefined) {
    const share = known.population < SMALL ? 0.01 : GROWN
    if (Math.abs(population - known.population) <= known.population * share) return known
  }
  const frequencies = await readFrequencies(ctx.tx, population)
  kept.set(ctx.secrets, frequencies)
  return frequencies
}

async function readFrequencies(tx: Tx, population: number): Promise<Frequencies> {
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
