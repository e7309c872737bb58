import { type Context, Fault, sql } from '../platform/index.ts'

/** Nobody's work needs more checks than this in an hour; a batch is a keeper's work and has its own way. */
export const MOST_IN_AN_HOUR = 120
const MANY_IN_AN_HOUR = 30
const MANY_AT_NIGHT = 5

const madeSince = async (ctx: Context, hours: number): Promise<number> =>
  (
    await ctx.tx.one<{ n: number }>(
      sql`select count(*)::int as n from register.enquiry where asker = ${ctx.actor.id} and at > ${new Date(ctx.now.getTime() - hours * 3_600_000)}`,
    )
  ).n

/** Stops who asks without end, with a sentence that says what to do. */
export async function refuseTrawling(ctx: Context): Promise<void> {
  if (ctx.actor.kind === 'operator' || ctx.actor.kind === 'system') return
  if ((await madeSince(ctx, 1)) >= MOST_IN_AN_HOUR)
    throw new Fault(
      'register.too-many-checks',
      `You have asked the registers ${MOST_IN_AN_HOUR} times within the hour. Wait, or ask the keeper of the register to check a list.`,
      { status: 429 },
    )
}

/** Why an auditor should look at how this user asks; undefined when nothing stands out. */
export async function flagFor(ctx: Context): Promise<string | undefined> {
  const within = await madeSince(ctx, 1)
  if (within >= MANY_IN_AN_HOUR) return `${within + 1} checks within an hour`
  const hour = ctx.now.getUTCHours()
  if ((hour >= 22 || hour < 6) && (await madeSince(ctx, 8)) >= MANY_AT_NIGHT) return 'many checks at night'
  return undefined
}
