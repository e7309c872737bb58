import { type Frequencies, frequenciesFrom, TERMS } from '../matching/index.ts'
import { type Context, sql, type Tx } from '../platform/index.ts'

/** Counts older than this are read again when the registers have grown by a hundredth. */
const FRESH = 60_000
const kept = new WeakMap<object, { frequencies: Frequencies; at: number }>()

/** How often names, birthdays and places occur in all registers together; kept for the house, read again as the registers grow. */
export async function frequenciesNow(ctx: Pick<Context, 'tx' | 'secrets' | 'now'>): Promise<Frequencies> {
  const { n } = await ctx.tx.one<{ n: number }>(
    sql`select coalesce(sum(entries), 0)::bigint as n from register.standing`,
  )
  const known = kept.get(ctx.secrets)
  if (known !== undefined) {
    const grown = Math.abs(n - known.frequencies.population) > known.frequencies.population * 0.01
    if (!grown || (n > 10_000 && ctx.now.getTime() - known.at < FRESH)) return known.frequencies
  }
  const frequencies = await readFrequencies(ctx.tx, n)
  kept.set(ctx.secrets, { frequencies, at: ctx.now.getTime() })
  return frequencies
}

async function readFrequencies(tx: Tx, population: number): Promise<Frequencies> {
  const sums = await tx.query<{ kind: number; n: number }>(
    sql`select kind, sum(n)::bigint as n from register.term group by kind`,
  )
  const totals = Array.from({ length: TERMS }, (_, kind) => sums.find((one) => one.kind === kind)?.n ?? 0)
  const terms = await tx.query<{ key: number; count: number }>(
    sql`select key, n as count from register.term where n > 1`,
  )
  return frequenciesFrom(population, totals, terms)
}
