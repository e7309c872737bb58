import { type Context, Fault, sql } from '../platform/index.ts'
import { formatMoment } from '../web/index.ts'
import type { Check } from './answer.ts'
import { isSweep } from './rules/sweep.ts'
import { openQuestion } from './store/enquiries.ts'

/** Nobody's work needs more checks than this in an hour; a list is checked by whoever runs the house, and flagged. */
export const MOST_IN_AN_HOUR = 120
/** From here on one check a minute, and an auditor looks at it. */
export const MANY_IN_AN_HOUR = 30
const MANY_AT_NIGHT = 5
/** So many questions are laid beside one another to see whether they go through the alphabet. */
const LOOKED_BACK = 12
const HOUR = 3_600_000
const PAUSE = 60_000

interface Made {
  readonly n: number
  readonly last: Date | null
}

const madeSince = (ctx: Context, hours: number): Promise<Made> =>
  ctx.tx.one<Made>(
    sql`select count(*)::int as n, max(at) as last from register.enquiry where asker = ${ctx.actor.id} and at > ${new Date(ctx.now.getTime() - hours * HOUR)}`,
  )

/**
 * Slows who asks very often, and stops who asks without end, with a sentence that says what to do. Where harm is about to happen nobody is
 * slowed; the end is the same for all.
 */
export async function refuseTrawling(ctx: Context, check: Pick<Check, 'risk'>): Promise<void> {
  if (ctx.actor.kind === 'operator' || ctx.actor.kind === 'system') return
  const { n, last } = await madeSince(ctx, 1)
  if (n >= MOST_IN_AN_HOUR)
    throw new Fault(
      'register.too-many-checks',
      `You have asked the registers ${MOST_IN_AN_HOUR} times within the hour. Wait, or telephone the hub; where there is a whole list to check, ask whoever runs Safehaven for you.`,
      { status: 429 },
    )
  const next = (last?.getTime() ?? 0) + PAUSE
  if (n >= MANY_IN_AN_HOUR && next > ctx.now.getTime() && check.risk !== 'imminent-harm')
    throw new Fault(
      'register.slowed',
      `You have asked the registers ${n} times within the hour, so now it is one question a minute. Ask again after ${formatMoment(new Date(next))}; if a child is in danger, telephone.`,
      { status: 429 },
    )
}

/** Why an auditor should look at how this user asks; undefined when nothing stands out. */
export async function flagFor(ctx: Context, check: Check): Promise<string | undefined> {
  const { n } = await madeSince(ctx, 1)
  if (n >= MANY_IN_AN_HOUR) return `${n + 1} checks within an hour`
  const last = await ctx.tx.query<{ id: string; sealedQuestion: Buffer }>(
    sql`select id, sealed_question as "sealedQuestion" from register.enquiry where asker = ${ctx.actor.id} and at > ${new Date(ctx.now.getTime() - 24 * HOUR)}
      order by at desc limit ${LOOKED_BACK}`,
  )
  const asked = [check, ...last.map((one) => openQuestion(ctx, one.id, one.sealedQuestion).check)].map(
    ({ known }) => known,
  )
  if (isSweep(asked.toReversed())) return 'names in the order of the alphabet'
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/London' }).format(ctx.now),
  )
  if ((hour >= 22 || hour < 6) && (await madeSince(ctx, 8)).n >= MANY_AT_NIGHT) return 'many checks at night'
  return undefined
}
