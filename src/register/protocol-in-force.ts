import { agencyById, userById } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import { findProtocol, type Protocol, protocolNamed } from '../protocols/index.ts'

/** The protocol under which this user asks: their own, else their agency's, else today's law. */
export async function protocolOf(ctx: Pick<Context, 'tx' | 'actor'>): Promise<Protocol> {
  const person = await userById(ctx.tx, ctx.actor.id)
  const agency = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
  return findProtocol(person?.protocol ?? agency?.protocol ?? 'uk-2026') ?? protocolNamed('uk-2026')
}
