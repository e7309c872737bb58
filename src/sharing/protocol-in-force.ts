import { agencyById, userById } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import { findProtocol, type Protocol, protocolNamed } from '../protocols/index.ts'
import { dayOf } from './rules/clocks.ts'
import type { Row } from './store/disclosures.ts'

/** The protocol of the worker's agency, or of the area it works in; what applies everywhere where neither says. */
export async function ownProtocol(ctx: Pick<Context, 'tx' | 'actor'>): Promise<Protocol> {
  const person = await userById(ctx.tx, ctx.actor.id)
  const agency =
    person === undefined && ctx.actor.agency !== undefined ? await agencyById(ctx.tx, ctx.actor.agency) : undefined
  return findProtocol(person?.protocol ?? agency?.protocol ?? 'uk-2026') ?? protocolNamed('uk-2026')
}

/** The protocol and the day that count for a disclosure now: today's, unless a day of the past was chosen for it. */
export async function inForceFor(
  ctx: Pick<Context, 'tx' | 'actor' | 'now'>,
  row: Pick<Row, 'protocol' | 'onDay'>,
): Promise<{ protocol: Protocol; day: string }> {
  if (row.onDay !== null) return { protocol: protocolNamed(row.protocol), day: row.onDay }
  return { protocol: await ownProtocol(ctx), day: dayOf(ctx.now) }
}
